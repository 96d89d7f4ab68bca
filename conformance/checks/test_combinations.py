"""Windows, filters and clients combined: each answer is one that the list as it was read allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.experiments.combine import sizes_with_room
from conformance.checks.experiments.planned import asks_under_filters, window_asks
from conformance.checks.investigate import model_of
from conformance.checks.judge_asks import judge_asks
from conformance.checks.lists import longest
from conformance.checks.marks import requirements

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence


@requirements("ROB-09")
def test_clients(sender: Sender, evidence: Evidence) -> None:
    """What a client sends besides the request does not change the answer."""
    largest = longest(sender)
    model = model_of(sender)
    if model is None:
        return

    asks = [ask for ask in window_asks(sender, largest) if ask.client]
    held = judge_asks(sender, evidence, asks, model)
    evidence.judge("ROB-09", [], answers=len(held))


@requirements("PAG-07", "PAG-02", "PAG-03", "PAG-04", "PAG-10", "FIL-01", "FIL-03", "ROB-09")
def test_pairs(sender: Sender, evidence: Evidence) -> None:
    """Every two classes of window, filter, order of parameters and client meet in some request."""
    model = model_of(sender)
    if model is None or sender.settings.profile == "smoke":
        return

    held = judge_asks(sender, evidence, asks_under_filters(sender, model), model)
    evidence.judge("PAG-07", [], windows=len(held))
    filled = len(sizes_with_room([ask for ask in held if ask.filters], sender.operation, model))
    evidence.judge("PAG-10", [], filled=filled, limits=filled)
