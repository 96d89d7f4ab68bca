"""Queries of every kind that a list can be asked with: where a server decides by the query whether a
key is needed, one of them shows it.

They are among those that are asked with a key as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.draws import drawing
from conformance.checks.experiments.asks import Ask
from conformance.checks.experiments.combine import bands
from conformance.checks.experiments.planned import asks_under_filters, window_asks
from conformance.checks.filter_values import asked_values
from conformance.checks.lists import longest
from conformance.checks.realised import realised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.checks.context import Context, Sender
    from conformance.client import Request
    from conformance.laws.oracle.model import ListModel

VALUES = 8  # of a filter


@dataclass(frozen=True, slots=True)
class Twice:
    """A query with the region's own key, and without any credential."""

    served: Request
    anonymous: Request


def every_query(sender: Sender, model: ListModel) -> list[Twice]:
    """A window in each band of offsets, each parameter of a window by itself, and each value of
    a filter.
    """
    asked = realised(sender, model).by_ask
    asks = dict.fromkeys([*_windows(sender, model), *_of_filters(sender, model)])
    return [_twice(sender.context, ask, asked.get(ask)) for ask in asks]


def any_query(sender: Sender, model: ListModel) -> list[Request]:
    """What `every_query` has, without a credential, then all else that is asked of the list, in an
    order drawn from the seed.
    """
    context = sender.context
    first = [query.anonymous for query in every_query(sender, model)]
    asks = [*window_asks(sender, longest(sender)), *asks_under_filters(sender, model)]
    others = [context.anonymous(*ask.query(context)) for ask in asks]
    drawing(context.seed).shuffle(others)
    return list(dict.fromkeys([*first, *others]))


def _twice(context: Context, ask: Ask, generated: Request | None) -> Twice:
    """An ask as it is sent with a key, and without one."""
    security = context.operation.presented
    if generated is None or (security and security.presentation.query):
        query = ask.query(context)
        return Twice(context.request(*query, plain=True), context.anonymous(*query))
    return Twice(generated, context.anonymous(raw_query=generated.raw_query))


def _windows(sender: Sender, model: ListModel) -> Iterator[Ask]:
    paging = sender.operation.pagination
    assert paging is not None
    if paging.sized:
        yield Ask(size=7)
        yield Ask(size=paging.maximum_size)
    if paging.addressable:
        yield Ask(start=paging.aligned(None, paging.default_size))

    plain = [ask for ask in window_asks(sender, longest(sender)) if ask.client is None]
    for band in bands(model.total):
        yield from [ask for ask in plain if ask.start in band][:1]


def _of_filters(sender: Sender, model: ListModel) -> list[Ask]:
    """Each value with a window, and the first ones by themselves."""
    known = {name: found[:VALUES] for name, found in asked_values(sender).items()}
    alone = [Ask(filters=((name, str(value)),)) for name in known for value in known[name][:2]]
    asks = asks_under_filters(sender, model)
    first = {
        ask.filters: ask for ask in reversed(asks) if ask.client is None and len(ask.filters) == 1
    }
    return [*alone, *list(first.values())[::-1][:VALUES]]
