"""The directory that a run writes into is its own while it runs: two streams in one place would be
concluded as one.
"""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from conformance.settings import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

_TAKEN = (errno.EWOULDBLOCK, errno.EACCES)


class Claim:
    """A lock on a directory, which no file stands for: it ends with its process, however that ends.

    A file system that knows no locks has none here either.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._descriptor: int | None = None

    def take(self) -> None:
        """Claim the directory; raises ConfigError where another run has it, OSError where there is
        none.
        """
        if self._descriptor is not None or sys.platform == "win32":
            return

        import fcntl

        descriptor = os.open(self.out, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _TAKEN:
                os.close(descriptor)
                raise ConfigError(
                    f"--out {self.out}: another run is writing there. Wait for it, or give this "
                    "one a directory of its own."
                ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Let other runs write there."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
