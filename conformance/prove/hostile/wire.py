"""Server side, the wire: answers that never end, break off, are too large or are no HTTP."""

from __future__ import annotations

import gzip
import time
import zlib
from typing import TYPE_CHECKING, Any

from conformance.prove.hostile.server import MOST, Behave, Visit, after, each, lazily
from conformance.prove.hostile.trouble import SERVER, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.mock.fronts.model import Reply

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
EMPTY = b'{"data": [], "total": 0, "has_more": false}'
ZIPPED = OK + b"Content-Encoding: gzip\r\n"
REFUSED = b"HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n"
RUN = ("run", "--region", "global={hostile}")


def once(*content: bytes) -> Behave:
    """Bytes, then the end of the connection."""

    def behave(visit: Visit) -> None:
        for part in content:
            visit.send(part)

    return behave


def endless(head: bytes, part: bytes) -> Behave:
    """A head, then the same part for ever."""

    def behave(visit: Visit) -> None:
        ends = time.monotonic() + MOST
        visit.send(head)
        while time.monotonic() < ends:
            visit.send(part)

    return behave


def slowly(head: bytes, part: bytes = b"x", pause: float = 0.5) -> Behave:
    """A head, then a part now and then, for ever."""

    def behave(visit: Visit) -> None:
        ends = time.monotonic() + MOST
        visit.send(head)
        while time.monotonic() < ends:
            time.sleep(pause)
            visit.send(part)

    return behave


def sized(body: bytes, head: bytes = OK) -> bytes:
    """An answer with its length."""
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def changed(change: Callable[[Reply], Reply]) -> Behave:
    """The healthy answer, changed."""
    return lambda visit: visit.answer(change(visit.ask()))


def bomb(megabytes: int) -> bytes:
    """So many MB of zeros as gzip, made of one that is repeated: only its check sum is wrong."""
    packer = zlib.compressobj(9, wbits=31)
    first, again = (
        packer.compress(b"0" * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    return first + again * (megabytes - 1) + packer.flush()


def silent(visit: Visit) -> None:
    """Say nothing."""
    time.sleep(MOST)


def half_closed(visit: Visit) -> None:
    """Garbage, and one direction closed."""
    import socket

    visit.send(b"\x00\xff" * 50)
    visit.peer.shutdown(socket.SHUT_WR)
    time.sleep(MOST)


def reset(visit: Visit) -> None:
    """A reset in place of an answer."""
    visit.reset()


def reset_in_the_body(visit: Visit) -> None:
    """A reset within the body."""
    visit.send(OK + b"Content-Length: 5000\r\n\r\n" + b"{" * 90)
    time.sleep(0.05)
    visit.reset()


def dripping(visit: Visit) -> None:
    """A whole answer, in pieces that take as long as may be."""
    body = visit.ask().body
    visit.send(OK + b"Content-Length: %d\r\n\r\n" % len(body))
    step = len(body) // 9 + 1
    for at in range(0, len(body), step):
        time.sleep(0.9)
        visit.send(body[at : at + step])


def redirecting(location: bytes) -> Behave:
    """A redirect to somewhere."""
    head = b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"
    return once(head)


# name, sentence, behaviour, what must be said
_WIRE: tuple[tuple[str, str, Behave, str], ...] = (
    ("silence", "No byte ever comes.", silent, "nothing came|--timeout"),
    ("head-a-byte-a-second", "The head comes byte by byte.", slowly(b"HTTP/1.1 200 OK\r\nX-A: "), "--timeout"),
    ("body-a-byte-a-second", "The body comes byte by byte.", slowly(OK + b"Content-Length: 999\r\n\r\n"), "--timeout"),
    ("chunks-a-byte-a-second", "Chunks of a byte come now and then.", slowly(CHUNKED, b"1\r\n1\r\n"), "--timeout"),
    ("interim-answers-without-end", "1xx for ever.", endless(b"", b"HTTP/1.1 102 Wait\r\n\r\n"), "interim"),
    ("interim-answers-now-and-then", "A 1xx each half second.", slowly(b"", b"HTTP/1.1 102 W\r\n\r\n"), "interim|--timeout"),
    ("fields-without-end", "Header fields for ever.", endless(OK, b"X-A: b\r\n"), "head"),
    ("a-field-without-end", "One header field that never ends.", endless(OK + b"X-A: ", b"b" * 9000), "head"),
    ("fields-by-the-hundred", "Each answer has 300 header fields.", once(OK + b"X-A: b\r\n" * 300 + b"Content-Length: 2\r\n\r\n{}"), "header fields"),
    ("a-field-of-a-megabyte", "A header field of 1 MB.", once(OK + b"X-A: " + b"b" * 1_000_000 + b"\r\n\r\n"), "head"),
    ("body-without-end", "A body that ends with the connection, which never ends.", endless(OK + b"\r\n", b" " * 65_536), "max-body"),
    ("chunks-without-end", "Chunks for ever.", endless(CHUNKED, b"c00\r\n" + b"x" * 0xC00 + b"\r\n"), "max-body|framing"),
    ("tiny-chunks-without-end", "Chunks of a byte, for ever.", endless(CHUNKED, b"1\r\nx\r\n" * 9000), "framing"),
    ("chunk-extensions-without-end", "Chunks of a byte with long extensions.", endless(CHUNKED, (b"1;" + b"e" * 500 + b"\r\nx\r\n") * 90), "framing"),
    ("trailers-without-end", "Trailers for ever.", endless(CHUNKED + b"0\r\n", b"X-T: y\r\n"), "trailers"),
    ("trailers-now-and-then", "A trailer each half second.", slowly(CHUNKED + b"0\r\n", b"X-T: y\r\n"), "--timeout"),
    ("gzip-bomb", "2 GB of zeros in 2 MB of gzip.", lazily(lambda: once(sized(bomb(2000), ZIPPED))), "decompressed"),
    ("gzip-bomb-of-many-members", "Thousands of members of gzip.", lazily(lambda: once(sized(gzip.compress(b"0" * 40_000) * 4000, ZIPPED))), "decompressed"),
    ("gzip-bomb-in-a-refusal", "The bomb in a 401.", lazily(lambda: once(sized(bomb(500), REFUSED + b"Content-Encoding: gzip\r\n"))), "decompressed"),
    ("gzip-of-gzip", "A bomb in a bomb.", lazily(lambda: once(sized(gzip.compress(bomb(900)), ZIPPED))), "answered|answers"),
    ("gzip-that-breaks-off", "Half a gzip stream.", once(sized(gzip.compress(EMPTY)[:20], ZIPPED)), "answered|answers"),
    ("gzip-with-a-tail", "A gzip stream, then garbage.", once(sized(gzip.compress(EMPTY) + b"tail", ZIPPED)), ""),
    ("an-unknown-coding", "Content-Encoding: br, asked for by nobody.", once(sized(b"\x0b\x00\x80", OK + b"Content-Encoding: br\r\n")), "answered|answers"),
    ("length-of-500-gigabytes", "Content-Length: 5e11.", once(OK + b"Content-Length: 500000000000\r\n\r\n{"), "500 GB"),
    ("length-below-nothing", "Content-Length: -1.", once(OK + b"Content-Length: -1\r\n\r\n{}"), "HTTP"),
    ("two-lengths", "Two lengths that differ.", once(OK + b"Content-Length: 2\r\nContent-Length: 9\r\n\r\n{}"), "HTTP"),
    ("length-and-chunks", "A length and chunks.", once(OK + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"), ""),
    ("length-of-5000-digits", "A length that is no number a machine has.", once(OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n{}"), "HTTP|body"),
    ("chunk-of-2-to-the-64", "A chunk larger than memory.", once(CHUNKED + b"FFFFFFFFFFFFFFFF\r\nx"), "HTTP|closed within|max-body"),
    ("chunk-of-garbage", "A chunk size that is no number.", once(CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n"), "HTTP"),
    ("an-upgrade", "101 to a plain GET.", once(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n\x00\x01"), "HTTP|101"),
    ("half-an-answer", "The connection ends within the body.", once(OK + b"Content-Length: 900\r\n\r\n{"), "closed within"),
    ("half-closed-with-garbage", "Garbage, then one direction closed.", half_closed, "HTTP|closed within"),
    ("a-record-of-tls", "TLS where HTTP is due.", once(b"\x15\x03\x01\x00\x02\x02\x46"), "HTTP|closed within"),
    ("http-2", "The preface of HTTP/2.", once(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" * 5), "HTTP|closed within"),
    ("http-0-9", "A body without a head.", once(EMPTY + b"\r\n\r\n"), "HTTP"),
    ("status-999", "A status of no class.", once(sized(EMPTY, b"HTTP/1.1 999 ?\r\n")), "999|HTTP"),
    ("status-000", "A status of nothing.", once(sized(EMPTY, b"HTTP/1.1 000 ?\r\n")), "HTTP|000"),
    ("a-reason-of-60-kilobytes", "A reason phrase of 60 kB.", once(sized(EMPTY, b"HTTP/1.1 500 " + b"r" * 60_000 + b"\r\n")), "500"),
    ("nul-in-a-field", "NUL in a header field.", once(sized(EMPTY, OK + b"X-A: a\x00b\r\n")), "HTTP"),
    ("a-folded-field", "A folded header field, with escapes for the terminal.", once(sized(EMPTY, OK + b"X-A: a\r\n \x1b[2Jb\r\n")), ""),
    ("a-field-without-a-name", "A line without a colon among the fields.", once(sized(EMPTY, OK + b"no field\r\n")), "HTTP"),
    ("reset", "Each connection is reset.", reset, "reset|closed"),
    ("reset-in-the-body", "Each answer is reset within its body.", reset_in_the_body, "closed within|reset"),
    ("closes-at-once", "Each connection is closed without a byte.", once(), "closed"),
    ("redirect-to-itself", "A redirect to the same address, for ever.", redirecting(b"/v1/batch-calls"), "302"),
    ("redirect-to-a-file", "A redirect to file:///etc/passwd.", redirecting(b"file:///etc/passwd"), "302"),
    ("redirect-to-metadata", "A redirect to the metadata of a cloud.", redirecting(b"http://169.254.169.254/latest/"), "302"),
    ("cookies-by-the-hundred", "150 cookies with each answer.", once(sized(EMPTY, OK + b"Set-Cookie: a=b\r\n" * 150)), ""),
)  # fmt: skip
_FAT = (("X-Fat", "f" * 60_000),)

# What may happen to a server that was healthy for a while, or is so most of the time.
_IN_MID_RUN = (
    "silence", "body-a-byte-a-second", "interim-answers-without-end", "fields-without-end",
    "body-without-end", "chunks-without-end", "tiny-chunks-without-end", "trailers-without-end",
    "gzip-bomb", "length-of-500-gigabytes", "an-upgrade", "half-an-answer", "reset", "http-2",
    "closes-at-once", "status-999", "redirect-to-itself",
)  # fmt: skip
_NOW_AND_THEN = (
    "body-without-end", "gzip-bomb", "interim-answers-without-end", "half-an-answer",
    "trailers-without-end", "a-record-of-tls", "length-and-chunks", "fields-by-the-hundred",
)  # fmt: skip


def of_server(
    name: str, sentence: str, behave: Behave, exits: tuple[int, ...] = (1, 3), **more: Any
) -> Trouble:
    """A run against a server in the place of region global that behaves so."""
    settings: dict[str, Any] = {"arguments": RUN, "reports": True} | more
    return Trouble(
        name=name, side=SERVER, sentence=sentence, behave=behave, exits=exits, **settings
    )


def _row(name: str, sentence: str, behave: Behave, says: str = "", **more: Any) -> Trouble:
    return of_server(name, sentence, behave, says=(says,) if says else (), **more)


def _rows() -> Iterator[Trouble]:
    known = {name: (sentence, behave, says) for name, sentence, behave, says in _WIRE}
    for name, (sentence, behave, says) in known.items():
        # What is no answer is one problem; what is one breaks what it breaks.
        yield _row(name, sentence, behave, says, problems=2 if says else None)
    for name in _IN_MID_RUN:
        sentence, behave, _ = known[name]
        yield _row(f"{name}-in-mid-run", f"After 150 requests: {sentence}", after(150, behave))
    for name in _NOW_AND_THEN:
        sentence, behave, _ = known[name]
        yield _row(f"{name}-now-and-then", f"One in 40: {sentence}", each(40, behave), exits=(1,))
    yield _row(
        "drips-within-the-timeout",
        "Each answer takes 9 s, in pieces.",
        dripping,
        arguments=(*RUN, "--max-time", "60"),
        seconds=130,
    )
    yield _row(
        "fat-fields-with-each-answer",
        "60 kB of header field with each answer.",
        changed(lambda reply: reply.with_header(*_FAT[0])),
        exits=(0, 1, 3),
    )
    yield _row(
        "silence-for-tls",
        "https is asked for, and no byte ever comes.",
        silent,
        arguments=("run", "--region", "global={hostile:s}"),
    )
    yield _row(
        "plain-text-for-tls",
        "https is asked for, and HTTP without TLS answers.",
        once(sized(EMPTY)),
        arguments=("run", "--region", "global={hostile:s}"),
    )


WIRE: tuple[Trouble, ...] = tuple(_rows())
