"""Limit/offset paging by the interface that laws and checks meet."""

from __future__ import annotations

import pytest

from conformance.contract.pagination import Listing, Parameter, Role
from conformance.contract.pagination.limit_offset import LimitOffset
from conformance.contract.pagination.telling import Telling

PAGING = LimitOffset(Telling("/rows", "/more", "/count"), 10, 50, "max", "skip")


def body(**changes):
    return {"rows": [1, 2], "more": True, "count": 9} | changes


def read(content):
    return PAGING.read(content, lambda name: None)


def test_windows_are_asked_for_by_two_parameters() -> None:
    """What is left out takes the documented default."""
    assert PAGING.window(5, 20) == (("max", "5"), ("skip", "20"))
    assert PAGING.window(start=0) == (("skip", "0"),)
    assert (PAGING.first(), PAGING.first(7)) == ((), (("max", "7"),))
    assert PAGING.addressable


def test_parameters_have_roles_and_bounds() -> None:
    """Checks learn from them what is out of bounds."""
    size, start = PAGING.parameters
    assert size == Parameter("max", Role.SIZE, True, 10, 1, 50)
    assert (start.name, start.role, start.default, start.minimum, start.maximum) == (
        "skip",
        Role.START,
        0,
        0,
        None,
    )
    assert PAGING.parameter(Role.SIZE) is not None
    assert PAGING.parameter(Role.CURSOR) is None
    assert (PAGING.default_size, PAGING.maximum_size) == (10, 50)


def test_a_page_is_read_from_the_envelope() -> None:
    """Rows, whether more follow, how many there are."""
    assert read(body()) == Listing((1, 2), True, 9)
    assert PAGING.pointers == ("/rows", "/more", "/count")


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        body(rows={}),
        body(more=1),
        body(count=True),
        body(count=9.0),
        body(count="9"),
        {"rows": []},
    ],
    ids=str,
)
def test_an_answer_without_one_of_them_is_no_page(content) -> None:
    """Nor is one whose value is of another type; a boolean is no number."""
    assert read(content) is None


def test_the_next_page_follows_the_rows_that_came() -> None:
    """Not those that were asked for; behind the last page there is none."""
    assert PAGING.following(Listing((1, 2), True, 9), 5, 20) == (("max", "5"), ("skip", "22"))
    assert PAGING.following(Listing((1, 2), True, 9), None, 0) == (("skip", "2"),)
    assert PAGING.following(Listing((1, 2), False, 22), 5, 20) is None


def test_a_total_that_no_list_has_is_no_page() -> None:
    """Beyond what readers of JSON keep exact; below it a total is what it says."""
    assert read(body(count=2**53)) is None
    assert read(body(count=10**25)) is None
    listing = read(body(count=2**53 - 1))
    assert listing is not None
    assert listing.total == 2**53 - 1


def test_what_an_answer_does_not_tell_is_not_read() -> None:
    """A list without a total and a flag is a page, also where it is the whole body."""
    bare = LimitOffset(Telling(""), 10, 50, "max", "skip")

    assert bare.read([1, 2], lambda name: None) == Listing((1, 2), None, None)
    assert bare.read({"rows": []}, lambda name: None) is None
    assert bare.pointers == ("",)
    assert (bare.tells_total, bare.tells_more) == (False, False)
    assert (PAGING.tells_total, PAGING.tells_more) == (True, True)


def test_without_a_flag_and_a_total_only_an_empty_page_is_the_end() -> None:
    """A short page may hide rows behind it; a total tells the end by itself."""
    bare = LimitOffset(Telling("/rows"), 10, 50, "max", "skip")
    counted = LimitOffset(Telling("/rows", None, "/count"), 10, 50, "max", "skip")

    assert bare.following(Listing((1, 2)), 5, 20) == (("max", "5"), ("skip", "22"))
    assert bare.following(Listing(()), 5, 22) is None
    assert counted.following(Listing((1, 2), None, 23), 5, 20) == (("max", "5"), ("skip", "22"))
    assert counted.following(Listing((1, 2), None, 22), 5, 20) is None


def test_offsets_go_as_far_as_they_are_documented() -> None:
    """No further page is asked for; what an overlay states goes before what the document has."""
    bounded = PAGING.reaching(30)
    assert (bounded.aligned(5, 20), bounded.aligned(5, 31)) == (20, 30)
    assert (bounded.has_words(5, 30), bounded.has_words(5, 31)) == (True, False)
    assert bounded.parameters[1].maximum == 30
    assert bounded.reaching(7) == bounded
    assert bounded.following(Listing((1,), True, 99), 1, 29) == (("max", "1"), ("skip", "30"))
    assert bounded.following(Listing((1,), True, 99), 1, 30) is None
