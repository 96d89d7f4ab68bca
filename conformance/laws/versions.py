"""Versions of one list: answers that no movement between two readings that agree explains (PAG-08).

Rows may come and go between the readings. Those that were there before and after were there all the
time, for a row that is gone does not return: so an answer holds them in their order, and counts what
came beside them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from conformance.laws.filter_texts import value_of
from conformance.laws.finding import Finding
from conformance.laws.oracle.alone import is_filtered
from conformance.laws.oracle.asked import query_of, read_request
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    """An answer that cannot be of the list, why, and how many rows came, went or moved for it."""

    exchange: Exchange
    why: str
    changes: int = 1


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
            strange = _with_strangers(page, model, min((one.total for one in lists), default=None))
        else:
            strange = _impossible(page, model)
        if strange is not None:
            found.append(strange)
    return found


def _filtered(exchange: Exchange, operation: Operation, model: ListModel) -> list[ListModel]:
    """The lists that the filters of a request may leave; none where that is the server's own."""
    asked = read_request(query_of(exchange.request.query_string), operation, model)
    return asked.lists(model) if asked is not None else []


def _impossible(page: Page, model: ListModel) -> Strange | None:
    if page.total is None or page.exchange is None:
        return None
    if page.total < model.total:
        return Strange(page.exchange, f"total {page.total}", model.total - page.total)
    strange = _with_strangers(page, model, model.total)
    if strange is None and not _in_order(page.ids, model):
        return Strange(page.exchange, "rows in another order")
    return strange


def _with_strangers(page: Page, model: ListModel, total: int | None) -> Strange | None:
    """A page with more rows that the list does not have than came to it, by what the page counts."""
    if page.total is None or total is None or page.exchange is None:
        return None
    strangers = [name for name in page.ids if name not in model.places]
    came = max(page.total - total, 0)
    if len(strangers) <= came:
        return None
    why = f"row {strangers[0]} at total {page.total}"
    return Strange(page.exchange, why, 2 * len(strangers) - came)


def unexplained(
    strange: Sequence[Strange],
    answers: Iterable[Exchange],
    operation: Operation,
    model: ListModel,
    possible: Callable[[float], int],
) -> list[Strange]:
    """Those that no movement explains: between two answers that show the list as it read before and
    after there was no time to change so much and to change it back.

    `possible` says how many rows may come, go or move in so many seconds.
    """
    shown = [exchange for exchange in answers if _shows(exchange, operation, model)]
    ended = sorted(shown, key=_end)
    begun = sorted(shown, key=_begin)
    found = []
    for one in strange:
        before = bisect_right(ended, one.exchange.began, key=_end) - 1
        after = bisect_left(begun, _end(one.exchange), key=_begin)
        if before < 0 or after == len(begun):
            continue
        # Either may show how the list was at any moment while it was under way.
        seconds = _end(begun[after]) - ended[before].began
        if 2 * one.changes > possible(seconds):
            found.append(one)
    return found


def _shows(exchange: Exchange, operation: Operation, model: ListModel) -> bool:
    """Whether an answer is a page of just this list."""
    if not exchange.ok or is_filtered(exchange, operation):
        return False
    page = read_page(exchange, operation, 0, 0)
    return page is not None and page.total == model.total and _impossible(page, model) is None


def _begin(exchange: Exchange) -> float:
    return exchange.began


def _end(exchange: Exchange) -> float:
    return exchange.began + exchange.seconds


def _is_stale(before: Page, kept: Page, after: Page) -> bool:
    """Whether a page that a cache kept cannot be of a list that read as the pages asked for before
    and after it, which it did not keep: it counts less than both, or more.
    """
    if before.total is None or kept.total is None or after.total is None:
        return False
    counts = sorted((before.total, after.total))
    return not counts[0] <= kept.total <= counts[1]


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


def stale(tried: Sequence[tuple[Page, Page, Page]]) -> list[Finding]:
    """PAG-08: what a cache kept is of another version of the list, each beside the two pages that
    show how the list is.
    """
    found = [(before, kept) for before, kept, after in tried if _is_stale(before, kept, after)]
    if not found:
        return []
    exchanges = [page.exchange for pair in found for page in pair if page.exchange is not None]
    before, kept = found[0]
    headers = next((text for one in exchanges if (text := cached(one))), "")
    text = (
        f"{len(found)} of {len(tried)} answers show another one "
        f"(total {kept.total} after total {before.total}); answers carry {headers}"
    )
    return [Finding(EXPECTED, text, tuple(exchanges[:SHOWN]))]


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
