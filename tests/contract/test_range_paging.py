"""Paging by `Range` and `Content-Range`: how it asks, follows and reads."""

from __future__ import annotations

import pytest

from conformance.checks.presenting import plain_request
from conformance.contract import ContractError
from conformance.contract.pagination import NotAddressable
from tests.support.contracts import loaded

DOCUMENT = """\
openapi: 3.1.0
info: {title: Books, version: '1'}
paths:
  /books:
    get:
      operationId: list-books
      responses:
        '206':
          description: ok
          content: {application/json: {schema: {type: array, items: {type: object}}}}
"""
OVERLAY = """\
overlay: 1.0.0
actions:
  - target: $.paths['/books'].get
    update: {x-conformance: {pagination: {range: books, items: '', default_limit: 3%s}}}
"""
ROWS = [{"id": 1}, {"id": 2}, {"id": 3}]


@pytest.fixture
def operation(tmp_path):
    """The list."""
    return loaded(tmp_path, DOCUMENT, OVERLAY % "").operations[0]


def read(operation, content_range, rows=ROWS):
    """The page of rows with this field."""
    return operation.pagination.read(rows, {"content-range": content_range}.get)


@pytest.mark.parametrize(
    ("field", "total", "following"),
    [
        ("books 0-2/7", 7, "books=3-5"),
        ("0-2/7", 7, "books=3-5"),
        ("books 4-6/7", 7, None),
        ("books 0-2/*", None, "books=3-5"),
        (None, 3, None),
    ],
)
def test_a_page_says_where_it_stands(operation, field, total, following) -> None:
    """The next range starts behind its last row, unless that is the last of all."""
    listing = read(operation, field)
    assert (listing.rows, listing.total) == (tuple(ROWS), total)
    assert listing.following == (following and (("Range", following),))
    assert listing.leads_on is (following is not None)


def test_a_page_without_rows_is_the_end(operation) -> None:
    """Whatever the total."""
    listing = read(operation, "books */7", [])
    assert (listing.total, listing.leads_on, listing.following) == (7, False, None)


@pytest.mark.parametrize("field", ["books from 0 to 2", "books 0-2", "books 0-x/7", ""])
def test_a_field_that_is_no_range_is_no_page(operation, field) -> None:
    """Nothing is guessed of it."""
    assert read(operation, field) is None


def test_a_range_is_asked_for_in_a_field(operation) -> None:
    """Filters stay in the query; the first page is a request without the field."""
    paging = operation.pagination
    request = plain_request(operation, ("genre", "crime"), ("Range", "books=3-5"))
    assert (request.target, request.headers) == (
        "/books?genre=crime",
        (("Range", "books=3-5"),),
    )
    assert paging.window(3, 0) == ()
    with pytest.raises(NotAddressable):
        paging.window(3, 1)
    assert {"pagination", "total"} <= set(operation.traits)
    assert not {"sizes", "has_more", "page_query", "query_order", "windows"} & set(operation.traits)


def test_a_key_of_another_style_is_refused(tmp_path) -> None:
    """Nothing would ever read it."""
    with pytest.raises(ContractError, match="no check reads offset"):
        loaded(tmp_path, DOCUMENT, OVERLAY % ", style: range, offset: o")
