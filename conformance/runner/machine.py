"""Trouble of this machine, told from defects of the suite and from faults of servers."""

from __future__ import annotations

import errno

_LACKS = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EAGAIN,
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.ENOTDIR,
    errno.EISDIR,
}
_NO_ROOM_TO_LOAD = "failed to map segment"  # glibc's words of a shared object
_NO_THREAD = ("can't start new thread", "can't allocate lock")  # CPython's words
_RESERVED = 14  # descriptors that a process has open besides its connections


def trouble_of(error: BaseException) -> str | None:
    """What this machine lacks, in a clause, where an error is about that."""
    # CPython that cannot allocate an exception raises another one without a text of ours.
    no_memory = ("NULL without setting", _NO_ROOM_TO_LOAD)
    if isinstance(error, MemoryError) or any(words in str(error) for words in no_memory):
        return "this machine has no memory left for the run"
    if isinstance(error, RuntimeError) and str(error) in _NO_THREAD:
        return "this machine starts no further thread for the run"
    if isinstance(error, OSError) and error.errno in _LACKS:
        place = error.filename if isinstance(error.filename, str) else "this machine"
        return f"{place}: {error.strerror}"
    return _of_the_mock(error)


def _of_the_mock(error: BaseException) -> str | None:
    if not isinstance(error, RuntimeError):
        return None
    from conformance.mock.process import MockDidNotStart  # not before something went wrong

    is_mock = isinstance(error, MockDidNotStart)
    return f"the bundled mock did not start: {error}" if is_mock else None


def affordable(workers: int, regions: int) -> int:
    """Requests that may be in flight for each region with the descriptors that a process may have:
    the bundled mock inherits the limit, and has as many connections.
    """
    try:
        import resource
    except ImportError:  # Windows knows no such limit
        return workers

    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY:
        return workers
    return max(1, min(workers, (most - _RESERVED) // (2 * max(1, regions))))
