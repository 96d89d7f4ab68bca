"""Standard output and error that a reader may close at any time: the exit code stays the verdict's.

A closed descriptor, a pipe without a reader and a full device end the output, and nothing else. The
descriptors themselves are kept open: a report that took the number of a closed one would be printed
into.
"""

from __future__ import annotations

import errno
import io
import os
import select
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_DESCRIPTORS = {"stdout": 1, "stderr": 2}


class LossyWriter(io.RawIOBase):
    """Writes to a descriptor until that fails, and to nowhere afterwards."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.failure: OSError | None = None

    def writable(self) -> bool:
        """It is."""
        return True

    def fileno(self) -> int:
        """The descriptor, also after a failure."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether a person reads it."""
        return os.isatty(self._descriptor)

    def write(self, data: ReadableBuffer, /) -> int:
        """How many bytes were taken; after a failure all of them."""
        size = memoryview(data).nbytes
        if self.failure:
            return size

        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            # The reader is slow, and the pipe was left in non-blocking mode by whoever made it.
            select.select([], [self._descriptor], [])
            return 0
        except OSError as error:
            self.failure = error
            return size


def lost_output() -> OSError | None:
    """Why standard output could not be written to; nothing where its reader went away, which had
    enough.
    """
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    raw = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    failure = raw.failure if isinstance(raw, LossyWriter) else None
    return failure if failure is not None and failure.errno in FULL else None


@contextmanager
def lossy_output() -> Iterator[None]:
    """Write to standard output and error as long as that is possible, and say nothing when it is
    not.
    """
    _open_closed_descriptors()
    before = {name: (getattr(sys, name), getattr(sys, f"__{name}__")) for name in _DESCRIPTORS}
    for name in _DESCRIPTORS:
        if _is_own(name):
            stream = _lossy(name)
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
    try:
        yield
    finally:
        for name, (current, original) in before.items():
            with suppress(OSError, ValueError):
                getattr(sys, name).flush()
            if current is not None:
                setattr(sys, name, current)
                setattr(sys, f"__{name}__", original)


def _is_own(name: str) -> bool:
    """Whether the stream is the process's, and no test's or caller's replacement of it."""
    return getattr(sys, name) is getattr(sys, f"__{name}__")


def _open_closed_descriptors() -> None:
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            # The lowest free number is taken, which is this one: those below it are open by now.
            os.open(os.devnull, os.O_RDWR)


def _lossy(name: str) -> TextIO:
    """A stream like the present one, in its encoding; what that cannot write is escaped."""
    present = cast("TextIO | None", getattr(sys, name))
    if present is not None:
        with suppress(OSError, ValueError):
            present.flush()
    writer = io.BufferedWriter(LossyWriter(_DESCRIPTORS[name]))
    return io.TextIOWrapper(
        writer,
        encoding=present.encoding if present else "utf-8",
        errors="backslashreplace",
        line_buffering=bool(present and present.line_buffering),
    )
