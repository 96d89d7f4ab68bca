"""Which windows are asked for: every limit once, and the places where arithmetic goes wrong.

A window is how many rows are asked for, and from which one on, counted from 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.draws import drawing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.pagination import Pagination, Parameter
    from conformance.laws.pages import Page

TAIL, LONG = 5, 50  # rows at the end of a list that has more than so many
LEAST_LIMITS = 10  # that a pass of PAG-10 needs
MOST_LIMITS, MOST_LIMITS_DEEP = 200, 1_000  # that are asked for; the documented maximum may be any
MANY = 100_000  # places of which two are hardly drawn alike
SMOKE = (1, 2, 5, 10, 19, 20, 21, 37, 49, 50, 99, 100)


def limits_up_to(top: int, seed: int, most: int = MOST_LIMITS) -> list[int]:
    """Each limit from 1 to a maximum; of more than `most` the lowest, the highest, and some drawn
    between them.
    """
    if top <= most:
        return list(range(1, top + 1))
    lowest = range(1, most // 2 + 1)
    between = range(lowest.stop, top - 1)
    drawn = drawing(seed, "limits").sample(between, most - len(lowest) - 2)
    return [*lowest, *sorted(drawn), top - 1, top]


def every_limit(
    trait: Pagination, spans: Sequence[range], seed: int, most: int = MOST_LIMITS
) -> list[tuple[int, int]]:
    """Each limit up to the maximum once, or `most` of them, at an offset drawn from the spans, the
    last rows left out.

    So a page that is not full is a matter of its limit, not of the end of the list. As many
    offsets as can be are asked for.
    """
    # The edges have the default one at borders within the list.
    asked = limits_up_to(trait.maximum_size, seed, most)
    limits = [limit for limit in asked if limit != trait.default_size]
    left_out = tail(spans[-1].stop)
    drawn = drawing(seed)

    windows: list[tuple[int, int]] = []
    used: set[int] = set()
    # The largest first, for they have the fewest offsets to choose from.
    for index, limit in reversed(list(enumerate(limits))):
        span = spans[index % len(spans)]
        last = span.stop - limit - left_out
        starts = range(span.start, max(span.start, last) + 1)
        free = [] if len(starts) > MANY else [start for start in starts if start not in used]
        start = drawn.choice(free or starts)
        windows.append((limit, start))
        used.add(start)
    return windows[::-1]


def aligned(trait: Pagination, windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Each window, from the last start on that the style of paging has words for; each once."""
    return list(dict.fromkeys((size, trait.aligned(size, start)) for size, start in windows))


def within(trait: Pagination, size: int, start: int) -> int:
    """A start that is not the first one, this one if the style has words for it; 0 if for none."""
    return trait.aligned(size, start) or trait.aligned(size, size)


def out_of_bounds(trait: Pagination) -> list[tuple[Parameter, int]]:
    """For each parameter the values right below its minimum and right above its maximum."""
    values = []
    for parameter in trait.parameters:
        if parameter.minimum is not None:
            values.append((parameter, parameter.minimum - 1))
        if parameter.maximum is not None:
            values.append((parameter, parameter.maximum + 1))
    return values


def tail(total: int) -> int:
    """How many rows at the end of the list are left out; of a short one none, for nothing would be
    left.
    """
    return TAIL if total > LONG else 0


def has_room(page: Page) -> bool:
    """Whether rows enough follow a page's offset for its limit, the last ones left out."""
    return page.total is not None and page.total - page.offset >= page.limit + tail(page.total)


def smoke_limits(trait: Pagination, total: int) -> list[tuple[int, int]]:
    """A few limits, the bounds among them, near the head; and exact last pages."""
    windows = []
    for index, limit in enumerate(smoke_sizes(trait.maximum_size)):
        furthest = max(0, min(3, total - limit - tail(total)))
        windows.append((limit, furthest if index % 2 else 0))
    return [*windows, *((limit, max(0, total - limit)) for limit in (1, trait.default_size))]


def smoke_sizes(top: int) -> list[int]:
    """The limits of a smoke run; where a low maximum leaves few of them, the lowest others too."""
    limits = {min(limit, top) for limit in (*SMOKE, top)}
    lowest = range(1, min(top, 2 * LEAST_LIMITS) + 1)
    others = [limit for limit in lowest if limit not in limits]
    return sorted(limits | set(others[: max(0, LEAST_LIMITS - len(limits))]))


def edges(trait: Pagination, total: int) -> list[tuple[int, int]]:
    """Windows at the end of the list and at the borders of pages, where one row more or
    less shows.
    """
    default, top = trait.default_size, trait.maximum_size
    windows: dict[tuple[int, int], None] = {}
    for limit in (default, 1, top):
        for start in (total - limit, total - limit + 1, total - limit - 1):
            windows[limit, start] = None
    windows.pop((1, total - 2), None)
    windows[default, total - 1] = None  # one row where more were asked for
    for border in (default, top, 2 * top):
        windows |= dict.fromkeys([(default, border), (default, border + 1)])
    return [(limit, start) for limit, start in windows if 0 <= start < total]


def spans(total: int, top: int, covered: Sequence[int]) -> list[range]:
    """The runs of offsets that pages of `top` rows cover, which begin at the offsets in
    `covered`.
    """
    runs: list[range] = []
    for start in covered:
        stop = min(start + top, total)
        if runs and runs[-1].stop == start:
            runs[-1] = range(runs[-1].start, stop)
        else:
            runs.append(range(start, stop))
    return [run for run in runs if run] or [range(0, max(1, total))]
