"""The law of doors: what counts as let in, at the documented target and beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws.doors import closed
from tests.support.lists import exchange


@pytest.mark.parametrize(
    ("status", "serves", "documented", "broken"),
    [
        (401, False, True, False),
        (404, False, False, False),
        (301, False, False, False),
        (304, False, True, True),
        (200, False, True, True),
        (200, True, False, True),
        (200, False, False, False),
        (500, False, True, False),
    ],
)
def test_a_door_is_closed(status: int, serves: bool, documented: bool, broken: bool) -> None:
    """A refusal closes every door; what another resource answers is no matter of the operation."""
    assert bool(closed(exchange(status), "a door", serves=serves, documented=documented)) is broken


@given(st.integers(400, 599), st.booleans(), st.booleans())
def test_no_refusal_is_a_finding(status: int, serves: bool, documented: bool) -> None:
    """Whatever the door, a 4xx lets nobody in, and a 5xx is said elsewhere."""
    assert not closed(exchange(status), "a door", serves=serves, documented=documented)
