"""Reading lists: pages, windows and walks, in whatever style they are paged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from conformance.laws import sequence
from conformance.laws.pages import Page, read_page
from conformance.laws.sequence import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.checks.context import Context, Sender
    from conformance.client import Request
    from conformance.contract.pagination import Pagination

Query = tuple[tuple[str, Any], ...]
Window = tuple[int | None, int | None]
"""How many rows are asked for, from which one on; None leaves the parameter out."""

REACHED = 20  # pages that are followed to one that is asked for again
WALKED = 8  # pages of the largest size; a longer list is read at its head and its tail
WALKED_DEEP = 40


@dataclass(frozen=True, slots=True)
class Walk:
    """Pages of one size in order, and whether they are the whole list."""

    pages: tuple[Page, ...]
    whole: bool

    @property
    def total(self) -> int:
        """How many rows there are, as the first page says, or else as many as were read."""
        if not self.pages:
            return 0
        stated = self.pages[0].total
        return self.pages[-1].end if stated is None else stated


def paging(context: Context) -> Pagination:
    """How the operation's list is paged."""
    assert context.operation.pagination is not None
    return context.operation.pagination


def window(context: Context, size: int | None, start: int | None, extra: Query = ()) -> Request:
    """The request for a window, under further parameters such as filters.

    Raises NotAddressable for a later page than the first where the style has no words for it.
    """
    return context.request(*extra, *paging(context).window(size, start), plain=not extra)


def pages(
    sender: Sender, windows: Iterable[Window], *, again: bool = False, extra: Query = ()
) -> list[Page | None]:
    """Many pages at once. A 5xx is recorded, then asked once more, so that it stays one finding."""
    windows = list(windows)
    requests = [window(sender.context, size, start, extra) for size, start in windows]
    answers = sender.send_all(requests, again=again)
    for index, exchange in enumerate(answers):
        if exchange.status >= 500:
            answers[index] = sender.send(requests[index], again=True)

    return [
        read_page(exchange, sender.operation, start or 0, rows_asked(sender.context, size))
        for exchange, (size, start) in zip(answers, windows, strict=True)
    ]


def rows_asked(context: Context, size: int | None) -> int:
    """How many rows a request asks for: the default where it says nothing, or cannot say it."""
    trait = paging(context)
    return trait.default_size if size is None or not trait.sized else size


def page(
    sender: Sender, size: int | None, start: int | None, *, again: bool = False, extra: Query = ()
) -> Page | None:
    """One page; what the request leaves out is read with the documented defaults."""
    return pages(sender, [(size, start)], again=again, extra=extra)[0]


def asked_again(sender: Sender, seen: Page) -> Page | None:
    """A page as it reads now; where only the pages before it lead to it, as a walk comes to it."""
    if paging(sender.context).addressable or seen.offset == 0:
        return page(sender, seen.limit, seen.offset, again=True)
    walked = walk(sender, seen.limit, again=True, most=REACHED).pages
    return next((read for read in walked if read.offset == seen.offset), None)


def walk(
    sender: Sender, size: int, *, again: bool = False, extra: Query = (), most: int | None = None
) -> Walk:
    """The pages of a list, at most about `most` of them; of a longer list its head and its tail."""
    if most is None:
        most = WALKED_DEEP if sender.settings.profile == "deep" else WALKED
    first = page(sender, size, 0, again=again, extra=extra)
    if first is None:
        return Walk((), False)
    if not paging(sender.context).addressable or first.total is None:
        return _followed(sender, first, most, again=again, extra=extra)

    every = range(size, max(first.total, 0), size)
    chosen = chosen_starts(paging(sender.context), size, every, most)
    whole = len(chosen) == len(every)
    answers = pages(sender, [(size, start) for start in chosen], again=again, extra=extra)
    read = [answer for answer in answers if answer is not None]
    return Walk((first, *read), whole and len(read) == len(answers))


def chosen_starts(trait: Pagination, size: int, every: range, most: int) -> list[int]:
    """Where pages behind the first one begin that can be asked for; of `most` or more the first and
    the last ones, so that they are `most` pages with it.

    A total may say that there are a thousand million: no place is looked at that need not be.
    """
    last = trait.aligned(size, every.stop)
    within = range(every.start, min(every.stop, last + 1), every.step)
    can_ask = partial(trait.has_words, size)
    head = list(islice(filter(can_ask, within), most))
    if len(head) < most:
        return head
    last_ones = max(most // 2 - 1, min(1, most - 1))
    tail = list(islice(filter(can_ask, reversed(within)), last_ones))
    return [*head[: most - 1 - last_ones], *reversed(tail)]


def _followed(sender: Sender, first: Page, most: int, *, again: bool, extra: Query) -> Walk:
    """The same, one page after another, where a page can be asked for only by the one before it."""
    trait, walked = paging(sender.context), [first]
    query = first.following
    while query is not None and len(walked) < most:
        request = following(sender.context, query, extra)
        exchange = sender.send(request, again=again)
        last = walked[-1]
        start = trait.behind(last.limit, last.offset, len(last.rows))
        behind = read_page(exchange, sender.operation, start, first.limit)
        if behind is None:
            break
        walked.append(behind)
        query = behind.following

    if query is None and not extra:
        sender.note_rows(walked[-1].end)
    return Walk(tuple(walked), query is None and trait.gives_all)


def following(context: Context, query: Query, extra: Query = ()) -> Request:
    """The request for the page behind another, under further parameters such as filters.

    A link is a whole request, filters and all. Only its query is taken: the key is never sent where a
    link leads to, but to the region that the page came from.
    """
    if not paging(context).linked:
        return context.request(*extra, *query, plain=not extra)
    carried = {name for name, _ in context.credential.query}
    kept = tuple((name, value) for name, value in query if name not in carried)
    return context.request(*kept, plain=not extra)


def differs_from(largest: Walk, seen: Sequence[Page], changes: int) -> bool:
    """Whether pages hold other rows than a walk has, and not because so many came, went
    or moved.
    """
    reference = Reference.of(largest.pages, changes)
    return any(sequence.same_rows(answer, reference, "") for answer in seen)


def longest(sender: Sender, *, again: bool = False, extra: Query = ()) -> Walk:
    """The walk with the largest pages, or where they are refused with the default ones.

    It takes the fewest requests, and shows the most for them.
    """
    trait = paging(sender.context)
    largest = walk(sender, trait.maximum_size, again=again, extra=extra)
    if largest.pages:
        return largest
    return walk(sender, trait.default_size, again=again, extra=extra)
