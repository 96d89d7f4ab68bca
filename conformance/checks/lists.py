"""Reading lists: pages, windows and walks of an operation with limit/offset paging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract.pagination.limit_offset import LimitOffset
from conformance.laws.pages import Page, read_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.checks.context import Context, Sender
    from conformance.client import Request

Query = tuple[tuple[str, Any], ...]
Window = tuple[int | None, int | None]

WALKED = 8  # pages of the largest size; a longer list is read at its head and its tail
WALKED_DEEP = 40


@dataclass(frozen=True, slots=True)
class Walk:
    """Pages of one limit in order, and whether they are the whole list."""

    pages: tuple[Page, ...]
    whole: bool

    @property
    def total(self) -> int:
        """How many rows there are, as the first page says."""
        return self.pages[0].total if self.pages else 0


def paging(context: Context) -> LimitOffset:
    """The paging trait of the subject's operation."""
    pagination = context.operation.pagination
    assert isinstance(pagination, LimitOffset)
    return pagination


def window(context: Context, limit: int | None, offset: int | None, extra: Query = ()) -> Request:
    """The request for a window; a parameter that is None is left out."""
    names = paging(context)
    query = list(extra)
    if limit is not None:
        query.append((names.limit, limit))
    if offset is not None:
        query.append((names.offset, offset))
    return context.request(*query, plain=not extra)


def pages(
    sender: Sender, windows: Iterable[Window], *, again: bool = False, extra: Query = ()
) -> list[Page | None]:
    """Many pages at once. A 5xx is recorded, then asked once more, so that it stays one finding."""
    windows = list(windows)
    requests = [window(sender.context, limit, offset, extra) for limit, offset in windows]
    answers = list(sender.send_all(requests, again=again))
    for index, exchange in enumerate(answers):
        if exchange.status >= 500:
            answers[index] = sender.send(requests[index], again=True)
    default = paging(sender.context).default_limit
    return [
        read_page(exchange, sender.operation, offset or 0, default if limit is None else limit)
        for exchange, (limit, offset) in zip(answers, windows, strict=True)
    ]


def page(
    sender: Sender, limit: int | None, offset: int | None, *, again: bool = False, extra: Query = ()
) -> Page | None:
    """One page; what the request leaves out is read with the documented defaults."""
    return pages(sender, [(limit, offset)], again=again, extra=extra)[0]


def walk(
    sender: Sender, limit: int, *, again: bool = False, extra: Query = (), most: int | None = None
) -> Walk:
    """The pages from 0 to `total`; of a longer list its head and its tail."""
    if most is None:
        most = WALKED_DEEP if sender.settings.profile == "deep" else WALKED
    first = page(sender, limit, 0, again=again, extra=extra)
    if first is None:
        return Walk((), False)
    offsets = range(limit, max(first.total, 0), limit)
    whole = len(offsets) < most
    chosen = list(offsets) if whole else [*offsets[: most // 2], *offsets[-(most // 2 - 1) :]]
    rest = pages(sender, [(limit, at) for at in chosen], again=again, extra=extra)
    found = [one for one in rest if one is not None]
    return Walk((first, *found), whole and len(found) == len(rest))


def longest(sender: Sender, *, again: bool = False, extra: Query = ()) -> Walk:
    """The walk with the largest pages, or where they are refused with the default ones.

    It takes the fewest requests, and shows the most for them.
    """
    trait = paging(sender.context)
    found = walk(sender, trait.maximum_limit, again=again, extra=extra)
    return found if found.pages else walk(sender, trait.default_limit, again=again, extra=extra)
