"""Lists and their items: what is listed can be fetched and agrees, what is not listed is not there."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.below import reads_below, request_of
from conformance.checks.confirm import confirm
from conformance.checks.filter_values import sampled
from conformance.checks.lists import longest, page
from conformance.checks.marks import requirements
from conformance.checks.odd_identities import HOSTILE, odd_paths
from conformance.contract import pointer
from conformance.contract.described import property_names
from conformance.contract.items import is_named_by
from conformance.contract.media import json_schema
from conformance.contract.operation import NO_CERTIFICATE
from conformance.laws import items as laws
from conformance.laws.answer import Answer
from conformance.laws.edge import is_edge_refusal
from conformance.laws.schemas import Schemas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.contract.operation import Operation
    from conformance.contract.parts_of_operation import Item
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

NOT_FOUND = frozenset({"404", "4XX"})
NO_IDENTITY = (400, 404, 422)  # statuses that say of a value that it names nothing
THERE_AND_BACK = 2  # changes of a list that a row makes which goes and comes back
REREAD = 6  # times that an item is read again whose answers differ, for whether they alternate
FETCHED, FETCHED_SMOKE = 6, 2  # rows that are fetched by their identity


@requirements("RES-01", "RES-02", "RES-03")
def test_items(sender: Sender, evidence: Evidence) -> None:
    """Some rows, the first and the last among them, are fetched; then an identity that nobody has."""
    found = _item_of(sender.context)
    if found is None:
        return
    item, operation = found
    obstacle = _obstacle(sender, item, operation)
    if obstacle:
        for requirement in ("RES-01", "RES-02", "RES-03"):
            evidence.unjudged(requirement, obstacle, "not_applicable")
        return

    known = _identities(sender)
    most = FETCHED_SMOKE if sender.settings.profile == "smoke" else FETCHED
    chosen = sampled(list(known), most, sender.context.seed)
    if _names_no_item(sender, item, chosen):
        why = (
            f"no row's {sender.operation.row.identity} names anything at {item.path}; "
            "state `identity`, or `item: none`, in an overlay"
        )
        for requirement in ("RES-01", "RES-02", "RES-03"):
            evidence.unjudged(requirement, why)
        return
    for identity in chosen:
        _judge_item(sender, evidence, identity, known[identity])
        for part in _parts_of_all(sender.context):
            present = partial(_present, sender, part, identity, known[identity])
            confirm(sender, evidence, "RES-01", present, exceeds=_remained, gone="RES-01", items=1)
    if known:
        _judge_unknown(sender, evidence, operation, list(known))


def _names_no_item(sender: Sender, item: Item, identities: Sequence[Any]) -> bool:
    """Whether none of the identities is known there, and nothing but the paths says that they stand
    there: then it may be another property that does.
    """
    if is_named_by(item, sender.operation.row.identity or ""):
        return False
    answers = sender.send_all([_of(sender, identity) for identity in identities])
    return bool(answers) and all(answer.status in NO_IDENTITY for answer in answers)


def _item_of(context: Context) -> tuple[Item, Operation] | None:
    """The item of the list, and the operation that fetches it."""
    item = context.operation.item
    if item is None:
        return None
    for operation in context.contract.operations:
        if (operation.method, operation.path) == ("GET", item.path):
            return item, operation
    return None


def _obstacle(sender: Sender, item: Item, operation: Operation) -> str | None:
    """Why no item can be asked for, although its identity is known; none where one can."""
    if operation.unsupported:
        return f"{item.path} needs the security scheme {', '.join(operation.unsupported)}"
    if operation.lacks_certificate:
        return f"{item.path}: {NO_CERTIFICATE}"
    given = {f"{{{name}}}" for name in (item.name, *sender.operation.inputs.path)}
    missing = [name for name in operation.inputs.missing if name not in given]
    if missing:
        return f"the document gives no value for {', '.join(missing)} of {item.path}"
    return None


def _identities(sender: Sender) -> dict[Any, Page]:
    """The identities of the rows that were read, each with its page."""
    place = sender.operation.row.identity or ""
    known: dict[Any, Page] = {}
    for read in longest(sender).pages:
        for row in read.rows:
            value = pointer.get(row, place)
            if type(value) in (int, str) and value != "":
                known.setdefault(value, read)
    return known


def _judge_item(sender: Sender, evidence: Evidence, identity: Any, read: Page) -> None:
    fetched = partial(_fetched, sender, identity, read)
    if not confirm(sender, evidence, "RES-01", fetched, exceeds=_remained, gone="RES-01", items=1):
        confirm(sender, evidence, "RES-02", partial(_agrees, sender, identity, read), items=1)


def _remained(changes: int) -> bool:
    """A row that the list shows before and after is there in between, unless it went and came back."""
    return changes < THERE_AND_BACK


def _present(
    sender: Sender, part: Operation, identity: Any, read: Page, again: bool
) -> list[Finding]:
    """What every item has, of one that is listed."""
    request = request_of(sender.context, part, identity)
    if request is None or (again and _row(sender, identity, read, again=True) is None):
        return []
    return laws.present(sender.send(request, again=again), identity)


def _fetched(sender: Sender, identity: Any, read: Page, again: bool) -> list[Finding]:
    place = sender.operation.row.identity or ""
    if again and _row(sender, identity, read, again=True) is None:
        return []  # no longer listed where it was
    return laws.fetched(sender.send(_of(sender, identity), again=again), place, identity)


def _agrees(sender: Sender, identity: Any, read: Page, again: bool) -> list[Finding]:
    """The row beside its item, which is asked for twice; what differs between its own answers says
    nothing, unless it goes back and forth.
    """
    row = _row(sender, identity, read, again=again)
    request = _of(sender, identity)
    answers = [sender.send(request, again=again), sender.send(request, again=True)]
    if again or _loose(sender, identity, answers) & (row or {}).keys():
        answers += [sender.send(request, again=True) for _ in range(REREAD)]

    items = _items(sender, identity, answers)
    if row is None or len(items) < len(answers):
        return []
    loose = laws.unsteady(items)
    return laws.agrees(row, items[-1], (answers[-1], *read.shown), loose) or laws.alternating(
        row, items, (*answers, *read.shown)
    )


def _loose(sender: Sender, identity: Any, answers: Sequence[Exchange]) -> set[str]:
    """The properties that answers of one item have differently."""
    return laws.unsteady(_items(sender, identity, answers))


def _items(sender: Sender, identity: Any, answers: Sequence[Exchange]) -> list[dict[str, Any]]:
    """The items of those answers that have one."""
    place = sender.operation.row.identity or ""
    read = (laws.item_of(answer.json, place, identity) for answer in answers)
    return [item for item in read if item is not None]


def _of(sender: Sender, identity: Any) -> Request:
    found = _item_of(sender.context)
    assert found is not None
    request = request_of(sender.context, found[1], identity)
    assert request is not None
    return request


def _row(sender: Sender, identity: Any, read: Page, *, again: bool) -> Any:
    """The row as its page has it; asked for again where that page can be."""
    place = sender.operation.row.identity or ""
    trait = sender.operation.pagination
    is_reachable = trait is not None and (trait.addressable or read.offset == 0)
    if again and is_reachable:
        read = page(sender, read.limit, read.offset, again=True) or read
    elif again:
        read = next(
            (one for one in longest(sender, again=True).pages if _has(one, place, identity)), read
        )
    rows = [row for row in read.rows if pointer.get(row, place) == identity]
    return rows[0] if rows and isinstance(rows[0], dict) else None


def _has(read: Page, place: str, identity: Any) -> bool:
    return any(pointer.get(row, place) == identity for row in read.rows)


def _judge_unknown(
    sender: Sender, evidence: Evidence, operation: Operation, known: list[Any]
) -> None:
    identity = laws.unknown_identity(known)
    if not (NOT_FOUND | {"default"}) & operation.responses.keys():
        schemas = Schemas(sender.context.contract, operation)
        found = laws.misdescribed(Answer(sender.send(_of(sender, identity)), schemas), identity)
        evidence.judge("RES-03", found)
        if not found:
            what = f"{operation.method} {operation.path} documents no 404"
            evidence.unjudged("RES-03", what, "not_applicable")
        return
    for other in (identity, *sender.few(laws.nearly_known(known), 0)):
        exchange = sender.send(replace(_of(sender, other), edge=other is not identity))
        if not is_edge_refusal(exchange, sender.operation.errors):
            found = laws.not_there(exchange, other, _empty(sender, operation))
            evidence.judge("RES-03", found, values=1)
    for part in _parts(sender.context):
        request = request_of(sender.context, part, identity)
        if request is not None:
            found = laws.not_there(sender.send(request), identity, _empty(sender, part))
            evidence.judge("RES-03", found, values=1)


def _empty(sender: Sender, operation: Operation) -> laws.Empty | None:
    """What may stand for a 404 that the document does not name; none where it names one."""
    if NOT_FOUND & operation.responses.keys():
        return None
    members = property_names(json_schema(operation.responses), sender.context.contract.resolve)
    return laws.Empty(sender.operation.row.identity or "", frozenset(members))


def _parts(context: Context) -> list[Operation]:
    """The operations that read something of an item, and document that there may be none."""
    return [
        operation
        for operation in _below_item(context)
        if (NOT_FOUND | {"default"}) & operation.responses.keys()
    ]


def _parts_of_all(context: Context) -> list[Operation]:
    """The operations that read what every item has, as far as that is stated."""
    return [operation for operation in _below_item(context) if operation.is_always_there]


def _below_item(context: Context) -> list[Operation]:
    item = context.operation.item
    return [one for one in reads_below(context) if item and one.path != item.path]


@requirements("SCH-06", "SCH-01", "ROB-03", "AUT-09")
def test_odd_identities(sender: Sender) -> None:
    """An identity that is none never makes the server fail; the always-on laws judge each answer."""
    paths = odd_paths(sender.operation)
    hostile = odd_paths(sender.operation, HOSTILE)
    sender.send_all(
        sender.request(path=path, edge=path in hostile)
        for path in sender.few([*paths, *hostile], 2)
    )
