"""A file that is named by its user, read whole: it may be a device or a pipe that never ends."""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

MOST = 256_000_000  # bytes; the reports of the largest runs take a tenth of it
PATIENCE = 10.0  # seconds for all that a pipe brings: `--overlay <(command)` is one
_PART = 1_000_000  # bytes


def whole_file(path: Path, most: int = MOST) -> bytes:
    """What a file holds; raises OSError, for one that is larger than `most` too."""
    # An ordinary open waits until somebody writes to a pipe.
    with open(path, "rb", opener=_at_once) as file:
        content = _of_pipe(file, path, most) if _waits(file) else file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it has more than {most // 1_000_000} MB", str(path))
    return content


def must_not_wait(path: Path) -> None:
    """Raises OSError where a file is a pipe or a terminal, for readers that would wait for it."""
    kind = path.stat().st_mode
    if stat.S_ISFIFO(kind):
        raise OSError(errno.EINVAL, "it is a named pipe, and no file", str(path))


def _at_once(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _waits(file: BinaryIO) -> bool:
    """Whether what is read comes when somebody writes it."""
    kind = os.fstat(file.fileno()).st_mode
    return stat.S_ISFIFO(kind) or (stat.S_ISCHR(kind) and file.isatty())


def _of_pipe(file: BinaryIO, path: Path, most: int) -> bytes:
    ends = time.monotonic() + PATIENCE
    waiting = select.poll()
    waiting.register(file, select.POLLIN | select.POLLHUP)

    content = b""
    while len(content) <= most:
        left = ends - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1_000):
            raise OSError(
                errno.ETIMEDOUT, f"it is a pipe that did not end in {PATIENCE:.0f} s", str(path)
            )
        part = os.read(file.fileno(), _PART)
        if not part:
            return content
        content += part
    return content
