"""Which combinations are asked: a covering array of the classes that contract and data offer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from covertable import make

from conformance.checks.draws import drawing
from conformance.checks.experiments.asks import Ask
from conformance.checks.experiments.clients import CLIENTS

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.contract.operation import Operation
    from conformance.laws.oracle.model import ListModel

MOST_VALUES = 6  # of a filter, that are combined with all else
COMBINATIONS = 10
MOST_SIZES = 10_000  # that are drawn from; a document may allow, and a total promise, any


def bands(total: int) -> list[range]:
    """Offsets in bands that double in width: 0, 1, 2-3, 4-7 and so on; the last row by itself."""
    found = [range(1)]
    low = 1
    while low < total:
        found.append(range(low, min(2 * low, total)))
        low *= 2
    if total > 1:
        found.append(range(total - 1, total))
    return found


def filtered_asks(
    operation: Operation,
    model: ListModel,
    values: Mapping[str, Sequence[Any]],
    seed: int,
) -> list[Ask]:
    """Asks under filters: windows of each value's list, and up to `COMBINATIONS` in which every two
    classes of different dimensions meet. Each has a size of its own, as far as the lists allow.
    """
    sizes = _Sizes(operation, model, seed)
    of_values = _value_asks(values, model, operation, sizes, drawing(seed, "bands"))
    return [*of_values, *_combined(operation, model, values, seed, sizes)]


def sizes_with_room(asks: Iterable[Ask], operation: Operation, model: ListModel) -> set[int]:
    """The sizes of the asks under filters that leave rows enough to fill them, and one more, without
    which a page that is too long does not show.
    """
    found = set()
    for ask in asks:
        counts = [
            model.where(operation.filters[name], {value}).total for name, value in ask.filters
        ]
        if len(counts) == 1 and ask.size and (ask.start or 0) + ask.size < counts[0]:
            found.add(ask.size)
    return found


class _Sizes:
    """Sizes that are asked for once each, drawn from the seed."""

    def __init__(self, operation: Operation, model: ListModel, seed: int) -> None:
        assert operation.pagination is not None
        self._paging = operation.pagination
        most = min(self._paging.maximum_size, max(model.total, 1), MOST_SIZES)
        self._left = list(range(1, most + 1))
        drawing(seed).shuffle(self._left)

    @property
    def largest(self) -> int:
        """The documented maximum, or the one size that there is."""
        return self._paging.maximum_size if self._paging.sized else self._paging.default_size

    def take(self, most: int) -> int:
        """A size of so many rows at most; one that was asked for before if no other is left."""
        if not self._paging.sized:
            return self._paging.default_size
        fitting = next((size for size in self._left if size <= most), None)
        if fitting is None:
            return max(1, min(most, self._paging.maximum_size))
        self._left.remove(fitting)
        return fitting


def _value_asks(
    values: Mapping[str, Sequence[Any]],
    model: ListModel,
    operation: Operation,
    sizes: _Sizes,
    chosen: random.Random,
) -> list[Ask]:
    """Windows of the list that each filter value leaves: within it, its exact last page, and the
    second page of the default size where there is one; of the longest of these lists a window in
    each band of offsets, the deepest one of the largest size.
    """
    assert operation.pagination is not None
    default = operation.pagination.default_size
    asks = []
    for name, known in values.items():
        counts = [model.where(operation.filters[name], {str(value)}).total for value in known]
        for value, count in zip(known, counts, strict=True):
            filters = ((name, str(value)),)
            asks.append(
                Ask(size=sizes.take(count - 2), start=1 if count > 1 else 0, filters=filters)
            )
            last = sizes.take(count // 2)
            asks.append(Ask(size=last, start=max(count - last, 0), filters=filters))
            if count > default:
                asks.append(Ask(size=default, start=default, filters=filters))
            if count == max(counts):
                starts = [chosen.choice(band) for band in bands(count)[4:-1]]
                asks += [
                    Ask(size=sizes.take(count - start), start=start, filters=filters)
                    for start in starts[:-1]
                ]
                largest = sizes.largest
                asks += [Ask(size=largest, start=start, filters=filters) for start in starts[-1:]]
    return asks


def _combined(
    operation: Operation,
    model: ListModel,
    values: Mapping[str, Sequence[Any]],
    seed: int,
    sizes: _Sizes,
) -> list[Ask]:
    chosen = drawing(seed)
    known = tuple((name, tuple(found[:MOST_VALUES])) for name, found in values.items())
    rows = list(_covering(len(bands(model.total)), known, seed))
    chosen.shuffle(rows)
    return [_ask(row, values, operation, model, chosen, sizes) for row in rows[:COMBINATIONS]]


@lru_cache(maxsize=32)
def _covering(
    number_of_bands: int, values: tuple[tuple[str, tuple[Any, ...]], ...], seed: int
) -> tuple[Mapping[str, Any], ...]:
    """Rows in which every two classes of different dimensions meet."""
    dimensions: dict[str, list[Any]] = {
        "band": list(range(number_of_bands)),
        "reversed_order": [False, True],
        "client": [None, *CLIENTS],
    }
    # Windows of the whole list are asked for by themselves.
    left_out: list[Any] = [None] if len(values) > 1 else []
    for name, known in values:
        dimensions[name] = [*left_out, *known] or [None]
    return tuple(make(dimensions, strength=2, salt=str(seed)))


def _ask(
    row: Any,
    values: Mapping[str, Sequence[Any]],
    operation: Operation,
    model: ListModel,
    chosen: random.Random,
    sizes: _Sizes,
) -> Ask:
    filters = tuple((name, str(row[name])) for name in values if row[name] is not None)
    counts = [model.where(operation.filters[name], {value}).total for name, value in filters]
    count = min(counts, default=model.total)
    within = bands(count)
    start = chosen.choice(within[row["band"] % len(within)])
    return Ask(
        size=sizes.take(count - start),
        start=start,
        filters=filters,
        reversed_order=row["reversed_order"],
        client=row["client"],
    )
