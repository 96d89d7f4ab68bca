"""What is created is there, what is replaced or deleted stays so; asked only where writes are allowed.

Each experiment creates something of its own. What is left of it is deleted at the end of the run.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from conformance.checks.lists import longest, page
from conformance.checks.marks import requirements
from conformance.laws import writes as laws

if TYPE_CHECKING:
    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.contract.operation import Creation, Operation
    from conformance.laws.finding import Finding
    from conformance.laws.pages import Page

ROUNDS = 3  # experiments of which one that comes out right shows that the others met other writers
UNDONE = "the request that creates is not accepted: status {status}"
UNNAMED = "the answer that creates has no identity at {place}"


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was created: its identity, the answer that says so, and how it is asked for."""

    identity: Any
    answer: Exchange
    creation: Creation
    sender: Sender

    def of(self, operation: str | None) -> Sender:
        """A sender of an operation on it."""
        values = {self.creation.name: str(self.identity)}
        return self.sender.about(_named(self.sender, operation), values)

    def fetched(self) -> Exchange:
        """The item as it is now."""
        item = self.of(self.creation.item)
        return item.send(item.request(), again=True)


def _named(sender: Sender, name: str | None) -> Operation:
    return next(one for one in sender.contract.operations if one.id == name)


def _creation(sender: Sender) -> Creation:
    assert sender.operation.creation is not None
    return sender.operation.creation


def _listing(sender: Sender) -> Sender:
    return sender.about(_named(sender, _creation(sender).listing), {})


def _make(sender: Sender, key: str | None = None) -> Made | str:
    """Create something, or say why that cannot be."""
    creation = _creation(sender)
    exchange = sender.send(_request(sender, key), again=True)
    if not exchange.ok:
        return UNDONE.format(status=exchange.status)
    identity = laws.identity_of(exchange, creation.identity)
    if identity is None:
        return UNNAMED.format(place=creation.identity)
    return Made(identity, exchange, creation, sender)


def _request(sender: Sender, key: str | None) -> Request:
    """The request that creates; with a key of its own, or that is given, where there are any."""
    name = _creation(sender).key
    request = sender.request(plain=True)
    if name is None:
        return request
    others = tuple(pair for pair in request.headers if pair[0].lower() != name.lower())
    return replace(request, headers=(*others, (name, key or str(uuid.uuid4()))))


def _total(sender: Sender) -> tuple[int, Page] | None:
    """The total of the list as it is now."""
    read = page(_listing(sender), 1, 0, again=True)
    return None if read is None or read.total is None else (read.total, read)


@requirements("RES-04")
def test_created(sender: Sender, evidence: Evidence) -> None:
    """What is created can be fetched, and is in its list."""
    with sender.alone():
        made = _make(sender)
        if isinstance(made, str):
            evidence.unjudged("RES-04", made)
            return
        findings = laws.there(made.fetched(), made.identity)
        evidence.judge("RES-04", findings or _listed(made), created=1)


def _listed(made: Made) -> list[Finding]:
    """A list may be some moments behind: it is read again before it is held against it."""
    findings: list[Finding] = []
    for _ in range(ROUNDS):
        walked = longest(_listing(made.sender), again=True)
        ids = [identity for read in walked.pages for identity in read.ids]
        shown = (made.answer, *(each for read in walked.pages[-1:] for each in read.shown))
        findings = laws.listed(made.identity, ids, walked.whole, shown)
        if not findings:
            break
    return findings


@requirements("RES-05")
def test_counted(sender: Sender, evidence: Evidence) -> None:
    """What is created raises the total by one."""
    findings: list[Finding] = []
    with sender.alone():
        for _ in range(ROUNDS):
            before, made, after = _total(sender), _make(sender), _total(sender)
            if isinstance(made, str) or before is None or after is None:
                why = made if isinstance(made, str) else "the list has no total"
                evidence.unjudged("RES-05", why)
                return
            shown = (*before[1].shown, made.answer, *after[1].shown)
            findings = laws.raised(before[0], after[0], shown)
            if not findings:
                break
        evidence.judge("RES-05", findings, created=1)


@requirements("RES-06")
def test_deleted(sender: Sender, evidence: Evidence) -> None:
    """What is deleted is not found, and not listed."""
    with sender.alone():
        made = _make(sender)
        if isinstance(made, str):
            evidence.unjudged("RES-06", made)
            return
        delete = made.of(made.creation.deleted_by)
        exchange = delete.send(delete.request(), again=True)
        if not exchange.ok:
            evidence.unjudged("RES-06", f"the DELETE is not accepted: status {exchange.status}")
            return
        found = laws.gone(made.fetched(), made.identity) or _unlisted(made, exchange)
        evidence.judge("RES-06", found, deleted=1)


def _unlisted(made: Made, deleted: Exchange) -> list[Finding]:
    findings: list[Finding] = []
    for _ in range(ROUNDS):
        walked = longest(_listing(made.sender), again=True)
        with_it = [read for read in walked.pages if str(made.identity) in map(str, read.ids)]
        shown = (deleted, *(each for read in with_it[:1] for each in read.shown))
        ids = [identity for read in with_it for identity in read.ids]
        findings = laws.unlisted(made.identity, ids, shown)
        if not findings:
            break
    return findings


@requirements("RES-07")
def test_replaced(sender: Sender, evidence: Evidence) -> None:
    """A PUT that is sent twice leaves what it left the first time."""
    with sender.alone():
        made = _make(sender)
        if isinstance(made, str):
            evidence.unjudged("RES-07", made)
            return
        put = made.of(made.creation.replaced_by)
        first = put.send(put.request(), again=True)
        if not first.ok:
            evidence.unjudged("RES-07", f"the PUT is not accepted: status {first.status}")
            return
        after_first = made.fetched()
        second = put.send(put.request(), again=True)
        states = (after_first, made.fetched(), made.fetched())
        findings = laws.replaced_once((first, second), states, _written(sender))
        evidence.judge("RES-07", findings, replaced=1)


def _written(sender: Sender) -> set[str]:
    """The property that says when a row was changed last: each write may change it."""
    place = _named(sender, _creation(sender).listing).row.updated
    return {place.split("/")[1]} if place else set()


@requirements("RES-08")
def test_created_once(sender: Sender, evidence: Evidence) -> None:
    """A request that repeats an idempotency key creates nothing further."""
    findings: list[Finding] = []
    with sender.alone():
        for _ in range(ROUNDS):
            key = str(uuid.uuid4())
            made = _make(sender, key)
            if isinstance(made, str):
                evidence.unjudged("RES-08", made)
                return
            before = _total(sender)
            second = sender.send(_request(sender, key), again=True)
            after = _total(sender)
            totals = (before[0], after[0]) if before and after else None
            place = made.creation.identity
            findings = laws.created_once(made.identity, second, place, totals)
            if not findings:
                break
        evidence.judge("RES-08", findings, created=1)
