"""All sides: troubles that were invented once the others had ended well."""

from __future__ import annotations

import gzip
import itertools
import os
import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.mock.credentials import KEYS
from conformance.mock.fronts.model import Reply, refusal
from conformance.prove.hostile import doings, meanwhile
from conformance.prove.hostile.bodies import body, field, listed
from conformance.prove.hostile.bodies import refusal as refused_at_length
from conformance.prove.hostile.files import REPORT, REPORTED, copies, given
from conformance.prove.hostile.server import Behave, Visit, after, each, lazily
from conformance.prove.hostile.trouble import FILES, MACHINE, SERVER, USE, Stage, Trouble
from conformance.prove.hostile.use import CONFIG, KEY, file, variables
from conformance.prove.hostile.wire import (
    CHUNKED,
    OK,
    RUN,
    ZIPPED,
    bomb,
    changed,
    of_server,
    once,
    sized,
)

if TYPE_CHECKING:
    from conformance.prove.hostile.trouble import SetUp

QUICK = ("run", "--only", "PAG-0*")


def always(reply: Reply) -> Behave:
    """One answer to all."""
    return lambda visit: visit.answer(reply)


def flapping(status: int) -> Behave:
    """Every second request is refused."""
    return each(2, always(refusal(status, "authentication_error", "Invalid or missing API key")))


def frozen() -> Behave:
    """The first page, whatever is asked."""
    kept: list[Reply] = []

    def behave(visit: Visit) -> None:
        if not kept:
            kept.append(visit.ask())
        visit.answer(kept[0])

    return behave


def random_bytes(visit: Visit) -> None:
    """Other bytes each time."""
    visit.send(sized(os.urandom(2_000)))


def unsteady_total() -> Behave:
    """A total that jumps."""
    totals = itertools.cycle((0, 10**9, 7))
    return changed(lambda reply: reply.with_json(lambda page: page | {"total": next(totals)}))


def late_in_ten() -> Behave:
    """Each tenth answer takes 9 s."""

    def behave(visit: Visit) -> None:
        time.sleep(9)
        visit.answer(visit.ask())

    return each(10, behave)


def never_closed(visit: Visit) -> None:
    """A body whose end is told by nothing."""
    visit.send(OK + b"\r\n{}")
    time.sleep(60)


def body_to_head(visit: Visit) -> None:
    """A body behind the answer to HEAD."""
    visit.answer(visit.ask())
    if visit.request.startswith(b"HEAD "):
        visit.send(b"x" * 5_000)


_SERVER: tuple[tuple[str, str, Behave, tuple[int, ...]], ...] = (
    ("a-chunk-of-brackets", "63 MB of brackets in one chunk.", lazily(lambda: once(CHUNKED + b"3c14dc0\r\n" + b"[" * 63_000_000 + b"\r\n0\r\n\r\n")), (1, 3)),
    ("a-body-to-head", "A body behind each answer to HEAD.", body_to_head, (0, 1, 3)),
    ("not-modified-for-all", "304 to whatever is asked.", always(Reply(304)), (1, 3)),
    ("a-part-for-all", "206 with a range of nonsense.", changed(lambda r: replace(r.with_header("Content-Range", "bytes 9-1/-5"), status=206 if r.status == 200 else r.status)), (1, 3)),
    ("wait-for-ever", "429 with a Retry-After of 30 digits.", always(refusal(429, "rate_limit_error", "slow", retry_after="9" * 30)), (1, 3)),
    ("wait-for-less-than-nothing", "429 with a Retry-After of -5.", always(refusal(429, "rate_limit_error", "slow", retry_after="-5")), (1, 3)),
    ("wait-until-a-date-of-nowhere", "503 with a Retry-After that is no date.", always(refusal(503, "api_error", "x", retry_after="Mon, 99 Foo 99999 99:99:99")), (1, 3)),
    ("rate-limits-of-5000-digits", "Rate-limit fields of 5,000 digits.", field("X-RateLimit-Remaining", "9" * 5_000), (0, 1, 3)),
    ("links-of-60-kilobytes", "A Link field of brackets.", field("Link", "<" * 30_000 + ">;" * 15_000), (0, 1, 3)),
    ("a-type-of-60-kilobytes", "A Content-Type of parameters.", field("Content-Type", "application/json" + ';a="\\"' * 9_000), (0, 1, 3)),
    ("utf-7", "A charset of another time.", field("Content-Type", "application/json; charset=utf-7"), (0, 1, 3)),
    ("challenges-of-60-kilobytes", "A WWW-Authenticate of commas and quotes.", field("WWW-Authenticate", 'Bearer a="' + ',"=' * 19_000), (0, 1, 3)),
    ("cache-rules-of-60-kilobytes", "A Cache-Control of commas.", field("Cache-Control", "private," * 7_000), (0, 1, 3)),
    ("a-date-of-year-99999", "A Date that no calendar has.", field("Date", "Fri, 31 Dec 99999 23:59:60 GMT"), (0, 1, 3)),
    ("a-frozen-page", "The first page, whatever is asked.", frozen(), (1, 3)),
    ("random-bytes", "Other bytes with each answer.", random_bytes, (1, 3)),
    ("a-total-that-jumps", "The total is another one each time.", unsteady_total(), (1, 3)),
    ("a-key-that-flaps", "Every second request is refused with 401.", flapping(401), (1, 3)),
    ("a-megabyte-of-the-same-key", "An object that names one key 40,000 times.", body(b"{" + b'"a":1,' * 40_000 + b'"a":1}'), (1, 3)),
    ("numbers-of-one-digit", "240,000 numbers in one body.", body(b'{"data":[' + b"1," * 240_000 + b"1]}"), (1, 3)),
    ("escapes-in-a-redirect", "A redirect with controls in it.", once(b"HTTP/1.1 301 M\r\nLocation: http://x/\x1b]0;t\x07\x9b\r\nContent-Length: 0\r\n\r\n"), (1, 3)),
    ("keep-alive-without-a-length", "Neither length nor chunks, and the connection stays open.", never_closed, (1, 3)),
)  # fmt: skip


# What takes most, twice: the regions share the room for large answers.
_FROM_BOTH: tuple[tuple[str, str, Behave], ...] = (
    ("a-text-of-50-megabytes", "A name of 50 MB.", lazily(lambda: body(b'{"data": [{"name": "' + b"a" * 50_000_000 + b'"}], "total": 1, "has_more": false}'))),
    ("an-emoji-in-60-megabytes", "60 MB with one character of four octets.", lazily(lambda: once(sized(b'{"data": "' + "\U0001f600".encode() + b"a" * 60_000_000 + b'"}')))),
    ("gzip-bombs", "2 GB of zeros in 2 MB of gzip.", lazily(lambda: once(sized(bomb(2000), ZIPPED)))),
    ("texts-of-50-megabytes-in-mid-run", "After 150 requests: a name of 50 MB.", after(150, lazily(lambda: body(b'{"data": [{"name": "' + b"a" * 50_000_000 + b'"}], "total": 1, "has_more": false}')))),
    ("refusals-of-a-megabyte", "A message of 1 MB in each refusal.", refused_at_length("m" * 1_000_000)),
    ("rows-by-the-ten-thousand", "10,000 rows in each page.", body(listed(10_000))),
)  # fmt: skip


def many_variables(stage: Stage) -> None:
    """Two thousand variables of the environment."""
    stage.variables.update({f"V{number}": "x" * 200 for number in range(2_000)})


def deep_folder(stage: Stage) -> None:
    """A path that is nearly as long as paths may be."""
    folder = stage.folder
    while len(str(folder)) < 3_600:
        folder = folder / ("d" * 200)
    folder.mkdir(parents=True)
    stage.folder = folder


_MACHINE: tuple[tuple[str, str, SetUp, tuple[int, ...], tuple[str, ...]], ...] = (
    ("a-second-of-processor-time", "ulimit -t 1.", doings.limit("CPU", 1), (-9, -24, 3), ("run", "--profile", "deep")),
    ("no-path", "PATH is empty.", variables(PATH=""), (0,), QUICK),
    ("a-terminal-of-shift-jis", "PYTHONIOENCODING=shift_jis.", variables(PYTHONIOENCODING="shift_jis"), (0,), QUICK),
    ("variables-by-the-thousand", "2,000 variables.", many_variables, (0,), QUICK),
    ("a-path-of-3600-letters", "A current directory with a long path.", deep_folder, (0,), QUICK),
    ("a-time-zone-of-nowhere", "TZ=Nowhere/99.", variables(TZ="Nowhere/99"), (0,), QUICK),
    ("memory-debugging", "PYTHONMALLOC=debug.", variables(PYTHONMALLOC="debug"), (0,), QUICK),
    ("sigpipe", "SIGPIPE in mid-run.", meanwhile.signalled(signal.SIGPIPE, 1.5), (0,), ("run",)),
    ("fourteen-digits-of-columns", "COLUMNS=99999999999999.", variables(COLUMNS="99999999999999"), (0,), QUICK),
)  # fmt: skip

_USE: tuple[tuple[str, str, tuple[str, ...], SetUp | None, tuple[int, ...]], ...] = (
    ("only-an-empty-text", "--only of nothing.", ("run", "--only", ""), None, (2,)),
    ("out-of-an-empty-text", "--out of nothing.", ("run", "--out", ""), None, (2,)),
    ("header-of-a-colon", "A header of a colon.", ("run", "-H", ":"), None, (2,)),
    ("spec-from-standard-input", "--spec -.", ("run", "--spec", "-"), None, (2,)),
    ("the-command-twice", "run run.", ("run", "run"), None, (2,)),
    ("settings-of-200000-brackets", "Settings of brackets.", ("run",), file(CONFIG, b"a = " + b"[" * 200_000), (2,)),
    ("a-region-of-another-script", "A name in Greek.", ("run", "--region", "περιοχή=http://127.0.0.1:9"), KEY, (2, 3)),
    ("a-second-for-all", "--max-time 1.", ("run", "--profile", "deep", "--max-time", "1"), None, (3,)),
    ("three-requests-for-all", "--max-requests 3.", ("run", "--max-requests", "3"), None, (3,)),
)  # fmt: skip

_FILES: tuple[tuple[str, str, SetUp, tuple[str, ...], tuple[int, ...]], ...] = (
    ("a-report-for-a-stream", "report.json where a stream is due.", copies, ("report", "good/report.json"), (2,)),
    ("a-stream-for-a-report", "A stream where report.json is due.", copies, ("compare", "good/events.ndjson", "good/report.json"), (2,)),
    ("a-zipped-stream", "The stream as gzip.", given(gzip.compress), REPORTED, (2,)),
    ("a-stream-with-a-mark", "A byte order mark before the stream.", given(lambda content: b"\xef\xbb\xbf" + content), REPORTED, (0, 2)),
    ("a-stream-of-windows", "Lines that end as on Windows.", given(lambda content: content.replace(b"\n", b"\r\n")), REPORTED, (0,)),
    ("a-report-with-nan", "NaN for the seconds of a report.", given(lambda content: content.replace(b'"duration_seconds": ', b'"duration_seconds": NaN, "x": '), name=REPORT), ("compare", "good/report.json", "given/report.json"), (0, 1, 2)),
)  # fmt: skip


def _rows(side: str, rows: Any) -> tuple[Trouble, ...]:
    return tuple(
        Trouble(
            name=name, side=side, sentence=sentence, arguments=words, set_up=set_up, exits=exits
        )
        for name, sentence, set_up, words, exits in rows
    )


INVENTED: tuple[Trouble, ...] = (
    *(of_server(*row) for row in _SERVER),
    Trouble(
        name="late-in-one-of-ten",
        side=SERVER,
        sentence="Each tenth answer takes 9 s, and is in time.",
        behave=late_in_ten(),
        exits=(0, 1, 3),
        # Who is never late is asked to the end, and that is long; this bounds it.
        arguments=(*RUN, "--max-time", "60"),
        reports=True,
    ),
    *(
        Trouble(
            name=f"{name}-from-both",
            side=SERVER,
            sentence=f"Both regions: {sentence}",
            behave=behave,
            exits=(1, 3),
            set_up=variables(FORMANT_API_KEY_INDIA=KEYS["global"]),
            arguments=(*RUN, "--region", "india={hostile}"),
            reports=True,
        )
        for name, sentence, behave in _FROM_BOTH
    ),
    *_rows(MACHINE, [(n, s, act, words, exits) for n, s, act, exits, words in _MACHINE]),
    *_rows(USE, [(n, s, act, words, exits) for n, s, words, act, exits in _USE]),
    *_rows(FILES, _FILES),
)
