"""Which combinations are asked: a covering array of the classes that contract and data offer."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from covertable import make

from conformance.checks.experiments.asks import Ask
from conformance.checks.experiments.clients import CLIENTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.contract.operation import Operation
    from conformance.laws.oracle.model import ListModel

MOST_VALUES = 6  # of a filter, that are combined with all else


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


def sizes(default: int, maximum: int) -> list[range]:
    """Page sizes in classes: 1, few, about the default, many, the maximum."""
    edges = sorted({1, 2, max(2, default // 2), default, default + 1, maximum, maximum + 1})
    return [range(low, high) for low, high in pairwise(edges) if low < high]


def combined(
    operation: Operation,
    model: ListModel,
    values: Mapping[str, Sequence[Any]],
    seed: int,
    most: int,
) -> list[Ask]:
    """Up to `most` asks in which every two classes of different dimensions meet, drawn from the
    seed.
    """
    paging = operation.pagination
    assert paging is not None
    chosen = random.Random(seed)  # noqa: S311 - a test's choice, not a secret
    dimensions: dict[str, list[Any]] = {
        "start": bands(model.total),
        "size": sizes(paging.default_size, paging.maximum_size),
        "reversed_order": [False, True],
        "client": [None, *CLIENTS],
    }
    # Windows of the whole list are asked for by themselves.
    left_out: list[Any] = [None] if len(values) > 1 else []
    for name, known in values.items():
        dimensions[name] = [*left_out, *known[:MOST_VALUES]] or [None]

    rows = list(make(dimensions, strength=2, salt=str(seed)))
    chosen.shuffle(rows)
    return [_ask(row, values, chosen) for row in rows[:most]]


def _ask(row: Any, values: Mapping[str, Sequence[Any]], chosen: random.Random) -> Ask:
    filters = tuple((name, str(row[name])) for name in values if row[name] is not None)
    return Ask(
        size=chosen.choice(row["size"]),
        start=chosen.choice(row["start"]),
        filters=filters,
        reversed_order=row["reversed_order"],
        client=row["client"],
    )


def value_asks(
    values: Mapping[str, Sequence[Any]], model: ListModel, operation: Operation
) -> list[Ask]:
    """Windows of the list that each filter value leaves: within it, its exact last page, and the
    second page of the default size where there is one.
    """
    assert operation.pagination is not None
    default = operation.pagination.default_size
    asks = []
    for name, known in values.items():
        for value in known:
            count = model.where(operation.filters[name], {str(value)}).total
            filters = ((name, str(value)),)
            asks.append(
                Ask(size=max(1, count // 3), start=min(1, max(count - 1, 0)), filters=filters)
            )
            asks.append(Ask(size=max(1, count - count // 2), start=count // 2, filters=filters))
            if count > default:
                asks.append(Ask(size=default, start=default, filters=filters))
    return asks
