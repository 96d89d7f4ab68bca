"""Checks as the runner makes them, without servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.check_settings import CheckSettings
from conformance.checks.context import Context, Sender
from conformance.checks.evidence import Evidence
from conformance.contract import load_contract
from conformance.runner.check_run import CheckRun

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client import Exchange


SETTINGS = CheckSettings("standard", "sample", 24, 0, 5.0, False, False, False)


class Unrecorded:
    """Records nothing."""

    def record(self, exchange: Exchange) -> None:
        """Do nothing."""

    def count(self, exchange: Exchange) -> None:
        """Do nothing."""


def make_context(region: str | None = "mars", operation: bool = True) -> Context:
    """A context of the bundled document's first operation."""
    contract = load_contract()
    return Context(contract, contract.operations[0] if operation else None, region, 1, SETTINGS)


def make_check(
    function: Callable[..., None] = lambda: None,
    *,
    requirements: tuple[str, ...] = (),
    region: str | None = "mars",
    name: str = "checks/test_x.py::test_x[list-batch-calls-mars:PAG-02]",
) -> CheckRun:
    """A check whose sender has no clients."""
    context = make_context(region)
    evidence = Evidence(context, frozenset(context.contract.requirements))
    sender = Sender(context, {}, evidence.observe, evidence.observe_streamed, Unrecorded())
    return CheckRun(name, function, requirements, context, sender, evidence)
