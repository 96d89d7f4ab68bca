"""Checks under pytest-xdist: those of one operation share answers, so they share a process.

Extends the scope scheduler of pytest-xdist where it has no public way in; `pyproject.toml` holds
the version to those it was tried with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xdist.scheduler import LoadScopeScheduling

from conformance.runner.shares import scope, worker_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest


class ByOperation(LoadScopeScheduling):  # type: ignore[misc]  # pytest-xdist has no types
    """Hands out all checks of an operation together, first those of a worker's own share."""

    def __init__(self, config: pytest.Config, log: Any, regions: Iterable[str]) -> None:
        super().__init__(config, log)
        self._regions = tuple(regions)
        self._places: dict[str, int] = {}

    def _split_scope(self, nodeid: str) -> str:
        operation = scope(nodeid, self._regions)
        self._places.setdefault(operation, len(self._places))
        return operation

    def _next(self, node: Any) -> str | None:
        """The operation to hand to a worker: of its own share, or one that its owner will not reach
        soon.
        """
        waiting = self._waiting_by_share()
        own = self._share_of(node)
        if own in waiting:
            return waiting[own][0]

        busy = {self._share_of(other) for other in self.nodes if other is not node}
        for share, operations in waiting.items():
            # A worker runs ahead into the first of its share, so that one is not taken from it.
            if share not in busy or len(operations) > 1:
                return operations[-1]
        return None

    def _waiting_by_share(self) -> dict[int, list[str]]:
        shares: dict[int, list[str]] = {}
        for operation in self.workqueue:
            shares.setdefault(self._places[operation] % self.numnodes, []).append(operation)
        return shares

    def _share_of(self, node: Any) -> int:
        number: int = worker_number(node.workerinput["workerid"]) % self.numnodes
        return number

    def _reschedule(self, node: Any) -> None:
        if self.workqueue and self._next(node) is None and not node.shutting_down:
            node.shutdown()
        else:
            super()._reschedule(node)

    def _assign_work_unit(self, node: Any) -> None:
        operation = self._next(node) or next(iter(self.workqueue))
        self.workqueue.move_to_end(operation, last=False)
        super()._assign_work_unit(node)
