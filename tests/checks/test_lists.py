"""Reading lists in a style of paging that has neither windows nor totals: no check knows of it."""

from __future__ import annotations

import pytest

from conformance.checks import test_bounds, test_pages, test_parameters, test_windows
from conformance.checks.lists import longest, page, walk, window
from conformance.contract.pagination import NotAddressable
from tests.support.cursor import CursorServer, cursor_check

CHECKS = (
    test_pages.test_walks,
    test_pages.test_past_the_end,
    test_pages.test_repeats,
    test_windows.test_windows,
    test_parameters.test_defaults,
    test_parameters.test_repeated,
    test_parameters.test_order,
    test_bounds.test_over_the_maximum,
    test_bounds.test_below_the_minimum,
    test_bounds.test_not_an_integer,
    test_bounds.test_lenient_forms,
)


def findings(server: CursorServer) -> set[str]:
    """The requirements of pagination that the checks have something against."""
    sender, evidence = cursor_check(server)
    for check in CHECKS:
        check(sender, evidence)
    return {
        name
        for (name, _), judgement in evidence.judgements.items()
        if judgement.findings and name.startswith("PAG-")
    }


def test_pages_are_followed_one_after_another() -> None:
    """The second is asked for by what the first one says, until there is no next."""
    server = CursorServer(23)
    sender, _ = cursor_check(server)
    walked = walk(sender, 10)
    assert [read.ids for read in walked.pages] == [
        tuple(range(1, 11)),
        tuple(range(11, 21)),
        (21, 22, 23),
    ]
    assert [read.offset for read in walked.pages] == [0, 10, 20]
    assert (walked.whole, walked.total) == (True, 23)
    assert [request.target.partition("?")[2] for request in server.asked] == [
        "size=10",
        "size=10&after=10",
        "size=10&after=20",
    ]


def test_a_long_list_is_followed_as_far_as_it_is_worth() -> None:
    """What was not read is not the whole list."""
    sender, _ = cursor_check(CursorServer(1_000))
    walked = walk(sender, 10, most=4)
    assert (len(walked.pages), walked.whole) == (4, False)
    assert longest(sender).pages[0].limit == 50


def test_only_the_first_page_can_be_asked_for_by_its_start() -> None:
    """The style has no words for any other."""
    sender, _ = cursor_check(CursorServer(23))
    first = page(sender, 5, 0)
    assert first is not None
    assert first.ids == (1, 2, 3, 4, 5)
    with pytest.raises(NotAddressable):
        window(sender.context, 5, 10)


def test_a_healthy_list_breaks_nothing() -> None:
    """The checks that need windows have nothing to say; the others pass."""
    assert findings(CursorServer(137)) == set()


def test_a_row_that_comes_twice_is_seen() -> None:
    """Each page begins with the last row of the one before it."""

    def lie(start, body):
        repeated = [{"id": start}] if start else []
        return body | {"items": [*repeated, *body["items"]][: max(len(body["items"]), 1)]}

    assert "PAG-05" in findings(CursorServer(137, lie))


def test_an_order_that_depends_on_the_page_size_is_seen() -> None:
    """Small pages are sorted the other way."""

    def lie(start, body):
        is_small = len(body["items"]) <= 10
        return body | {"items": body["items"][::-1]} if is_small else body

    assert "PAG-06" in findings(CursorServer(137, lie))
