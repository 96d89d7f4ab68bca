"""Generated requests: documented statuses, strict JSON, valid bodies, never a 5xx, no row
unexplained.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from conformance.checks.confirm import confirm
from conformance.checks.generated import generated, is_all
from conformance.checks.investigate import exceeds, judged, model_of
from conformance.checks.lists import longest
from conformance.checks.marks import requirements
from conformance.checks.realised import realised
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.laws.oracle.model import ListModel

OF_ANY_ANSWER = (
    "SCH-01",
    "SCH-02",
    "SCH-03",
    "SCH-04",
    "SCH-05",
    "SCH-06",
    "SCH-07",
    "SCH-09",
)
INVESTIGATED = 4  # deviations of one check that are asked again: one fault shows in many answers


@requirements(*OF_ANY_ANSWER)
def test_generated_requests(sender: Sender, evidence: Evidence) -> None:
    """Every answer, to valid and invalid requests, is one that the document describes."""
    cases = generated(sender.context)
    kept = list(sender.kept)
    model = model_of(sender) if sender.operation.pagination else None
    if model is None:
        exchanges = sender.send_all([*kept, *(case.request for case in cases)])
        if is_all(sender, exchanges):
            evidence.exhausted(*OF_ANY_ANSWER)
        return

    deviating = [
        (exchange, found[0].requirement)
        for exchange in sender.send_all([*kept, *realised(sender, model).requests])
        if (found := judged(sender, exchange, model))
    ]

    first_of_each = {requirement: exchange for exchange, requirement in reversed(deviating)}
    for requirement, exchange in list(first_of_each.items())[:INVESTIGATED]:
        confirm(
            sender,
            evidence,
            requirement,
            partial(_asked, sender, exchange.request, model),
            exceeds=partial(exceeds, sender, exchange, model),
        )


def _asked(sender: Sender, request: Request, known: ListModel, again: bool) -> list[Finding]:
    """How the answer to a request deviates from the list as it reads at the time."""
    model = model_of(sender, again=True) if again else known
    if model is None:
        return []

    exchange: Exchange = sender.send(request, again=again)
    return [
        Finding(deviation.expected, deviation.actual, (exchange,))
        for deviation in judged(sender, exchange, model)[:1]
    ]


@requirements("SCH-08", "SCH-10")
def test_rows(sender: Sender, evidence: Evidence) -> None:
    """Rows make sense by themselves; the laws of any answer judge each row that was seen."""
    longest(sender)
