"""Rows seen twice, found in memory that does not grow."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.identities import Identities


@given(
    st.lists(st.one_of(st.integers(0, 50), st.integers(), st.text(max_size=3)), max_size=60),
    st.integers(1, 9),
)
def test_the_same_as_a_set_would_find(identities, run) -> None:
    """Each row that stands at two offsets is found, and no other, whatever the size of a run."""
    with Identities(run) as seen:
        for offset, identity in enumerate(identities):
            seen.add(identity, offset)
        found = {at for at, _ in seen.twice()}
    known: set = set()
    expected = set()
    for offset, identity in enumerate(identities):
        if (type(identity), identity) in known:
            expected.add(offset)
        known.add((type(identity), identity))
    assert found == expected


def test_where_it_was_seen_before() -> None:
    """The later offset comes with the earlier one, across runs too."""
    with Identities(2) as seen:
        for offset, identity in enumerate([7, 8, 9, 7, "a", "a"]):
            seen.add(identity, offset)
        assert sorted(seen.twice()) == [(3, 0), (5, 4)]
        assert seen.count == 6


def test_memory_is_flat() -> None:
    """Twice the rows take no more memory than once."""

    def peak(rows) -> int:
        tracemalloc.start()
        with Identities(4_096) as seen:
            for offset in range(rows):
                seen.add(offset * 7, offset)
            assert not list(seen.twice())
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(80_000) < 1.5 * peak(40_000)
