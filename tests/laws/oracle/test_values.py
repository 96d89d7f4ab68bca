"""What a parameter's value may be taken for: each class of value, and the readings that it leaves
open.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.pagination import Parameter, Role
from conformance.laws.oracle.values import LARGE, Kind, lenient_integer, read_parameter

LIMIT = Parameter("limit", Role.SIZE, True, 20, 1, 100)
OFFSET = Parameter("offset", Role.START, True, 0, 0)


@pytest.mark.parametrize(
    ("texts", "kind", "values", "refused"),
    [
        ([], Kind.MISSING, {20}, False),
        (["7"], Kind.WITHIN, {7}, False),
        (["100"], Kind.WITHIN, {100}, False),
        (["101"], Kind.ABOVE, {100}, True),
        (["0"], Kind.BELOW, {0, 1, 20}, True),
        (["-5"], Kind.BELOW, {0, 1, 20}, True),
        (["abc"], Kind.OTHER, {20}, True),
        (["10abc"], Kind.OTHER, {20}, True),
        (["+10"], Kind.LENIENT, {10, 20}, True),
        (["1e1"], Kind.LENIENT, {10, 20}, True),
        (["0x10"], Kind.LENIENT, {16, 20}, True),
        (["007"], Kind.LENIENT, {7, 20}, True),
        (["\uff11\uff10"], Kind.LENIENT, {10, 20}, True),
        ([""], Kind.EMPTY, {20}, True),
        (["3", "5"], Kind.REPEATED, {3, 5}, True),
        ([str(2**63)], Kind.HUGE, {20, 100}, True),
        (["9" * 5_000], Kind.HUGE, {20, 100}, True),
    ],
)
def test_limit(texts: list[str], kind: Kind, values: set[int], refused: bool) -> None:
    """A page size: its class, the sizes that it may be taken for, and whether it may be refused."""
    reading = read_parameter(texts, LIMIT)
    assert (reading.kind, set(reading.values), reading.refused) == (kind, values, refused)


def test_an_offset_beyond_every_list_gives_no_rows() -> None:
    """A huge offset may be taken as it stands; a huge page size may not."""
    assert read_parameter([str(2**63)], OFFSET).beyond
    assert not read_parameter([str(2**63)], LIMIT).beyond


def test_a_negative_offset_is_clamped_to_the_bound_or_refused() -> None:
    """It is never a slice from the end of the list."""
    reading = read_parameter(["-1"], OFFSET)
    assert (reading.values, reading.refused) == (frozenset({0}), True)


@given(st.integers(0, LARGE))
def test_every_plain_offset_is_taken_as_it_stands(number: int) -> None:
    """A value within its bounds has one meaning, and is not refused unless it has ten digits."""
    reading = read_parameter([str(number)], OFFSET)
    assert reading.values == {number}
    assert (reading.refused, reading.documented) == (len(str(number)) > 9, True)


@given(st.text(max_size=30))
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    """Whatever the text, there is a reading; one that is no canonical integer may be refused."""
    reading = read_parameter([text], LIMIT)
    assert reading.refused or reading.kind is Kind.WITHIN
    number = lenient_integer(text)
    assert number is None or isinstance(number, int)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.5", 1), ("5abc", 5), ("5,x", 5), ("5,10", 5), ("2e1", 2), ("AAA", None), ("[1]", None)],
)
def test_a_text_may_be_taken_for_the_number_that_it_begins_with(text, number) -> None:
    """As many languages read it, where the document does not foresee that it is refused."""
    default = read_parameter([text], LIMIT).values
    begun = read_parameter([text], LIMIT, by_beginning=True).values
    assert begun == default | ({number} if number else set())
