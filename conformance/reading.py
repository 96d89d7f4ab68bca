"""A file that is named by its user, read whole: it may be a device that never ends."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST = 256_000_000  # bytes; the reports of the largest runs take a tenth of it


def whole_file(path: Path, most: int = MOST) -> bytes:
    """What a file holds; raises OSError, for one that is larger than `most` too."""
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it has more than {most // 1_000_000} MB", str(path))
    return content
