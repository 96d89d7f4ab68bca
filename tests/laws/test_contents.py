"""The law that a row reads the same wherever it is listed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conformance.laws import contents as laws
from tests.support.lists import exchange

NAMES = ("id", "name", "seen")
WINDOWS = (exchange(), exchange())


def rows(*names: str, seen: int = 0):
    return [{"id": 1, "name": name, "seen": seen + index} for index, name in enumerate(names)]


def test_what_each_window_repeats_and_the_other_contradicts_is_said() -> None:
    """Whatever else of the row changes every time."""
    [found] = laws.same_everywhere(1, (rows("a", "a"), rows("b", "b", seen=7)), NAMES, WINDOWS)
    assert found.expected == "row 1 with name 'a', as the other window has it"
    assert found.actual == "name 'b'"
    assert found.exchanges == WINDOWS[::-1]


def test_what_changes_within_a_window_is_a_change_of_the_data() -> None:
    """One reading that agrees with the other window is enough."""
    assert laws.same_everywhere(1, (rows("a", "b"), rows("b", "b")), NAMES, WINDOWS) == []
    assert laws.same_everywhere(1, (rows("a", "a"), rows("b", "a")), NAMES, WINDOWS) == []
    assert laws.same_everywhere(1, ([], rows("a")), NAMES, WINDOWS) == []


def test_only_what_both_have_and_is_documented_is_compared() -> None:
    """A row that is no object has no property."""
    assert laws.differing({"id": 1, "x": 1}, {"id": 1, "x": 2}, NAMES) == []
    assert laws.differing({"id": 1}, {"id": 1, "name": "a"}, NAMES) == []
    assert laws.differing(1, {"id": 1}, NAMES) == []
    assert laws.differing({"id": 1, "name": "a"}, {"id": 2, "name": "b"}, NAMES) == ["id", "name"]


@given(st.lists(st.sampled_from("ab"), min_size=6, max_size=6), st.integers(0, 5))
def test_a_change_at_one_moment_is_never_a_finding(values, at) -> None:
    """However the data change once between two of the readings, no window has them to itself."""
    turns = (0, 1, 1, 0, 0, 1)
    before, after = values[0], values[-1]
    readings: tuple[list, list] = ([], [])
    for moment, window in enumerate(turns):
        readings[window].append({"name": before if moment < at else after})
    assert laws.same_everywhere(1, readings, NAMES, WINDOWS) == []


@given(st.text(), st.text(), st.integers(1, 4))
def test_a_value_of_the_window_is_found_for_any_values(one, other, count) -> None:
    """And nothing where both windows have the same."""
    readings = ([{"name": one}] * count, [{"name": other}] * count)
    found = laws.same_everywhere(1, readings, NAMES, WINDOWS)
    assert bool(found) == (one != other)


def dated(name: str, time: str | None = "09:00") -> dict:
    return {"id": 1, "name": name, "seen": time}


def test_what_was_another_value_for_a_moment_is_said() -> None:
    """Where the time of update knows nothing of it."""
    shown = (exchange(),)
    [found] = laws.reverted(1, (dated("a"), dated("b"), dated("a")), NAMES, "/seen", shown)
    assert found.expected == "row 1 with name 'a', as before and after"
    assert found.actual == "name 'b', and no later time of update"


def test_a_change_that_lasts_or_that_is_dated_is_none() -> None:
    """Nor is anything told without a time of update."""

    def found(*rows, updated="/seen"):
        return laws.reverted(1, rows, NAMES, updated, ())

    assert found(dated("a"), dated("b"), dated("b")) == []
    assert found(dated("a"), dated("b", "10:00"), dated("a")) == []
    assert found(dated("a"), dated("b"), dated("a", "11:00")) == []
    assert found(dated("a", None), dated("b", None), dated("a", None)) == []
    assert found(dated("a"), dated("b"), dated("a"), updated=None) == []
    assert found(dated("a"), dated("a"), dated("a")) == []
