"""Lists without paging."""

from __future__ import annotations

import pytest

from conformance.contract.pagination import NotAddressable
from tests.support.contracts import THINGS, loaded

OVERLAY = """\
overlay: 1.0.0
actions:
  - target: $.paths['/things'].get
    update: {x-conformance: {identity: /key, pagination: {style: unpaged, items: /rows, total: /count}}}
"""


@pytest.fixture
def operation(tmp_path):
    """The list."""
    return loaded(tmp_path, THINGS, OVERLAY).operations[0]


def test_one_request_is_all_that_there_is(operation) -> None:
    """It has no parameter, and no second page."""
    paging = operation.pagination
    listing = paging.read({"rows": [1, 2], "count": 2}, {}.get)
    assert (listing.rows, listing.total) == ((1, 2), 2)
    assert (paging.window(), paging.parameters) == ((), ())
    assert paging.following(listing, None, 0) is None
    with pytest.raises(NotAddressable):
        paging.window(None, 3)


def test_it_is_asked_as_what_has_no_pages(operation) -> None:
    """But its rows can be fetched."""
    assert not operation.has_pages
    assert not operation.applies("windows")
    assert operation.applies("item")


def test_it_may_be_a_part_of_the_list(tmp_path) -> None:
    """Where the overlay says so: what a filter finds may be no row of it."""
    partial = OVERLAY.replace("total: /count", "partial: true")
    given = []
    for overlay in (OVERLAY, partial):
        paging = loaded(tmp_path, THINGS, overlay).operations[0].pagination
        given.append(paging is not None and paging.gives_all)
    assert given == [True, False]
