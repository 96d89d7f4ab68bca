"""Region parity of what lies below a list: each region is asked for rows of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.marks import requirements
from conformance.checks.presenting import carrying, plain_request
from conformance.contract.security import NOTHING
from conformance.contract.values import filled_path, path_names
from conformance.laws import parity as laws
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Request
    from conformance.contract.operation import Operation

ROWS = 5  # of each region; fewer may have nothing by accident


@requirements("PAR-01")
def test_served_alike(sender: Sender, evidence: Evidence) -> None:
    """What one region serves for all of its rows the other does not refuse for all of its own."""
    if sender.operation.item is None or sender.settings.profile == "smoke":
        return
    identities = {region: _identities(sender, region) for region in sender.clients}
    if any(len(known) < ROWS for known in identities.values()):
        return
    for operation in _below(sender.operation, sender.contract.operations):
        answers = {
            region: sender.send_all(_requests(sender, operation, known), region=region)
            for region, known in identities.items()
        }
        if all(len(asked) == ROWS for asked in answers.values()):
            evidence.judge("PAR-01", laws.served_alike(answers), comparisons=1)


def _below(listing: Operation, operations: Sequence[Operation]) -> list[Operation]:
    """The operations that read an item of a list, or something that each item has."""
    assert listing.item is not None
    root = listing.item.path
    return [
        operation
        for operation in operations
        if operation.method == "GET"
        and (operation.path == root or operation.path.startswith(f"{root}/"))
        and path_names(operation.path) == path_names(root)
        and not (operation.unsupported or operation.may_be_missing)
    ]


def _identities(sender: Sender, region: str) -> list[Any]:
    """The identities of the first rows that a region lists."""
    listed = sender.send(sender.request(plain=True), region=region)
    page = read_page(listed, sender.operation, 0, 0)
    return list(page.ids[:ROWS]) if page else []


def _requests(sender: Sender, operation: Operation, identities: Sequence[Any]) -> list[Request]:
    """The requests of an operation for rows, as far as its path needs nothing else."""
    item = sender.operation.item
    assert item is not None
    requests = []
    for identity in identities:
        values = {**operation.inputs.path, item.name: str(identity)}
        path = filled_path(operation.path, values)
        if path is not None:
            requests.append(_plain(operation, path))
    return requests


def _plain(operation: Operation, path: str) -> Request:
    presentation = operation.security.presentation if operation.security else NOTHING
    return carrying(plain_request(operation, path=path), presentation)
