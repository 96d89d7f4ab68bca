"""Files: streams and reports that are read back, torn, edited, huge or none of ours."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING, Any

from conformance.prove.hostile.doings import limit
from conformance.prove.hostile.trouble import FILES, Trouble
from conformance.prove.hostile.use import KEY, both

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.prove.hostile.trouble import SetUp, Stage

    Edit = Callable[[bytes], bytes]

STREAM, REPORT = "events.ndjson", "report.json"
ESCAPES = r"\u001b[2J\u001b[31mx\u009b\u0007"


def given(edit: Edit, source: str = "bad", name: str = STREAM, to: str = "given") -> SetUp:
    """A file of an earlier run, edited, beside one that is as it was (`good`, `bad`)."""

    def set_up(stage: Stage) -> None:
        copies(stage)
        folder = stage.folder / to
        folder.mkdir()
        (folder / name).write_bytes(edit((stage.material / source / name).read_bytes()))

    return set_up


def copies(stage: Stage) -> None:
    """The files of both runs, as they were."""
    for name in ("good", "bad"):
        shutil.copytree(stage.material / name, stage.folder / name)


def huge(size: int, head: bytes = b"") -> SetUp:
    """A sparse file of zeros as the stream."""

    def set_up(stage: Stage) -> None:
        copies(stage)
        (stage.folder / "given").mkdir()
        with (stage.folder / "given" / STREAM).open("wb") as target:
            target.write(head)
            target.truncate(size)

    return set_up


def folder(stage: Stage) -> None:
    """A directory in the place of the stream."""
    copies(stage)
    (stage.folder / "given" / STREAM).mkdir(parents=True)


def header(**more: Any) -> Edit:
    """The header with other values."""

    def edit(content: bytes) -> bytes:
        first, _, rest = content.partition(b"\n")
        return json.dumps(json.loads(first) | more).encode() + b"\n" + rest

    return edit


def replaced(old: bytes, new: bytes) -> Edit:
    """Bytes replaced wherever they stand."""
    return lambda content: content.replace(old, new)


def lines(change: Callable[[list[bytes]], list[bytes]]) -> Edit:
    """The lines of the stream, changed."""
    return lambda content: b"".join(change(content.splitlines(keepends=True)))


def lenient(content: bytes) -> bytes:
    """The catalogue calls each MUST a SHOULD."""
    first, _, rest = content.partition(b"\n")
    return first.replace(b'"MUST"', b'"SHOULD"') + b"\n" + rest


def _findings_with_escapes(content: bytes) -> bytes:
    return content.replace(b'"actual":"', b'"actual":"' + ESCAPES.encode())


def _regions_with_escapes(content: bytes) -> bytes:
    return content.replace(b'"global"', b'"' + ESCAPES.encode() + b'"')


def _contradicted(content: bytes) -> bytes:
    return re.sub(
        rb'("event":"footer".*)"requests":\{[^}]*\}', rb'\1"requests":{"global":-5}', content
    )


REPORTED = ("report", "given")
# name, sentence, set up, arguments, exits
_ROWS: tuple[tuple[str, str, SetUp, tuple[str, ...], tuple[int, ...]], ...] = (
    ("stream-torn-in-a-line", "The stream ends within a line.", given(lambda c: c[: len(c) * 2 // 3]), REPORTED, (0,)),
    ("stream-without-a-footer", "The stream has no footer.", given(lines(lambda x: x[:-1])), REPORTED, (0,)),
    ("stream-without-a-header", "The stream has no header.", given(lines(lambda x: x[1:])), REPORTED, (2,)),
    ("stream-with-two-headers", "The stream has two headers.", given(lines(lambda x: [x[0], *x])), REPORTED, (0, 2)),
    ("stream-with-two-footers", "The stream has two footers.", given(lines(lambda x: [*x, x[-1]])), REPORTED, (0, 2)),
    ("stream-backwards", "The lines stand in reverse.", given(lines(lambda x: x[::-1])), REPORTED, (0, 2)),
    ("stream-twice", "The stream follows itself.", given(lambda c: c + c), REPORTED, (0, 2)),
    ("empty-stream", "The stream is empty.", given(lambda c: b""), REPORTED, (2,)),
    ("stream-of-line-breaks", "Nothing but line breaks.", given(lambda c: b"\n" * 5_000_000), REPORTED, (2,)),
    ("stream-of-garbage", "Bytes that are no text.", given(lambda c: bytes(range(256)) * 4000), REPORTED, (2,)),
    ("stream-of-another-tool", "JSON lines of something else.", given(lambda c: b'{"a": 1}\n' * 9), REPORTED, (2,)),
    ("stream-of-a-newer-schema", "A schema of the future.", given(header(schema=99)), REPORTED, (2,)),
    ("stream-of-an-old-schema", "A schema of nothing.", given(header(schema=0)), REPORTED, (2,)),
    ("stream-of-brackets", "A line of 200,000 brackets.", given(lines(lambda x: [x[0], b"[" * 200_000 + b"\n", *x[1:]])), REPORTED, (2,)),
    ("stream-with-a-line-of-200-megabytes", "A line of 200 MB.", given(lines(lambda x: [x[0], b'{"event":"' + b"x" * 200_000_000 + b'"}\n'])), REPORTED, (0, 2)),
    ("stream-with-a-string-of-200-megabytes", "A notice of 200 MB.", given(lines(lambda x: [x[0], b'{"event":"notice","level":"info","message":"' + b"x" * 200_000_000 + b'"}\n', *x[1:]])), REPORTED, (0, 2)),
    ("stream-of-a-gigabyte", "1 GB of zeros.", huge(1_000_000_000), REPORTED, (2,)),
    ("stream-that-is-a-directory", "A directory.", folder, REPORTED, (2,)),
    ("stream-that-is-not-there", "Nothing.", copies, REPORTED, (2,)),
    ("stream-with-an-unknown-event", "An event of the future.", given(lines(lambda x: [x[0], b'{"event":"future"}\n', *x[1:]])), REPORTED, (0, 2)),
    ("stream-with-escapes-in-findings", "Escape sequences in findings.", given(_findings_with_escapes), (*REPORTED, "-v"), (0,)),
    ("stream-with-escapes-in-regions", "Escape sequences in a region's name.", given(_regions_with_escapes), (*REPORTED, "-v"), (0, 2)),
    ("stream-with-a-wrong-count", "Fewer requests than nothing.", given(_contradicted), REPORTED, (0, 2)),
    ("stream-of-no-time", "Times that are none.", given(header(started="yesterday")), REPORTED, (0, 2)),
    ("stream-with-a-path-for-a-run", "A run that is called as a path.", given(header(run="../../x")), REPORTED, (0, 2)),
    ("stream-without-a-catalogue", "No requirement is known.", given(header(catalogue=[])), REPORTED, (0, 2)),
    ("stream-that-expects-nothing", "Nothing was expected.", given(header(expected=[], not_applicable=[]), "good"), REPORTED, (0, 2)),
    ("merge-of-a-torn-stream", "A torn stream and a whole one.", given(lambda c: c[: len(c) // 2], "good"), ("merge", "good", "given", "--out", "out"), (3,)),
    ("merge-of-a-stream-with-itself", "The same stream twice.", copies, ("merge", "bad", "bad", "--out", "out"), (1,)),
    ("merge-with-garbage", "Garbage and a whole stream.", given(lambda c: b"garbage\n" * 9), ("merge", "good", "given", "--out", "out"), (2,)),
    ("merge-onto-its-input", "The merged stream onto one of them.", copies, ("merge", "good", "bad", "--out", "good"), (2,)),
    ("merge-with-a-lenient-catalogue-first", "A stream that calls each MUST a SHOULD, first.", given(lenient), ("merge", "given", "bad", "--out", "out"), (1, 2)),
    ("merge-with-a-lenient-catalogue-last", "The same, last.", given(lenient), ("merge", "bad", "given", "--out", "out"), (1, 2)),
    ("merge-with-a-lenient-run-alone", "A failed MUST called a SHOULD, beside a healthy run.", given(lenient), ("merge", "given", "good", "--out", "out"), (1, 2)),
    ("merge-with-a-lenient-run-behind", "The same, in the other order.", given(lenient), ("merge", "good", "given", "--out", "out"), (1, 2)),
    ("merge-into-files-of-100-kilobytes", "merge under ulimit -f: its stream is larger.", both(copies, limit("FSIZE", 100_000)), ("merge", "good", "bad", "--out", "out"), (2,)),
    ("merge-of-nothing", "No stream.", copies, ("merge", "--out", "out"), (2,)),
    ("compare-with-garbage", "A report that is none.", given(lambda c: b"garbage", name=REPORT), ("compare", "good/report.json", "given/report.json"), (2,)),
    ("compare-with-a-newer-report", "A report of the future.", given(replaced(b'"schema": 1', b'"schema": 99'), name=REPORT), ("compare", "good/report.json", "given/report.json"), (2,)),
    ("compare-with-half-a-report", "Half of a report.", given(lambda c: c[: len(c) // 2], name=REPORT), ("compare", "good/report.json", "given/report.json"), (2,)),
    ("compare-with-brackets", "200,000 brackets.", given(lambda c: b"[" * 200_000, name=REPORT), ("compare", "good/report.json", "given/report.json"), (2,)),
    ("compare-with-an-array", "An array.", given(lambda c: b"[1]", name=REPORT), ("compare", "good/report.json", "given/report.json"), (2,)),
    ("compare-with-200-megabytes", "A report of 200 MB.", given(lambda c: b'{"a": "' + b"x" * 200_000_000 + b'"}', name=REPORT), ("compare", "good/report.json", "given/report.json"), (2,)),
    ("baseline-that-is-garbage", "A baseline that is none.", given(lambda c: b"garbage", name=REPORT), ("run", "--baseline", "given/report.json"), (2,)),
    ("baseline-of-a-newer-schema", "A baseline of the future.", given(replaced(b'"schema": 1', b'"schema": 99'), name=REPORT), ("run", "--baseline", "given/report.json"), (2,)),
    ("baseline-with-wrong-types", "A baseline whose results are numbers.", given(lambda c: b'{"schema": 1, "results": [1, 2]}', name=REPORT), ("run", "--baseline", "given/report.json"), (2,)),
    ("again-on-garbage", "A report that is none.", given(lambda c: b"garbage", name=REPORT), ("again", "--report", "given/report.json"), (2,)),
    ("again-on-a-torn-stream", "A torn stream.", given(lambda c: c[: len(c) // 2]), ("again", "--report", "given"), (0, 1, 2, 3)),
    ("history-that-is-torn", "Half a database.", given(lambda c: b"SQLite format 3\x00" + b"\xff" * 5000, name=REPORT), ("history", "given/report.json"), (2,)),
    ("gate-against-garbage", "A reference that is none.", both(KEY, given(lambda c: b"garbage", name=REPORT)), ("gate", "--candidate", "candidate=http://127.0.0.1:9", "--against", "given/report.json"), (2, 3)),
)  # fmt: skip


BACK: tuple[Trouble, ...] = tuple(
    Trouble(
        name=name,
        side=FILES,
        sentence=sentence,
        set_up=set_up,
        arguments=arguments,
        exits=exits,
    )
    for name, sentence, set_up, arguments, exits in _ROWS
)
