"""Checks under pytest-xdist: those of one operation share answers, so they share a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xdist.scheduler import LoadScopeScheduling

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest


# pytest-xdist has no types.
class ByOperation(LoadScopeScheduling):  # type: ignore[misc]
    """Hands out all checks of an operation together."""

    def __init__(self, config: pytest.Config, log: Any, regions: Iterable[str]) -> None:
        super().__init__(config, log)
        self._regions = tuple(regions)

    def _split_scope(self, nodeid: str) -> str:
        return scope(nodeid, self._regions)


def scope(nodeid: str, regions: Iterable[str]) -> str:
    """The operation of a check: its id ends in `[operation-region]`, of parity in `[operation]`."""
    name = nodeid.rpartition("[")[2].rstrip("]")
    return next((name.removesuffix(f"-{one}") for one in regions if name.endswith(f"-{one}")), name)
