"""The process that generates requests: it answers what it is asked through a pipe, and ends with it."""

from __future__ import annotations

import math
import resource
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from conformance.checks.drawing import drawn

if TYPE_CHECKING:
    from conformance.checks.drawing import Source
    from conformance.contract.operation import Operation

GRACE = 5.0  # seconds beyond its time in which it is killed by whoever asked
MEMORY = 1_500_000_000  # bytes of address space


def main(descriptor: int) -> None:
    """Answer until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    with Connection(descriptor) as pipe, suppress(EOFError, OSError):
        source = pipe.recv()
        while True:
            operation, count, seconds = pipe.recv()
            # Ends it even while it can hear nothing, should nobody be left who would.
            signal.alarm(math.ceil(seconds + GRACE))
            pipe.send(made(source, operation, count))
            signal.alarm(0)


def made(source: Source, operation: Operation, count: int) -> tuple[str, Any]:
    """`made` and the requests; `failed`, and why the document is too much; `broken`, and the error."""
    try:
        return "made", drawn(source, operation, count)
    except MemoryError:
        return "failed", f"take more than {MEMORY / 1e9:g} GB to make"
    except RecursionError:
        return "failed", "are nested too deeply to make"
    except Exception as error:  # noqa: BLE001 - whoever asked says that the suite failed
        return "broken", f"{type(error).__name__}: {error}"


def _bound_memory() -> None:
    with suppress(OSError, ValueError):  # of a platform that has no such limit
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        least = min(limit for limit in (soft, hard, MEMORY) if limit != resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_AS, (least, hard))
