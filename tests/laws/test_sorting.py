"""The laws of lists that are sorted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.parts_of_operation import Sort
from conformance.laws import sorting as laws
from tests.support.lists import exchange, first_page

UP, DOWN = Sort((("sort", "x"),), "/x"), Sort((("sort", "-x"),), "/x", descending=True)
WORDS = Sort((("sort", "x"),), "/x", words=("low", "medium", "high"))
VALUES = st.one_of(
    st.lists(st.integers() | st.floats(allow_nan=False)),
    st.lists(st.text("abcABC 0123456789-éß")),
    st.lists(st.datetimes().map(lambda moment: moment.isoformat() + "Z")),
)


def page(*values):
    return first_page([{"id": at, "x": value} for at, value in enumerate(values)])


@pytest.mark.parametrize(
    "values",
    [
        (1, 2, 2, 3.5),
        ("Zoe", "adam", "bert"),
        ("adam", "Bert", "Zoe"),
        ("Émile", "Eric", "Fritz"),
        ("item 9", "item 10"),
        ("9", "10", "80.5"),
        ("$90.00", "$1,200"),
        ("Tue, 31 Dec 2024 00:00:00 GMT", "Wed, 01 Jan 2025 00:00:00 GMT"),
        ("31/12/2023 10:00", "01/01/2024 09:30"),
        ("Dec 31, 2023", "Jan 1, 2024"),
        ("coop", "co-op b", "Co op c"),
        ("2024-01-01T00:00:00+05:30", "2024-01-01T00:00:00Z"),
        ("2024-01-31", "2024-02-01"),
        (3, None, 4),
        (None, 3, 4, None),
        ("我", "你", "a"),
        (True, False, True),
        (1, "0"),
        (["b"], ["a"]),
        (),
    ],
)
def test_what_may_be_in_order(values) -> None:
    """By any collation; rows without a value anywhere; what nobody can tell is not judged."""
    assert laws.sorted_by([page(*values)], UP) == []


@pytest.mark.parametrize(
    ("values", "sort", "actual"),
    [
        ((1, 3, 2), UP, "3 before 2; 1 of 3 rows are out of order"),
        ((1, 2, 3), DOWN, "1 before 2; 2 of 3 rows are out of order"),
        (("b", "a"), UP, "'b' before 'a'; 1 of 2 rows are out of order"),
        (
            ("2024-01-02T00:00:00Z", None, "2024-01-01T00:00:00Z"),
            UP,
            "'2024-01-02T00:00:00Z' before '2024-01-01T00:00:00Z'; 1 of 2 rows are out of order",
        ),
        (("high", "low", "medium"), UP, None),
        (("medium", "low", "high"), WORDS, None),
        (
            ("low", "low", "high", "low", "medium"),
            WORDS,
            "'high' before 'low'; 1 of 5 rows are out of order",
        ),
        (
            ("Tue, 31 Dec 2024 00:00:00 GMT", "Mon, 30 Dec 2024 00:00:00 GMT"),
            UP,
            "'Tue, 31 Dec 2024 00:00:00 GMT' before 'Mon, 30 Dec 2024 00:00:00 GMT'; "
            "1 of 2 rows are out of order",
        ),
        (("$2", "$1,200", "$30"), UP, "'$1,200' before '$30'; 1 of 3 rows are out of order"),
    ],
)
def test_what_is_out_of_order(values, sort, actual) -> None:
    """By every collation; a vocabulary may be in any order, as long as equal words stand together."""
    found = laws.sorted_by([page(*values)], sort)
    if actual is None:
        assert found == []
        return
    [finding] = found
    assert finding.actual == actual
    assert finding.expected == f"rows {sort}"


def test_pages_are_in_order_one_after_another() -> None:
    """Each of them alone is."""
    pages = [page(1, 4), page(2, 5)]
    assert [laws.sorted_by([read], UP) for read in pages] == [[], []]
    [finding] = laws.sorted_by(pages, UP)
    assert finding.actual == "4 before 2; 1 of 4 rows are out of order"


@given(VALUES)
def test_what_is_sorted_is_in_order(values) -> None:
    """In both directions, by the type's own order."""
    assert laws.sorted_by([page(*sorted(values))], UP) == []
    assert laws.sorted_by([page(*sorted(values, reverse=True))], DOWN) == []


@given(st.lists(st.integers(), min_size=2, unique=True), st.data())
def test_two_that_are_exchanged_are_seen(values, data) -> None:
    """Wherever they stand."""
    values.sort()
    at = data.draw(st.integers(0, len(values) - 2))
    values[at], values[at + 1] = values[at + 1], values[at]
    assert laws.sorted_by([page(*values)], UP)


def test_an_order_that_is_refused() -> None:
    """It is documented; a limit of rates says nothing of it, and silence is others' to say."""
    [finding] = laws.answered(exchange(400), DOWN)
    assert finding.actual == "status 400"
    assert finding.expected == "a list with its rows by /x, descending, under sort=-x"
    assert not any(laws.answered(exchange(status), DOWN) for status in (0, 200, 429))


def test_the_rows_are_those_of_the_plain_list() -> None:
    """Each once, in any order."""
    plain = [page(1, 2, 3)]
    assert laws.same_rows([replace(plain[0], ids=(2, 0, 1))], plain, UP) == []
    for ids, actual in (
        ((2, 0), "2 rows, 1 missing, 0 that are not in it or come twice"),
        ((2, 0, 0), "3 rows, 1 missing, 1 that are not in it or come twice"),
        ((2, 0, 1, 7), "4 rows, 0 missing, 1 that are not in it or come twice"),
    ):
        [finding] = laws.same_rows([replace(plain[0], ids=ids)], plain, UP)
        assert finding.actual == actual


def test_of_long_lists_the_totals_are_compared() -> None:
    """As far as they are told."""
    plain = page(1, 2)
    assert laws.same_total(plain, plain, UP) == []
    assert laws.same_total(replace(plain, total=None), plain, UP) == []
    [finding] = laws.same_total(replace(plain, total=1), plain, UP)
    assert (finding.expected, finding.actual) == (
        "total 2, as the plain list has, by /x, ascending, under sort=x",
        "total 1",
    )
