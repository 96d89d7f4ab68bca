"""Which process of several takes which operations: known to all of them from the start, without
asking.

Checks of one operation share answers, so they share a process, which can run ahead into its next operation
while the last answers of one are still awaited.
"""

from __future__ import annotations

from itertools import groupby
from string import digits
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.runner.check_run import CheckRun
    from conformance.runner.forecast import Asking


def check_id(operation: str, region: str | None, requirements: Iterable[str]) -> str:
    """The part of a check's name that says where it judges what: `operation-region:ID.ID`."""
    place = operation if region is None else f"{operation}-{region}"
    return f"{place}:{'.'.join(requirements)}"


def scope(name: str, regions: Iterable[str]) -> str:
    """The operation in a check's name, which ends in `[` and `check_id` and `]`."""
    place = name.rpartition("[")[2].rstrip("]").rpartition(":")[0]
    for region in regions:
        if place.endswith(f"-{region}"):
            return place.removesuffix(f"-{region}")
    return place


def worker_number(worker: str) -> int:
    """The number in a worker's name, `gw0` and so on; a crashed one's successor has a higher
    number.
    """
    return int("".join(letter for letter in worker if letter in digits) or 0)


def share(checks: Sequence[CheckRun], worker: str, count: int) -> list[CheckRun]:
    """The checks of a worker's own operations, in their order; `count` workers share the run."""
    by_operation = [
        list(group) for _, group in groupby(checks, lambda check: check.context.operation_id)
    ]
    own = by_operation[worker_number(worker) % count :: count]
    return [check for operation in own for check in operation]


def own_operations(checks: Iterable[Asking], worker: str, count: int) -> list[str]:
    """The operations of those checks that are a worker's own."""
    operations = [operation for operation, _ in groupby(checks, lambda check: check.operation)]
    return operations[worker_number(worker) % count :: count]


def requirements_in(name: str) -> list[str]:
    """The requirements in a check's name; see `check_id`."""
    return name.rpartition(":")[2].rstrip("]").split(".")
