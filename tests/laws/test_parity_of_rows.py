"""The laws of parity of the rows of a list: their shape and order, and whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws import parity
from conformance.laws import parity_rows as laws
from conformance.laws.finding import Finding
from tests.support.lists import exchange
from tests.support.parity import BOTH, SHOWN, WORDS, both, column, pair

KEYS = "the same keys in every region's rows"
START = datetime(2026, 1, 1, tzinfo=UTC)


def row(at, **values) -> dict:
    stamp = (START + timedelta(seconds=at)).isoformat().replace("+00:00", "Z")
    return {"id": at, "name": f"n{at}", "status": "done", "created_at": stamp} | values


VALUES = st.fixed_dictionaries(
    {"note": st.none() | st.text(max_size=3), "rate": st.integers() | st.floats(allow_nan=False)}
)


def some(low, high):
    """Rows of distinct ids within a range, newest first."""
    ids = st.dictionaries(st.integers(low, high), VALUES, max_size=20)
    return ids.map(lambda found: [row(at, **found[at]) for at in sorted(found, reverse=True)])


@given(some(1, 1_000), some(1_001, 2_000))
def test_honest_regions_with_other_data_draw_no_finding(one, other) -> None:
    """Rows in the same order and form, of other values and in other numbers, are equal
    behaviour.
    """
    rows = both(one, other)
    assert laws.shapes(BOTH, rows) == []
    assert laws.orders(BOTH, rows) == []
    assert laws.forms(BOTH, rows, WORDS) == []
    assert parity.shared(BOTH, rows) == []


def test_another_envelope_is_a_finding() -> None:
    """A key more in one region, in whatever order, or a list where the other has an object."""
    keys = pair(exchange(200, {"total": 1, "data": []}), exchange(200, {"data": []}))
    [finding] = parity.envelope(keys)
    assert finding.expected == "the same keys of the envelope in every region"
    assert finding.actual == "global (data, total), india data"
    assert finding.exchanges == tuple(keys.values())
    assert (
        parity.envelope(pair(exchange(200, {"a": 1, "b": 2}), exchange(200, {"b": 1, "a": 2})))
        == []
    )
    [bare] = parity.envelope(pair(exchange(200, []), exchange(200, {})))
    assert bare.actual == "global list, india nothing"
    assert parity.envelope(keys, {"total"}) == []


def test_a_key_that_only_one_region_knows_is_a_finding() -> None:
    """A key in all rows of one region and in none of the other is named with both."""
    plain = [row(at) for at in range(1, laws.ENOUGH + 1)]
    rows = both(plain, [row(30, color="red"), row(40, color="blue")])
    wanted = Finding(KEYS, "color in every row of india, in none of global", SHOWN)
    assert laws.shapes(BOTH, rows) == [wanted]


def test_few_rows_say_nothing_of_what_they_lack() -> None:
    """A region of a handful of rows may have no value for a property at all, and leave it out."""
    few = [row(at) for at in range(1, laws.ENOUGH)]
    assert laws.shapes(BOTH, both(few, [row(30, color="red"), row(40, color="blue")])) == []
    assert laws.shapes(BOTH, both(few, [row(30, note=None), row(40, note="x")])) == []


def test_a_key_that_some_rows_have_may_be_missing_elsewhere() -> None:
    """A property without a value may be left out, and all rows of a region may lack a value."""
    assert laws.shapes(BOTH, both([row(1), row(2, note="x")], [row(3)])) == []
    assert (
        laws.shapes(BOTH, both([row(1, note="y"), row(2, note="x")], [row(3), row(4, note="z")]))
        == []
    )
    assert laws.shapes(BOTH, both([], [row(3)])) == []


def test_null_here_and_left_out_there_is_a_finding() -> None:
    """Two ways to say that there is no value are two behaviours."""
    nulls = [row(1, note=None), *(row(at, note="x") for at in range(2, laws.ENOUGH + 1))]
    rows = both(nulls, [row(30), *(row(30 + at, note="z") for at in range(1, laws.ENOUGH))])
    wanted = Finding(KEYS, "note null where it has no value in global, left out in india", SHOWN)
    assert laws.shapes(BOTH, rows) == [wanted]
    assert laws.shapes(BOTH, both(rows["india"], rows["global"]))[0].actual == (
        "note null where it has no value in india, left out in global"
    )
    assert laws.shapes(BOTH, both(rows["global"], [row(3, note="y"), row(4, note="z")])) == []


@pytest.mark.parametrize(
    ("one", "other", "fine"),
    [
        ((1, 2), ("3", "4"), False),
        ((1, 2), (True, False), False),
        ((1.5, 2), (True, "4"), False),
        (([1], [2]), ({}, {}), False),
        ((None, 1), (None, "x"), False),
        ((1, 2), (3.5, 4.5), True),
        ((1, "2"), ("3", "4"), True),
        ((None, None), ("3", "4"), True),
        (("3", "4"), (None, None), True),
    ],
)
def test_types_that_exclude_each_other_are_a_finding(one, other, fine) -> None:
    """Numbers are one type and null excludes none; a difference is told once, not from
    either side.
    """
    found = laws.shapes(BOTH, both(column(one), column(other)))
    assert [one.expected for one in found] == ([] if fine else ["id of the same type"])
    assert len(laws.shapes(BOTH, both(column(other), column(one)))) == len(found)


def test_types_are_said_once_each() -> None:
    """Each region's types are named, sorted."""
    rows = both([{"id": 1}, {"id": 2}, {"id": None}], [{"id": "x"}, {"id": "y"}])
    text = "global ['NoneType', 'number'], india ['str']"
    assert laws.shapes(BOTH, rows) == [Finding("id of the same type", text, SHOWN)]


def test_rows_that_are_no_objects_have_no_shape() -> None:
    """They are the schema laws' to name, and spoil no comparison."""
    rows = both([7, row(1), "x"], [[], row(2), None])
    assert laws.shapes(BOTH, rows) == []
    assert laws.orders(BOTH, both([7] * 9, [8] * 9)) == []
    assert laws.forms(BOTH, rows, WORDS) == []


def test_an_order_turned_round_is_a_finding() -> None:
    """Newest first here and oldest first there, with the properties that show it."""
    rows = both([row(at) for at in range(20, 10, -1)], [row(at) for at in range(30, 40)])
    text = (
        "global (created_at descending, id descending, name descending), "
        "india (created_at ascending, id ascending, name ascending)"
    )
    assert laws.orders(BOTH, rows) == [Finding("the same order in every region", text, SHOWN)]


def test_an_order_by_another_property_is_a_finding() -> None:
    """Sorted by id here and by name there; one common property would be enough to agree."""
    one = [{"id": at, "name": name} for at, name in zip(range(8), "cabhdgfe", strict=True)]
    other = [
        {"id": at, "name": name}
        for at, name in zip((3, 1, 2, 8, 4, 7, 6, 5), "abcdefgh", strict=True)
    ]
    [finding] = laws.orders(BOTH, both(one, other))
    assert finding.actual == "global id ascending, india name ascending"
    assert laws.orders(BOTH, both(one, [{"id": at, "name": "x"} for at in range(8)])) == []


@pytest.mark.parametrize(
    "values",
    [
        range(7),  # too few rows
        [1, 2, 3, 4, 5, 6, 7, 7, 7],  # too few values
        [3, 1, 2, 8, 4, 7, 6, 5],  # no order to see
        [1, 2, 3, 4, 5, 6, 7, None],  # nulls
        [1, 2, 3, 4, 5, 6, 7, "8"],  # types that do not compare
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0],
        [[1], [2], [3], [4], [5], [6], [7], [8]],
    ],
)
def test_an_order_that_cannot_be_seen_is_not_compared(values) -> None:
    """Few rows, few values, nulls, mixed types, or rows in no order speak neither way."""
    assert laws.orders(BOTH, both(column(values), column(range(20, 10, -1)))) == []
    assert laws.orders(BOTH, both(column(range(20, 10, -1)), column(values))) == []


def test_eight_rows_show_an_order() -> None:
    """As few as that; equal neighbours and what is no object do not hide it, nor make one."""
    down = column(range(20, 10, -1))
    assert laws.orders(BOTH, both(column(range(8)), down))
    assert laws.orders(BOTH, both(column([1, 1, 2, 3, 4, 5, 6, 7, 8]), down))
    odd = [{"id": 0}, 7]
    assert laws.orders(BOTH, both([*odd, *column(range(1, 8))], down))
    assert laws.orders(BOTH, both(odd + [7] * 7, down)) == []


def test_rows_that_two_regions_serve_are_counted() -> None:
    """The same row in both is a finding; twice in one region it is another law's."""
    rows = both([row(1), row(2), row(3)], [row(3), row(4), row(1)])
    assert parity.shared(BOTH, rows) == [
        Finding("no row that the other region serves too", "2 rows in both", SHOWN)
    ]
    assert parity.shared(BOTH, both([row(1), row(1)], [row(2)])) == []
    assert parity.shared(BOTH, both([row(1)], [row(1, name="other")])) == []


def test_a_row_is_the_same_in_whatever_order_its_keys_come() -> None:
    """Two regions that write one object from different ends serve the same row."""
    assert parity.shared(BOTH, both([row(1)], [dict(reversed(row(1).items()))]))


@given(st.lists(st.sampled_from(["in", "progress", "cancelled", "done"]), min_size=1, max_size=3))
def test_a_word_is_the_same_whatever_parts_it_or_doubles_its_letters(parts) -> None:
    """And another one only if it is spelled so everywhere."""
    one, other = "_".join(parts), "-".join(parts).replace("ll", "l")
    rows = {"a": [{"status": one}] * 3, "b": [{"status": other}] * 3}
    pair = {region: exchange(200, {}) for region in rows}
    findings = laws.forms(pair, rows, ["/status"])
    assert bool(findings) is (one != other)
