"""Checks under pytest-xdist: those of one operation share answers, so they share a process.

Which process an operation belongs to is known to both sides from the start, so that a worker can run ahead
into its next operation while the last answers of one are still awaited.
"""

from __future__ import annotations

from itertools import groupby
from string import digits
from typing import TYPE_CHECKING, Any

from xdist.scheduler import LoadScopeScheduling

from conformance.runner.recorder import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pytest


class ByOperation(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Hands out all checks of an operation together, first those of a worker's own share."""

    def __init__(self, config: pytest.Config, log: Any, regions: Iterable[str]) -> None:
        super().__init__(config, log)
        self._regions = tuple(regions)
        self._places: dict[str, int] = {}

    def _split_scope(self, nodeid: str) -> str:
        name = scope(nodeid, self._regions)
        self._places.setdefault(name, len(self._places))
        return name

    def _next(self, node: Any) -> str | None:
        """The operation to hand to a worker: of its share, or what another will not come to soon."""
        own = worker_number(node.workerinput) % self.numnodes
        shares: dict[int, list[str]] = {}
        for name in self.workqueue:
            shares.setdefault(self._places[name] % self.numnodes, []).append(name)
        if own in shares:
            return shares[own][0]
        busy = {worker_number(one.workerinput) % self.numnodes for one in self.nodes if one is not node}
        for share, names in shares.items():
            # A worker runs ahead into the first of its share.
            if share not in busy or len(names) > 1:
                return names[-1]
        return None

    def _reschedule(self, node: Any) -> None:
        if self.workqueue and self._next(node) is None and not node.shutting_down:
            node.shutdown()
        else:
            super()._reschedule(node)

    def _assign_work_unit(self, node: Any) -> None:
        self.workqueue.move_to_end(self._next(node) or next(iter(self.workqueue)), last=False)
        super()._assign_work_unit(node)


def scope(nodeid: str, regions: Iterable[str]) -> str:
    """The operation of a check: its id ends in `[operation-region]`, of parity in `[operation]`."""
    name = nodeid.rpartition("[")[2].rstrip("]")
    return next((name.removesuffix(f"-{one}") for one in regions if name.endswith(f"-{one}")), name)


def worker_number(workerinput: dict[str, Any]) -> int:
    """The number in a worker's name, `gw0` and so on; a crashed one's successor has a higher number."""
    return int("".join(letter for letter in workerinput["workerid"] if letter in digits) or 0)


def share(items: Sequence[pytest.Item], workerinput: dict[str, Any]) -> list[pytest.Item]:
    """The checks of a worker's own operations, in their order."""
    checks = [(subject.operation_id, item) for item in items if (subject := subject_of(item))]
    operations = [[item for _, item in some] for _, some in groupby(checks, lambda pair: pair[0])]
    count = workerinput["workercount"]
    own = operations[worker_number(workerinput) % count :: count]
    return [item for operation in own for item in operation]
