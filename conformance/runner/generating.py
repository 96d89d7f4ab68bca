"""The process that generates requests: it answers what it is asked through a pipe, and ends with it."""

from __future__ import annotations

import math
import pickle
import resource
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.checks.drawing import drawn
from conformance.contract.sampling import load_tables

if TYPE_CHECKING:
    from conformance.checks.drawing import Source
    from conformance.contract.operation import Operation

GRACE = 5.0  # seconds beyond its time in which it is killed by whoever asked
MB = 1_000_000
# Memory beyond what the process has when it begins, and beyond that for each byte of a document:
# usual documents take two thirds of it, large ones (9 MB) the same.
ROOM, ROOM_PER_BYTE = 150 * MB, 15


def main(descriptor: int) -> None:
    """Answer until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Connection(descriptor) as pipe, suppress(EOFError, OSError):
        load_tables()  # the first time takes more than the room that is left below
        sent = pipe.recv_bytes()
        _bound_memory(ROOM + ROOM_PER_BYTE * len(sent))
        source = pickle.loads(sent)  # noqa: S301 - from the run that started this process
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
        return "failed", "take more memory than a run may"
    except RecursionError:
        return "failed", "are nested too deeply to make"
    except Exception as error:  # noqa: BLE001 - whoever asked says that the suite failed
        return "broken", f"{type(error).__name__}: {error}"


def _bound_memory(room: int) -> None:
    """Let this process take so many bytes more than it has; where that cannot be known, leave it."""
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + room
        soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        least = min(limit for limit in (soft, hard, most) if limit != resource.RLIM_INFINITY)
        resource.setrlimit(resource.RLIMIT_AS, (least, hard))
