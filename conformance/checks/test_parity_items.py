"""Region parity of what lies below a list: each region is asked for rows of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.below import reads_below, request_of
from conformance.checks.marks import requirements
from conformance.laws import parity as laws
from conformance.laws import parity_rows
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange

ROWS = 8  # of each region; fewer may have nothing by accident


@requirements("PAR-01", "PAR-02")
def test_served_alike(sender: Sender, evidence: Evidence) -> None:
    """What one region serves for all of its rows the other does not refuse for all of its own, and
    serves in the same shape.
    """
    if sender.operation.item is None or sender.settings.profile == "smoke":
        return
    identities = {region: _identities(sender, region) for region in sender.clients}
    if any(len(known) < ROWS for known in identities.values()):
        return
    for operation in reads_below(sender.context):
        if operation.may_be_missing:
            continue
        answers = {}
        for region, known in identities.items():
            requests = [request_of(sender.context, operation, identity) for identity in known]
            answers[region] = sender.send_all(filter(None, requests), region=region)
        if all(len(asked) == ROWS for asked in answers.values()):
            evidence.judge("PAR-01", laws.served_alike(answers), comparisons=1)
            _judge_shapes(evidence, answers)


def _judge_shapes(evidence: Evidence, answers: Mapping[str, Sequence[Exchange]]) -> None:
    """PAR-02 of what the items of each region have; nothing where one was not served."""
    if not all(exchange.ok for asked in answers.values() for exchange in asked):
        return
    items = {region: [_inner(each.json) for each in asked] for region, asked in answers.items()}
    first = {region: asked[0] for region, asked in answers.items()}
    evidence.judge("PAR-02", parity_rows.shapes(first, items), comparisons=1)


def _inner(body: Any) -> Any:
    """What an envelope of one member holds, or the body itself."""
    members = list(body.values()) if isinstance(body, dict) else []
    return members[0] if len(members) == 1 and isinstance(members[0], dict) else body


def _identities(sender: Sender, region: str) -> list[Any]:
    """The identities of the first rows that a region lists."""
    listed = sender.send(sender.request(plain=True), region=region)
    page = read_page(listed, sender.operation, 0, 0)
    return list(page.ids[:ROWS]) if page else []
