"""Authentication holds at every door: spellings of the path, protocols, headers, every value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.experiments import doors
from conformance.checks.experiments.combine import bands
from conformance.checks.filter_values import sampled, values
from conformance.checks.investigate import model_of
from conformance.checks.marks import requirements
from conformance.checks.presenting import plain_request
from conformance.laws.authentication import refused
from conformance.laws.doors import closed
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.experiments.doors import Door
    from conformance.client import Exchange, Request

VALUES = 8  # of a filter, each asked for without a key


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
    exchanges = sender.send_all(_through(sender.context, door) for door in asked)
    for door, exchange in zip(asked, exchanges, strict=True):
        found = closed(
            exchange, door.name, serves=_serves(sender, exchange), documented=door.documented
        )
        evidence.judge("AUT-12", found, refusals=1)


@requirements("AUT-12")
def test_windows_without_a_key(sender: Sender, evidence: Evidence) -> None:
    """Every offset band and filter value is refused without a key, also right after it
    was served.
    """
    paging = sender.operation.pagination
    if paging is None or sender.settings.profile == "smoke":
        return
    model = model_of(sender)
    if model is None:
        return

    starts = [paging.aligned(None, band[len(band) // 2]) for band in bands(model.total)]
    queries = [paging.window(None, start) for start in dict.fromkeys(starts)]
    for name, place in sender.operation.filters.items():
        known = sampled(values(sender, place), VALUES, sender.context.seed)
        queries += [((name, str(value)),) for value in known]

    for query in queries:
        served = sender.context.request(*query, plain=True)
        sender.send(served)
        exchange = sender.send(sender.anonymous(*query))
        what = f"?{exchange.request.target.partition('?')[2]} without a key, just served with one"
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
