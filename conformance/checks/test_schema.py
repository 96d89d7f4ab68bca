"""Generated requests: documented statuses, strict JSON, valid bodies, never a 5xx, no row
unexplained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.generated import generated, is_all
from conformance.checks.investigate import model_of
from conformance.checks.judge_requests import judge_requests
from conformance.checks.lists import longest
from conformance.checks.marks import requirements
from conformance.checks.realised import realised
from conformance.contract.media import json_schema

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence

PLAIN = 10  # answers that the document describes, at least
OF_TEXTS = ("SCH-11", "SCH-12")
OF_ANY_ANSWER = (
    "SCH-01",
    "SCH-02",
    "SCH-03",
    "SCH-04",
    "SCH-05",
    "SCH-06",
    "SCH-07",
    "SCH-09",
    "SCH-13",
    *OF_TEXTS,
)


@requirements(*OF_ANY_ANSWER)
def test_generated_requests(sender: Sender, evidence: Evidence) -> None:
    """Every answer, to valid and invalid requests, is one that the document describes."""
    if json_schema(sender.operation.responses) is None:
        for requirement in OF_TEXTS:
            evidence.unjudged(requirement, "no success of it is JSON", "not_applicable")
    cases = generated(sender.context)
    kept = list(sender.kept)
    model = model_of(sender) if sender.operation.has_pages else None
    if model is None:
        exchanges = sender.send_all([*kept, *(case.request for case in cases)])
        _ask_plainly(sender, sum(exchange.ok for exchange in exchanges))
        if is_all(sender, exchanges):
            evidence.exhausted(*OF_ANY_ANSWER)
        return

    judge_requests(sender, evidence, [*kept, *realised(sender, model).requests], model)


def _ask_plainly(sender: Sender, answered: int) -> None:
    """Make plain requests in the place of generated ones that were refused in a way of which the
    document does not describe a body.
    """
    if sender.operation.describes_invalid:
        return
    for _ in range(answered, PLAIN):
        sender.send(sender.request(plain=True), again=True)


@requirements("SCH-08", "SCH-10", "RES-09")
def test_rows(sender: Sender, evidence: Evidence) -> None:
    """Rows make sense by themselves; the laws of any answer judge each row that was seen."""
    if sender.operation.pagination:
        longest(sender)
    else:
        sender.send(sender.request(plain=True))
