"""Server side: connections that are poisoned, framing and JSON that readers disagree on."""

from __future__ import annotations

import gzip
import select
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.prove.hostile.bodies import body, field, page, rows, spliced
from conformance.prove.hostile.server import MOST, Behave, Visit, each, lazily, read
from conformance.prove.hostile.wire import (
    CHUNKED,
    OK,
    RUN,
    changed,
    endless,
    of_server,
    once,
    sized,
)

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Reply
    from conformance.prove.hostile.trouble import Trouble

BRIEF = (*RUN, "--profile", "smoke", "--only", "PAG-0*", "--only", "SCH-*", "--only", "ROB-*")
TIMED_OUT = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def one_at_a_time() -> Behave:
    """A server of one thread: who keeps a connection keeps all others out."""
    served = threading.Lock()

    def behave(visit: Visit) -> None:
        with served:
            while visit.request:
                visit.answer(visit.ask())
                visit.request = read(visit.peer)
        visit.keeps = False

    return behave


def twice(visit: Visit) -> None:
    """A second answer behind each, which nobody asked for."""
    reply = visit.ask()
    visit.answer(reply)
    visit.answer(replace(reply, status=200, body=b'{"data": [], "total": 0, "has_more": false}'))


def impatient(visit: Visit) -> None:
    """408 on a connection that is idle for a moment, as balancers send it."""
    visit.answer(visit.ask())
    if not select.select([visit.peer], [], [], 0.05)[0]:
        visit.send(TIMED_OUT)
        visit.keeps = False


def closing(visit: Visit) -> None:
    """The connection ends with each answer, which does not say so."""
    visit.answer(visit.ask())
    visit.keeps = False


def deaf(visit: Visit) -> None:
    """The second request of each connection is never read."""
    visit.answer(visit.ask())
    time.sleep(MOST)


def lingering(visit: Visit) -> None:
    """Connection: close, and the connection stays open."""
    visit.answer(visit.ask().with_header("Connection", "close"))
    time.sleep(20)


def raw(change: bytes, to: bytes, *, of_head: bool = True) -> Behave:
    """The healthy answer as bytes, with a part of its head replaced."""

    def behave(visit: Visit) -> None:
        reply = visit.ask()
        head = f"HTTP/1.1 {reply.status} X\r\nContent-Type: application/json\r\n"
        content = head.encode() + b"Content-Length: %d\r\n\r\n" % len(reply.body)
        is_head = visit.request.startswith(b"HEAD ")
        visit.send(content.replace(change, to) + (b"" if is_head else reply.body))

    return behave


def by_the_byte(visit: Visit) -> None:
    """Each octet in a segment of its own."""
    body = visit.ask().body
    answer = sized(b"" if visit.request.startswith(b"HEAD ") else body)
    for at in range(len(answer)):
        visit.send(answer[at : at + 1])


def announced(visit: Visit) -> None:
    """100 with a length, then the answer."""
    visit.send(b"HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\n")
    visit.answer(visit.ask())


def trailing(visit: Visit) -> None:
    """Trailers that would change what came before them."""
    fields = b"Content-Type: text/html\r\nContent-Length: 1\r\nStatus: 500\r\n"
    body = visit.ask().body
    visit.send(CHUNKED + b"%x\r\n" % len(body) + body + b"\r\n0\r\n" + fields + b"\r\n")


def zipped(change: object) -> Behave:
    """Each body as gzip, changed."""
    assert callable(change)
    return changed(
        lambda r: replace(
            r.with_header("Content-Encoding", "gzip"), body=change(gzip.compress(r.body))
        )
    )


def empty_now_and_then(reply: Reply) -> Reply:
    """A page without rows."""
    return reply.with_json(lambda value: value | {"data": [], "total": 0, "has_more": False})


_ROWS: tuple[tuple[str, str, Behave, tuple[int, ...]], ...] = (
    ("two-answers-to-each-request", "A second answer behind each, unasked.", twice, (0, 1, 3)),
    ("a-408-on-idle-connections", "408 on a connection that is idle, as balancers do.", impatient, (0,)),
    ("closes-without-a-word", "Each connection ends after one answer, unannounced.", closing, (0,)),
    ("deaf-after-the-first", "The second request of a connection is never read.", deaf, (1, 3)),
    ("one-connection-at-a-time", "Further connections wait until the first one is closed.", one_at_a_time(), (0, 1)),
    ("close-and-stay", "Connection: close, and it stays open.", lingering, (0,)),
    ("keep-alive-of-nothing", "Keep-Alive: timeout=0, max=0.", field("Keep-Alive", "timeout=0, max=0"), (0,)),
    ("length-in-a-list", "Content-Length: N, N.", raw(b"\r\n\r\n", b"\r\nContent-Length: 7\r\n\r\n"), (1, 3)),
    ("length-with-a-plus", "Content-Length: +N.", raw(b"Length: ", b"Length: +"), (1, 3)),
    ("length-with-an-underscore", "Content-Length: 0_N.", raw(b"Length: ", b"Length: 0_"), (1, 3)),
    ("chunked-behind-a-vertical-tab", "Transfer-Encoding: VT chunked.", raw(b"\r\n\r\n", b"\r\nTransfer-Encoding: \x0bchunked\r\n\r\n"), (1, 3)),
    ("a-space-before-the-colon", "Content-Length : N.", raw(b"Length:", b"Length :"), (0, 1, 3)),
    ("lines-of-lf", "Lines of the head end in LF alone.", raw(b"\r\n", b"\n"), (0, 1, 3)),
    ("lines-of-cr", "A lone CR within a field.", raw(b"json\r\n", b"json\rX-A: b\r\n"), (0, 1, 3)),
    ("blank-lines-without-end", "Blank lines before the status, for ever.", endless(b"", b"\r\n" * 4_000), (1, 3)),
    ("zeros-before-a-chunk-without-end", "A chunk's size of zeros, for ever.", endless(CHUNKED, b"0" * 9_000), (1, 3)),
    ("a-chunk-of-40000-zeros", "A chunk's size behind 40,000 zeros.", once(CHUNKED + b"0" * 40_000 + b"2\r\n{}\r\n0\r\n\r\n"), (1, 3)),
    ("a-page-that-is-204", "204 with a body and a length.", raw(b" 200 X", b" 204 X"), (1, 3)),
    ("http-in-small-letters", "http/1.1 200 ok.", raw(b"HTTP/1.1", b"http/1.1"), (1, 3)),
    ("http-1-9", "HTTP/1.9.", raw(b"HTTP/1.1", b"HTTP/1.9"), (0, 1, 3)),
    ("no-reason-and-no-space", "HTTP/1.1 200 without a space behind it.", raw(b" X\r\n", b"\r\n"), (0, 1)),
    ("a-status-of-4-digits", "HTTP/1.1 2000.", raw(b" 200 X", b" 2000 X"), (1, 3)),
    ("a-status-of-other-digits", "A status of superscripts.", raw(b" 200 X", b" \xb2\xb20 X"), (1, 3)),
    ("octet-by-octet", "Each octet in a segment of its own.", by_the_byte, (0, 1)),
    ("a-100-with-a-length", "100 with a length before each answer.", announced, (0, 1, 3)),
    ("trailers-that-contradict", "Trailers with another type, length and status.", trailing, (1,)),
    ("gzip-with-a-wrong-sum", "gzip whose check sum is wrong.", zipped(lambda z: z[:-8] + b"\x00" * 8), (1, 3)),
    ("gzip-of-a-long-name", "gzip with a file name of 30 MB.", lazily(lambda: once(sized(b"\x1f\x8b\x08\x08" + b"\x00" * 6 + b"n" * 30_000_000, OK + b"Content-Encoding: gzip\r\n"))), (1, 3)),
    ("gzip-that-is-plain", "gzip is said, and the body is plain.", field("Content-Encoding", "gzip"), (1, 3)),
    ("gzip-in-capitals", "Content-Encoding: GZIP.", changed(lambda r: replace(r.with_header("Content-Encoding", "GZIP"), body=gzip.compress(r.body))), (0, 1)),
    ("a-comma-too-many", "JSON with a comma behind the last row.", spliced(b"}]", b"},]"), (1,)),
    ("comments-in-json", "JSON with a comment.", spliced(b'{"data"', b'/* a */{"data"'), (1,)),
    ("a-zero-before-numbers", "Numbers such as 07.", spliced(b'"total": ', b'"total": 0'), (1,)),
    ("two-documents", "Two JSON texts in one body.", spliced(b'{"data"', b'{}{"data"'), (1,)),
    ("a-guard-before-json", "A prefix against inclusion as a script.", spliced(b'{"data"', b')]}\'\n{"data"'), (1,)),
    ("spaces-that-are-none", "A no-break space between tokens.", spliced(b'{"data"', b'\xc2\xa0{"data"'), (1,)),
    ("controls-in-texts", "A raw line break in each text.", spliced(b'"name": "', b'"name": "\n'), (1,)),
    ("overlong-utf-8", "NUL in two octets of UTF-8.", spliced(b'"name": "', b'"name": "\xc0\x80'), (1,)),
    ("surrogates-in-utf-8", "Surrogates as three octets each.", spliced(b'"name": "', b'"name": "\xed\xa0\xbd\xed\xb8\x80'), (1,)),
    ("a-key-twice-in-disguise", "A key twice, once by its escapes.", spliced(b'"total":', b'"\\u0074otal":5,"total":'), (1,)),
    ("a-total-of-1e999999999", "A total whose digits fill memory.", body(b'{"data":[],"total":1e999999999,"has_more":false}'), (1, 3)),
    ("a-total-of-1e-999999999", "A total that is nearly nothing.", body(b'{"data":[],"total":1e-999999999,"has_more":false}'), (1, 3)),
    ("an-exponent-of-5000-digits", "An exponent of 5,000 digits.", body(b'{"data":[],"total":1e' + b"9" * 5_000 + b',"has_more":false}'), (1, 3)),
    ("ids-of-1e400000000", "Ids whose digits fill memory.", spliced(b'"id":', b'"n":4e400000000,"id":'), (0, 1)),
    ("a-charset-that-lies", "charset=utf-16, and it is UTF-8.", field("Content-Type", "application/json; charset=utf-16"), (0, 1)),
    ("a-charset-that-is-none", "charset=../../x.", field("Content-Type", 'application/json; charset="../../\\x"'), (0, 1)),
    ("a-charset-of-zip", "charset=zlib, a codec of Python.", field("Content-Type", "application/json; charset=zlib_codec"), (0, 1)),
    ("multipart", "multipart/mixed.", field("Content-Type", "multipart/mixed; boundary=x"), (1, 3)),
    ("flags-as-numbers", "has_more is 0 or 1.", page(lambda p: p | {"has_more": int(p["has_more"])}), (1,)),
    ("ids-of-all-types", "Ids 1, 1.0, true, \"1\" by turns.", rows(lambda r, at: r | {"id": (1, 1.0, True, "1")[at % 4]}), (1,)),
    ("ids-that-normalise-alike", "Ids that are alike once normalised.", rows(lambda r, at: r | {"id": ("\u00e9", "e\u0301", "\u00c9")[at % 3]}), (1,)),
    ("times-of-leap-seconds", "Times with second 60, hour 24, 40 digits of fraction.", rows(lambda r, at: r | {"created_at": ("2016-12-31T23:59:60Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00." + "9" * 40 + "Z")[at % 3]}), (1,)),
    ("non-characters", "U+FFFF and U+10FFFF in each name.", rows(lambda r, _: r | {"name": "\uffff\U0010ffff"}), (0, 1)),
    ("every-ninth-page-is-empty", "Each ninth page says that there is nothing.", each(9, changed(empty_now_and_then)), (1,)),
)  # fmt: skip

POISONS: tuple[Trouble, ...] = tuple(of_server(*row, arguments=BRIEF) for row in _ROWS)
