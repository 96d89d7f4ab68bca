"""How rare a fault may be and still have been seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.verdict.statistics import (
    detectable_rate,
    in_words,
    observations_for,
    observations_of,
)


@pytest.mark.parametrize(
    ("observations", "rate"), [(1, 0.95), (10, 0.2589), (100, 0.0295), (299, 0.00997)]
)
def test_the_rate_is_about_three_by_the_number_of_observations(
    observations: int, rate: float
) -> None:
    """Of so many observations all hold with 5 %, if a fault has this rate."""
    assert detectable_rate(observations) == pytest.approx(rate, abs=0.0001)


def test_without_observations_there_is_no_rate() -> None:
    """Nothing was seen, so nothing can be said."""
    assert detectable_rate(0) is None


@given(st.floats(0.0001, 0.9))
def test_as_many_observations_as_a_rate_asks_for_show_it(rate: float) -> None:
    """And one less does not."""
    enough = observations_for(rate)
    shown = detectable_rate(enough)
    assert shown is not None
    assert shown <= rate * (1 + 1e-9)
    fewer = detectable_rate(enough - 1)
    assert fewer is None or fewer > rate * (1 - 1e-9)


@given(st.integers(1, 10**6))
def test_more_observations_never_show_less(observations: int) -> None:
    """The rate falls with every observation."""
    fewer, more = detectable_rate(observations), detectable_rate(observations + 1)
    assert fewer is not None
    assert more is not None
    assert 0 < more < fewer < 1


def test_the_first_kind_of_evidence_counts() -> None:
    """The catalogue names first what could have failed; without a need everything counts."""
    evidence = {"limits": 100, "filled": 30}
    assert observations_of(evidence, {"filled": 1, "limits": 10}) == 30
    assert observations_of(evidence, {}) == 130
    assert observations_of({}, {"pages": 5}) == 0


def test_rates_in_words() -> None:
    """Two digits that mean something."""
    assert [in_words(rate) for rate in (0.95, 0.0295, 0.00997)] == ["95 %", "2.9 %", "1.00 %"]
