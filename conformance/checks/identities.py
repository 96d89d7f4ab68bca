"""Which rows were seen twice, in memory that does not grow with the list: sorted runs in a
temporary file.
"""

from __future__ import annotations

import heapq
import tempfile
from hashlib import blake2b
from itertools import pairwise
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

RUN = 65_536  # rows that are sorted at once, in memory
WIDTH = 16  # bytes of an entry: 8 of the identity, 8 of the offset
BLOCK = WIDTH * 1_024
MASK = 2**64 - 1


class Identities:
    """Rows by identity and offset; use as a context, for it keeps a file."""

    def __init__(self, run: int = RUN) -> None:
        self.count = 0
        self._run = run
        self._fresh: list[int] = []
        self._ends: list[int] = []

    def __enter__(self) -> Self:
        self._file: IO[bytes] = tempfile.TemporaryFile()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, identity: Any, offset: int) -> None:
        """Take one row in."""
        self.count += 1
        self._fresh.append(_number(identity) << 64 | offset)
        if len(self._fresh) >= self._run:
            self._spill()

    def twice(self) -> Iterator[tuple[int, int]]:
        """The offset of each row that was seen before, and where; ordered by identity."""
        if self._fresh:
            self._spill()
        starts = [0, *self._ends]
        runs = [self._read(start, end) for start, end in zip(starts, self._ends, strict=False)]
        for one, other in pairwise(heapq.merge(*runs)):
            if one >> 64 == other >> 64:
                yield other & MASK, one & MASK

    def _spill(self) -> None:
        self._fresh.sort()
        self._file.seek(0, 2)
        self._file.write(b"".join(entry.to_bytes(WIDTH) for entry in self._fresh))
        self._ends.append(self._file.tell())
        self._fresh.clear()

    def _read(self, start: int, end: int) -> Iterator[int]:
        while start < end:
            self._file.seek(start)
            block = self._file.read(min(BLOCK, end - start))
            start += len(block)
            for at in range(0, len(block), WIDTH):
                yield int.from_bytes(block[at : at + WIDTH])


def _number(identity: Any) -> int:
    """64 bits of an identity: an integer's own, a text's digest; what collides is asked again."""
    if type(identity) is int and 0 <= identity <= MASK:
        return identity
    return int.from_bytes(
        blake2b(repr(identity).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    )
