"""Run one command and print what it cost, as one line of JSON.

python -I -S benchmarks/launch.py COMMAND...

A process of its own, for Linux counts the memory of whoever started a command as that command's
own: this one is so small that it is never the peak.
"""

import json
import os
import sys
import time


def main() -> None:
    """Start, wait, tell."""
    began = time.perf_counter()
    child = os.posix_spawn(
        sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)]
    )
    _, status, used = os.wait4(child, 0)
    seconds = time.perf_counter() - began
    found = {
        "seconds": seconds,
        "cpu": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss / 1024,
        "code": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(found))


main()
