"""Authentication holds at every door: spellings of the path, protocols, headers, every value."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from conformance.checks.every_query import every_query
from conformance.checks.experiments import doors
from conformance.checks.investigate import model_of
from conformance.checks.marks import requirements
from conformance.checks.presenting import plain_request
from conformance.laws.authentication import refused
from conformance.laws.doors import closed
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.experiments.doors import Door
    from conformance.client import Exchange, Request

FRESH = 5.0  # seconds for which a cache keeps an answer that it should not
UNAUTHENTICATED = 401


@requirements("AUT-12")
def test_doors(sender: Sender, evidence: Evidence) -> None:
    """No door serves without a key what the plain door refuses."""
    path = sender.context.path
    asked = [
        *sender.few(doors.trusted_headers(path, _origin(sender)), 1),
        *sender.few(doors.spellings(path), 1),
        *sender.few(doors.protocols(path), 1),
        *sender.few(doors.parameters(path), 0),
    ]
    unclear = _try(sender, evidence, doors.together(asked))
    singles = [(door,) for group in unclear for door in group]
    _try(sender, evidence, singles)


def _try(
    sender: Sender, evidence: Evidence, groups: Sequence[tuple[Door, ...]]
) -> list[tuple[Door, ...]]:
    """Doors that are tried together; the groups whose answer says nothing of each of them."""
    tried = [doors.joined(group) for group in groups]
    exchanges = sender.send_all(_through(sender.context, door) for door in tried)

    unclear = []
    for group, door, exchange in zip(groups, tried, exchanges, strict=True):
        if len(group) > 1 and exchange.status != UNAUTHENTICATED:
            unclear.append(group)
            continue
        found = closed(
            exchange, door.name, serves=_serves(sender, exchange), documented=door.documented
        )
        evidence.judge("AUT-12", found, refusals=len(group))
    return unclear


@requirements("AUT-12")
def test_windows_without_a_key(sender: Sender, evidence: Evidence) -> None:
    """Every offset band and filter value is refused without a key, also right after it
    was served.
    """
    if sender.operation.pagination is None or sender.settings.profile == "smoke":
        return
    model = model_of(sender)
    if model is None:
        return

    # A key that is wrong is tried at every query as well; no key at every sixth one.
    for query in every_query(sender, model)[::6]:
        served = sender.send(query.served)
        if time.perf_counter() - served.began > FRESH:
            sender.send(served.request, again=True)
        exchange = sender.send(query.anonymous)
        what = f"?{exchange.request.query_string} without a key, just served with one"
        evidence.judge("AUT-12", refused(exchange, what, sender.operation.refusals), refusals=1)


def _origin(sender: Sender) -> str:
    """Where the document says that the API is; the region's own address where it says nothing."""
    return next(iter(sender.contract.regions.values()), sender.client.base)


def _through(context: Context, door: Door) -> Request:
    """The request without a credential; `?` stands for a query that the operation documents."""
    paging = context.operation.pagination
    query = door.query
    if query == "?":
        window = paging.window(5, paging.aligned(5, 1)) if paging else ()
        query = "&".join(f"{name}={value}" for name, value in window)
    return plain_request(
        context.operation,
        method=door.method,
        path=door.path,
        headers=door.headers,
        raw_query=query,
        version=door.version,
        absolute=door.absolute,
        edge=not door.documented,
        **({} if door.body is None else {"body": door.body}),
    )


def _serves(sender: Sender, exchange: Exchange) -> bool:
    """Whether an answer holds what the operation serves."""
    if sender.operation.pagination:
        return read_page(exchange, sender.operation, 0, 0) is not None
    if not sender.operation.answers_json:
        return exchange.ok and bool(exchange.response and exchange.response.body)
    return exchange.ok and exchange.json is not None
