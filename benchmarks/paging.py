"""Other APIs' styles of paging: which faults of three services are reported, and by which requirement.

Usage: python -m benchmarks.paging [SERVICE...] [--only-paging]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.support.paged import run
from tests.support.paged_services import SERVICES

ONLY = ("--only", "PAG-*", "--only", "FIL-*", "--only", "RES-*")


def main(arguments: list[str]) -> int:
    """Print a line for each server; 1 where a fault is missed or a healthy server has an alarm."""
    extra = ONLY if "--only-paging" in arguments else ()
    wanted = [name for name in arguments if not name.startswith("-")]
    wrong = 0
    for service in SERVICES:
        if wanted and service.__name__ not in wanted:
            continue
        for fault in (None, *service.FAULTS):
            began = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                outcome = run(service, fault, Path(folder), *extra)
            expected = service.FAULTS[fault] if fault else ()
            is_right = outcome.code == 0 if fault is None else bool({*expected} & outcome.failed)
            wrong += not is_right
            said = ("missed", "killed")[is_right] if fault else ("alarm", "no alarm")[is_right]
            failed = " ".join(sorted(outcome.failed))
            seconds = time.monotonic() - began
            print(
                f"{service.__name__:14} {fault or 'healthy':28} {said:9} {seconds:5.1f} s  {failed}"
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
