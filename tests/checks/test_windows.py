"""Which windows are asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.checks import windows
from conformance.contract.pagination.limit_offset import LimitOffset as Pagination
from conformance.contract.pagination.telling import Telling

TRAIT = Pagination(Telling("/data", "/has_more", "/total"), 20, 100, "limit", "offset")


# Drawn with Hypothesis by itself, so not within one of its tests.
@pytest.mark.parametrize("total", [0, 1, 19, 20, 61, 100, 101, 137, 5_000])
@pytest.mark.parametrize("seed", [0, 7])
def test_every_limit_is_asked_for_within_the_list(total, seed) -> None:
    """Each limit but the default once, where the page is full if the list is long enough."""
    spans = windows.spans(total, 100, range(0, max(total, 1), 100))
    asked = windows.every_limit(TRAIT, spans, seed)
    assert sorted(limit for limit, _ in asked) == [one for one in range(1, 101) if one != 20]
    for limit, start in asked:
        assert 0 <= start <= max(0, total - 1)
        assert (
            start + limit <= total - windows.tail(total) or limit + windows.tail(total) >= total - 1
        )


@given(st.integers(0, 400))
def test_edges_lie_within_the_list_and_at_its_end(total) -> None:
    """The exact last page and a row more or less on either side, for the sizes that matter."""
    asked = windows.edges(TRAIT, total)
    assert all(0 <= start < total for _, start in asked)
    assert len(set(asked)) == len(asked)
    for limit in (1, 20, 100):
        if total > limit:
            assert (limit, total - limit) in asked


def test_spans_are_the_runs_that_were_read() -> None:
    """Pages that meet are one run; a list read at head and tail has two."""
    assert windows.spans(250, 100, [0, 100, 200]) == [range(250)]
    assert windows.spans(1_000, 100, [0, 100, 800, 900]) == [range(200), range(800, 1_000)]
    assert windows.spans(0, 100, [0]) == [range(1)]


@pytest.mark.parametrize("seed", [0, 1, 300])
def test_the_same_seed_asks_the_same(seed) -> None:
    """Both regions, and a run that is repeated, ask for the same windows."""
    spans = [range(137)]
    assert windows.every_limit(TRAIT, spans, seed) == windows.every_limit(TRAIT, spans, seed)


def test_smoke_asks_for_ten_limits_and_more() -> None:
    """As many as a pass needs, the bounds among them."""
    limits = {limit for limit, _ in windows.smoke_limits(TRAIT, 61)}
    assert {1, 20, 100} <= limits
    assert len([limit for limit in limits if limit + windows.tail(61) <= 61]) >= 10


@pytest.mark.parametrize(("maximum", "count"), [(5, 5), (10, 10), (30, 10)])
def test_smoke_asks_for_ten_limits_below_a_low_maximum(maximum, count) -> None:
    """Or for all that there are."""
    trait = replace(TRAIT, default_limit=5, maximum_limit=maximum)
    limits = {limit for limit, _ in windows.smoke_limits(trait, 61)}
    assert len(limits) == count
    assert {1, 5, maximum} <= limits <= set(range(1, maximum + 1))


@pytest.mark.parametrize("top", [1, 2, 200, 201, 1_000, 10**9])
def test_of_many_limits_some_are_asked_for(top) -> None:
    """The lowest, the highest, and others between them; all where there are few."""
    limits = windows.limits_up_to(top, 7)
    assert len(limits) == min(top, 200)
    assert limits == sorted(set(limits))
    assert (limits[0], limits[-1]) == (1, top)
    assert top <= 200 or limits[-2] == top - 1
    assert len(windows.smoke_sizes(top)) <= 13
    assert windows.smoke_sizes(top)[-1] == top
