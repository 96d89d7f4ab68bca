"""What a process may take: whether a run may have what it needs, and how its memory is taken.

Where an allocation of a native library fails, that library ends the process as it likes, and no
Python code hears of it. So a limit too low for a run (`ulimit -v`, `ulimit -d`) is refused before.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

from conformance.client.limits import shown_size

# Bytes of address space, and of data in it. Measured, a standard run takes 0.5 GB and 0.2 GB, one with
# 8 workers and megabytes in each answer 0.7 GB and 0.3 GB; the rest is room for hostile answers.
ADDRESSES = 1_200_000_000
DATA = 1_000_000_000
_NAMES = (("RLIMIT_AS", ADDRESSES, "ulimit -v"), ("RLIMIT_DATA", DATA, "ulimit -d"))
# Open files: with fewer the run and its mock wait for each other's connections.
FILES = 16
# As <malloc.h> of glibc has it. By default there are eight for each processor, of 64 MB of
# addresses each, and what threads freed in one is of no use in another.
_M_ARENA_MAX, ARENAS = -8, 2


def too_little() -> str | None:
    """Why a run would lack memory or descriptors here, in a sentence; None where nothing says so."""
    try:
        import resource
    except ImportError:  # Windows knows no such limits
        return None

    for name, needed, option in _NAMES:
        most, _ = resource.getrlimit(getattr(resource, name))
        if most != resource.RLIM_INFINITY and most < needed:
            return (
                f"a run needs {shown_size(needed)} of memory, and this process may take "
                f"{shown_size(most)} ({option})."
            )
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most != resource.RLIM_INFINITY and most < FILES:
        return f"a run needs {FILES} open files, and this process may have {most} (ulimit -n)."
    return None


def few_arenas() -> None:
    """Let threads share their memory, where the C library is glibc."""
    with suppress(OSError, AttributeError, TypeError):  # Windows has no library without a name
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)
