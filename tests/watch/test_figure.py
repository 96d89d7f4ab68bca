"""The accelerated watch of the benchmarks: what it refuses to call good, and its figure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from benchmarks.four_hours import EXPECTED, Seen, figure, problems

if TYPE_CHECKING:
    from collections.abc import Sequence

HOURS = (0.0, 0.6, 1.1, 1.6, 2.0, 2.2, 2.6, 2.8, 3.1)
TOLD = ((), EXPECTED[:1], EXPECTED[1:2], EXPECTED[2:3], (), (), *((line,) for line in EXPECTED[3:]))


def seen(told: Sequence[tuple[str, ...]] = TOLD, growth: float = 0.0) -> list[Seen]:
    return [
        Seen(hour, 45.0 + growth * number, tuple(lines))
        for number, (hour, lines) in enumerate(zip(HOURS, told, strict=True))
    ]


def test_each_change_once_and_flat_memory_is_no_problem() -> None:
    """In the order in which it happened."""
    assert problems(seen()) == []


@pytest.mark.parametrize(
    ("rounds", "words"),
    [
        (seen([(), *TOLD[2:], ()]), "reported"),
        (seen([*TOLD[:-1], (*TOLD[-1], *TOLD[-1])]), "reported"),
        (seen(growth=2.0), "memory grew by"),
    ],
    ids=["one missing", "one twice", "memory"],
)
def test_what_is_a_problem(rounds: list[Seen], words: str) -> None:
    """A change that is missing or repeated, and a process that grows."""
    assert any(problem.startswith(words) for problem in problems(rounds))


def test_the_figure_shows_both_processes_from_left_to_right() -> None:
    """As an image that any reader of SVG takes."""
    tree = etree.fromstring(figure(seen()).svg().encode())
    lines = tree.findall("{http://www.w3.org/2000/svg}polyline")
    assert len(lines) == 2
    places = [
        float(point.partition(",")[0]) for line in lines for point in line.get("points").split()
    ]
    assert all(before < after for before, after in pairwise(places))
    assert {"no answer", "restart"} <= set(tree.itertext())
