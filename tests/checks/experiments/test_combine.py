"""What is asked under filters: windows of each value's list, and combinations."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.experiments.combine import bands, filtered_asks, sizes_with_room
from conformance.contract import load_contract
from conformance.laws.oracle.model import ListModel

OPERATION = load_contract().operations[0]
AGENTS = st.lists(st.sampled_from([7, 42, 57]), min_size=3, max_size=150)


def model_of(agents: list[int]) -> ListModel:
    """A list whose rows have these values."""
    rows = {number: {"id": number, "agent_id": agent} for number, agent in enumerate(agents)}
    return ListModel(dict(enumerate(rows)), rows, len(rows), True)


@given(st.integers(0, 5_000))
def test_bands_are_the_whole_list_and_its_last_row(total) -> None:
    """Each offset lies in a band; the last row is one by itself."""
    found = bands(total)
    covered = {offset for band in found for offset in band}
    assert covered >= set(range(total))
    assert range(max(total - 1, 0), max(total, 1)) in found


@given(AGENTS, st.integers(0, 9))
def test_each_value_is_asked_for_within_its_list_and_at_its_exact_end(agents, seed) -> None:
    """Whatever else is asked under filters."""
    counts = Counter(agents)
    known = sorted(counts)
    asks = filtered_asks(OPERATION, model_of(agents), {"agent_id": known}, seed)
    for value, count in counts.items():
        of_value = [ask for ask in asks if ask.filters == (("agent_id", str(value)),)]
        ends = {(ask.start or 0) + (ask.size or 0) for ask in of_value if ask.client is None}
        assert count in ends
        assert all((ask.start or 0) < count or count == 0 for ask in of_value)


@given(AGENTS, st.integers(0, 9))
def test_the_longest_filtered_list_is_asked_for_in_each_band_of_offsets(agents, seed) -> None:
    """What a server does deep down shows where a list goes deep."""
    value, count = Counter(agents).most_common(1)[0]
    asks = filtered_asks(OPERATION, model_of(agents), {"agent_id": sorted(set(agents))}, seed)
    starts = {ask.start for ask in asks if ask.filters == (("agent_id", str(value)),)}
    for band in bands(count)[4:-1]:
        assert starts & set(band)


@given(AGENTS, st.integers(0, 9))
def test_the_deepest_window_of_the_longest_filtered_list_has_the_largest_size(agents, seed) -> None:
    """What a server does for its largest pages alone shows under a filter, past the first row."""
    value, count = Counter(agents).most_common(1)[0]
    asks = filtered_asks(OPERATION, model_of(agents), {"agent_id": sorted(set(agents))}, seed)
    starts = {ask.start for ask in asks if ask.size == 100 and ask.filters[0][1] == str(value)}
    for band in bands(count)[4:-1][-1:]:
        assert starts & set(band)


@given(AGENTS, st.integers(0, 9))
def test_sizes_with_room_are_those_that_their_lists_can_fill(agents, seed) -> None:
    """A page of that many rows is full, and does not end the list."""
    counts = Counter(agents)
    model = model_of(agents)
    asks = filtered_asks(OPERATION, model, {"agent_id": sorted(counts)}, seed)
    for size in sizes_with_room(asks, OPERATION, model):
        fitting = [ask for ask in asks if ask.size == size]
        assert any(
            ask.start + size < counts[int(ask.filters[0][1])]
            for ask in fitting
            if ask.start is not None
        )


def test_every_client_and_value_is_combined_with_something() -> None:
    """Two regions, and a run that is repeated, ask the same."""
    model = model_of([7, 42, 57] * 40)
    known = {"agent_id": [7, 42, 57]}
    asks = filtered_asks(OPERATION, model, known, 1)
    assert asks == filtered_asks(OPERATION, model, known, 1)
    assert len({ask.client.name for ask in asks if ask.client}) >= 6
    assert asks != filtered_asks(OPERATION, model, known, 2)
