"""Versions of one list: answers that no movement between two readings that agree explains (PAG-08).

Rows may come and go between the readings. Those that were there before and after were there all the
time, for a row that is gone does not return: so an answer holds them in their order, and counts what
came beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from conformance.laws.filter_texts import value_of
from conformance.laws.finding import Finding
from conformance.laws.oracle.alone import is_filtered
from conformance.laws.oracle.asked import query_of, read_request
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation
    from conformance.laws.oracle.model import ListModel
    from conformance.laws.pages import Page

CACHE_HEADERS = ("X-Cache", "CF-Cache-Status", "Age")
NOT_KEPT = ("0", "miss", "dynamic", "bypass")
EXPECTED = "one version of a list that does not move"
SHOWN = 5  # exchanges that the first finding has


@dataclass(frozen=True, slots=True)
class Strange:
    """An answer that cannot be of the list, and why."""

    exchange: Exchange
    why: str


def impossible(
    answers: Iterable[Exchange], operation: Operation, model: ListModel, *, filtered: bool = False
) -> list[Strange]:
    """The answers to windows that cannot be of a list that read so before and after.

    `filtered`: those of filtered lists too, of which each row's values were the same as well.
    """
    found = []
    for exchange in answers:
        page = read_page(exchange, operation, 0, 0) if exchange.ok else None
        if page is None:
            continue
        if is_filtered(exchange, operation):
            lists = _filtered(exchange, operation, model) if filtered else []
            why = _has_strangers(page, model, min((one.total for one in lists), default=None))
        else:
            why = _why_impossible(page, model)
        if why:
            found.append(Strange(exchange, why))
    return found


def _filtered(exchange: Exchange, operation: Operation, model: ListModel) -> list[ListModel]:
    """The lists that the filters of a request may leave; none where that is the server's own."""
    asked = read_request(query_of(exchange.request.query_string), operation, model)
    return asked.lists(model) if asked is not None else []


def _why_impossible(page: Page, model: ListModel) -> str | None:
    if page.total is None:
        return None
    if page.total < model.total:
        return f"total {page.total}"
    strange = _has_strangers(page, model, model.total)
    return strange or (None if _in_order(page.ids, model) else "rows in another order")


def _has_strangers(page: Page, model: ListModel, total: int | None) -> str | None:
    """More rows that the list does not have than came to it, by what the page counts."""
    if page.total is None or total is None:
        return None
    strangers = [name for name in page.ids if name not in model.places]
    came = page.total - total
    return f"row {strangers[0]} at total {page.total}" if len(strangers) > max(came, 0) else None


def same_values(first: ListModel, last: ListModel, operation: Operation) -> bool:
    """Whether each row has the same values at the places of the filters in two readings."""
    places = operation.filters.values()
    return all(
        value_of(row, place) == value_of(last.rows.get(name), place)
        for name, row in first.rows.items()
        for place in places
    )


def _in_order(ids: Sequence[Any], model: ListModel) -> bool:
    """Whether the rows that were there all the time stand as they did, none of them left out."""
    places = [model.places[name] for name in ids if name in model.places]
    return all(after - before == 1 for before, after in pairwise(places))


def wrong_once(once: Sequence[Strange], of: int) -> list[Finding]:
    """PAG-08: what `of` answers were, some of them of another version of the list.

    The first finding says how many, when and how; each of them has one, for its consequences.
    """
    if not once:
        return []

    exchanges = sorted((one.exchange for one in once), key=lambda exchange: exchange.began)
    reasons = list(dict.fromkeys(one.why for one in once))
    how = " and ".join(reasons[:2])
    text = f"{len(once)} of {of} answers show another one ({how}), {_between(exchanges)}"
    first = Finding(EXPECTED, text + _cached(exchanges), tuple(exchanges[:SHOWN]))
    return [first, *(Finding(EXPECTED, one.why, (one.exchange,)) for one in once)]


def treated(answers: Iterable[Exchange], operation: Operation) -> list[Exchange]:
    """The answers whose status is a matter of how the server treats a request, not of its data, in
    order of time.
    """
    path = operation.plain_path or operation.path
    chosen = [
        exchange
        for exchange in answers
        if not exchange.request.plain
        and (exchange.ok or 400 <= exchange.status < 500)
        and exchange.status not in (401, 429)
        and exchange.request.path == path  # what is below it is a row, which may go
        and not any(f"{name}=" in exchange.request.query_string for name in operation.filters)
    ]
    return sorted(chosen, key=lambda exchange: exchange.began)


def spread(exchanges: Sequence[Exchange], most: int) -> list[Exchange]:
    """So many of them, from the first to the last."""
    step = max(1, -(-len(exchanges) // most))
    return list(exchanges[::step])


def differently_treated(before: Exchange, after: Exchange) -> bool:
    """Whether a request was served before and is refused now, or the reverse, or refused
    otherwise: with another status, or in another form.
    """
    if after.status == 429 or not (after.ok or 400 <= after.status < 500):
        return False
    return after.status != before.status or (not after.ok and _form(after) != _form(before))


def _form(exchange: Exchange) -> tuple[str, ...]:
    """The form of a refusal: its media type, and the names at the top of its body."""
    media = (exchange.response.header("content-type") or "") if exchange.response else ""
    names = sorted(exchange.json) if isinstance(exchange.json, dict) else []
    return (media.partition(";")[0].strip().lower(), *names)


def changed_in_words(changed: Sequence[tuple[Exchange, Exchange]], of: int) -> str:
    """When a region changed, in what, and how many answers show it."""
    last, now = max(changed, key=lambda pair: pair[0].began)
    what = last.request.target[:80]
    was, is_now = f"{last.status}", f"{now.status}"
    if last.status == now.status:
        was, is_now = (
            f"{status} with {_named(one)}" for status, one in ((was, last), (is_now, now))
        )
    return (
        f"{last.region} changed after {last.started[11:19]}: {what} answered {was} before "
        f"and {is_now} since ({len(changed)} of {of} requests that were sent again)"
    )


def _named(exchange: Exchange) -> str:
    media, *names = _form(exchange)
    return ", ".join(names) or media or "no Content-Type"


def _between(exchanges: Sequence[Exchange]) -> str:
    first, last = exchanges[0].started[11:19], exchanges[-1].started[11:19]
    return f"at {first}" if first == last else f"{first} to {last}"


def _cached(exchanges: Sequence[Exchange]) -> str:
    headers = next((headers for exchange in exchanges if (headers := cached(exchange))), "")
    return f"; answers carry {headers}" if headers else ""


def cached(exchange: Exchange) -> str:
    """The headers by which a cache says that the answer is one that it kept (RFC 9111 5.1)."""
    if exchange.response is None:
        return ""
    named = ((name, exchange.response.header(name.lower())) for name in CACHE_HEADERS)
    return ", ".join(
        f"{name}: {value}" for name, value in named if value and value.lower() not in NOT_KEPT
    )
