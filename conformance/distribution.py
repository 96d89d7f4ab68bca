"""Checks under pytest-xdist: those of one operation and region share answers, so they share a process."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling


class ByOperation(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out the checks of an operation and region together."""

    def _split_scope(self, nodeid: str) -> str:
        # The id of a check ends in `[operation-region]`; of parity in `[operation]`.
        return nodeid.rpartition("[")[2]
