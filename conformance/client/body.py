"""A body as it comes in: decompressed on the way, and never more of it than is allowed."""

from __future__ import annotations

import io
import threading
import zlib
from typing import TYPE_CHECKING

from conformance.client.deadline import POLL
from conformance.client.errors import ErrorKind, TransportError
from conformance.client.limits import MB, shown_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client.deadline import Deadline

LARGE = MB  # bytes from which on a process receives one body at a time
STEP = 1 << 18  # bytes that are decompressed at once
GZIP = 16 + zlib.MAX_WBITS

# However many requests are in flight, one body of `--max-body` is all that grows at a time, until it
# is counted.
_receiving_large = threading.Lock()


class Body:
    """Collects what a server sends; `finish` gives the content, `discard` lets go of it.

    A body that is announced as gzip and is none stays as it came, for the laws of schemas to name.
    """

    def __init__(self, most: int, deadline: Deadline, *, zipped: bool) -> None:
        self._most = most
        self._deadline = deadline
        self._wire = io.BytesIO()
        self._plain = _Unzipped() if zipped else None
        self._large = False

    def add(self, data: bytes) -> None:
        """Take in a part; raises TransportError past the bound, on the wire or decompressed."""
        self._wire.write(data)
        if self._wire.tell() > self._most:
            raise self._endless("the body never ended")
        if self._plain is None:
            self._take_turn(self._wire.tell())
            return
        for size in self._plain.add(data):
            self._take_turn(size)
            if size > self._most:
                raise self._endless("the body never ended once decompressed")
            self._deadline.check()

    @property
    def is_decoded(self) -> bool:
        """Whether it was announced as gzip, and was that to its end."""
        return self._plain is not None and self._plain.whole

    def finish(self) -> bytes:
        """The content; no other large body comes in before `discard`."""
        if self._plain is not None and self._plain.whole:
            return self._plain.content.getvalue()
        return self._wire.getvalue()

    def discard(self) -> None:
        """Let the next large body in."""
        if self._large:
            self._large = False
            _receiving_large.release()

    def _take_turn(self, size: int) -> None:
        if size <= LARGE or self._large:
            return
        with self._deadline.paused():
            while not _receiving_large.acquire(timeout=POLL):
                self._deadline.check_stop()
        self._large = True

    def _endless(self, what: str) -> TransportError:
        after = f"cut at {shown_size(self._most)} after {self._deadline.elapsed:.1f} s (--max-body)"
        return TransportError(ErrorKind.LIMIT, f"{what}: {after}")


class _Unzipped:
    """The content of a gzip stream of one or more members (RFC 1952 2.2), a step at a time."""

    def __init__(self) -> None:
        self.content = io.BytesIO()
        self._member = zlib.decompressobj(GZIP)
        self._broken = False

    @property
    def whole(self) -> bool:
        """Whether it was gzip, to its end."""
        return not self._broken and self._member.eof

    def add(self, data: bytes) -> Iterator[int]:
        """Take in a part; gives the size of the content after each step."""
        while data and not self._broken:
            try:
                self.content.write(self._member.decompress(data, STEP))
            except zlib.error:
                self._broken = True
                return
            data = self._member.unconsumed_tail or self._next_member()
            yield self.content.tell()

    def _next_member(self) -> bytes:
        # Zeros may fill up the end (as gzip(1) and Python's gzip read it).
        rest = self._member.unused_data.lstrip(b"\0")
        if rest:
            self._member = zlib.decompressobj(GZIP)
        return rest
