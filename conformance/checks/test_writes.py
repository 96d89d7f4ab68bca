"""What is created is there, what is replaced or deleted stays so; asked only where writes are allowed.

Each experiment creates something of its own. What is left of it is deleted at the end of the run.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conformance.checks.lists import longest, page
from conformance.checks.marks import requirements
from conformance.laws import writes as laws
from conformance.laws.created import identity_of, location_of
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.contract.operation import Operation
    from conformance.contract.parts_of_operation import Creation
    from conformance.laws.pages import Page

ROUNDS = 3  # experiments of which one that comes out right shows that the others met other writers
PAUSES = (0.2, 0.4, 0.8)  # seconds after which readings are repeated: they may be a moment behind
CREATED = 201
UNDONE = "the request that creates is not accepted: status {status}"
UNNAMED = "the answer that creates has no identity at {place}, and none in a Location"


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

    def at(self, location: str) -> Exchange:
        """What is where an answer said that it would be."""
        item, parts = self.of(self.creation.item), urlsplit(location)
        request = item.request(path=parts.path, raw_query=parts.query or None)
        return item.send(request, again=True)


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
    identity = identity_of(exchange, creation)
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
        findings = _settled(made, _there) or _settled(made, _located) or _settled(made, _listed)
        evidence.judge("RES-04", findings, created=1)


def _settled(made: Made, look: Callable[[Made], list[Finding]]) -> list[Finding]:
    """What is wrong still after what is read had time to follow what is written."""
    findings = look(made)
    for seconds in PAUSES:
        if not findings:
            break
        made.sender.pause(seconds)
        findings = look(made)
    return findings


def _there(made: Made) -> list[Finding]:
    return laws.there(made.fetched(), made.identity)


def _located(made: Made) -> list[Finding]:
    location = location_of(made.answer)
    # That of a 202 may be the place of a report on how it goes (RFC 9110 15.3.3).
    if location is None or made.answer.status != CREATED:
        return []
    return laws.located(made.answer, made.at(location))


def _listed(made: Made) -> list[Finding]:
    walked = longest(_listing(made.sender), again=True)
    ids = [identity for read in walked.pages for identity in read.ids]
    shown = (made.answer, *(each for read in walked.pages[-1:] for each in read.shown))
    return laws.listed(made.identity, ids, walked.whole, shown)


@requirements("RES-05")
def test_counted(sender: Sender, evidence: Evidence) -> None:
    """What is created raises the total by one."""
    findings: list[Finding] = []
    with sender.alone():
        for _ in range(ROUNDS):
            before, made = _total(sender), _make(sender)
            if isinstance(made, str) or before is None:
                why = made if isinstance(made, str) else "the list has no total"
                evidence.unjudged("RES-05", why)
                return
            findings = _settled(made, partial(_raised, before))
            if not findings:
                break
        evidence.judge("RES-05", findings, created=1)


def _raised(before: tuple[int, Page], made: Made) -> list[Finding]:
    after = _total(made.sender)
    if after is None:
        return [Finding("a total, as before", "none", (*before[1].shown, made.answer))]
    shown = (*before[1].shown, made.answer, *after[1].shown)
    return laws.raised(before[0], after[0], shown)


@requirements("RES-06")
def test_deleted(sender: Sender, evidence: Evidence) -> None:
    """What is deleted is not found, and not listed."""
    with sender.alone():
        made = _make(sender)
        if isinstance(made, str):
            evidence.unjudged("RES-06", made)
            return
        _settled(made, _there)  # what is not there yet cannot be deleted
        delete = made.of(made.creation.deleted_by)
        exchange = delete.send(delete.request(), again=True)
        if not exchange.ok:
            evidence.unjudged("RES-06", f"the DELETE is not accepted: status {exchange.status}")
            return
        found = _settled(made, _gone) or _settled(made, partial(_unlisted, exchange))
        evidence.judge("RES-06", found, deleted=1)


def _gone(made: Made) -> list[Finding]:
    return laws.gone(made.fetched(), made.identity)


def _unlisted(deleted: Exchange, made: Made) -> list[Finding]:
    walked = longest(_listing(made.sender), again=True)
    with_it = [read for read in walked.pages if str(made.identity) in map(str, read.ids)]
    shown = (deleted, *(each for read in with_it[:1] for each in read.shown))
    ids = [identity for read in with_it for identity in read.ids]
    return laws.unlisted(made.identity, ids, shown)


@requirements("RES-07")
def test_replaced(sender: Sender, evidence: Evidence) -> None:
    """A PUT that is sent twice leaves what it left the first time."""
    with sender.alone():
        made = _make(sender)
        if isinstance(made, str):
            evidence.unjudged("RES-07", made)
            return
        _settled(made, _there)
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
            key, start = str(uuid.uuid4()), _total(sender)
            made = _make(sender, key)
            if isinstance(made, str):
                evidence.unjudged("RES-08", made)
                return
            if start is not None:  # what a total is behind must not count as created again
                _settled(made, partial(_raised, start))
            before = _total(sender)
            second = sender.send(_request(sender, key), again=True)
            after = _total(sender)
            totals = (before[0], after[0]) if before and after else None
            findings = laws.created_once(made.identity, second, made.creation, totals)
            if not findings:
                break
        evidence.judge("RES-08", findings, created=1)
