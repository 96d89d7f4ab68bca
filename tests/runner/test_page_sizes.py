"""The sizes of pages that an overlay assumes, learned from a list's first pages."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from conformance.contract import load_contract
from conformance.contract.pagination.limit_offset import LimitOffset
from conformance.contract.pagination.page_size import PageSize
from conformance.contract.pagination.telling import DEFAULT, MAXIMUM, SIZES, Telling
from conformance.runner.page_sizes import with_sizes

OPERATION = load_contract().operations[0]
TELLING = Telling("/rows", total="/total")
OPEN = LimitOffset(TELLING, 20, 100, "limit", "offset", assumed=SIZES)


class Server:
    """A list of so many rows; pages of a default, and at most a maximum, which refuses or clamps."""

    def __init__(self, rows: int, default: int, maximum: int, *, refuses: bool = False) -> None:
        self.rows, self.default, self.maximum, self.refuses = rows, default, maximum, refuses
        self.asked: list[dict[str, str]] = []

    def answer(self, query: Any) -> Any:
        """As much of an exchange as is read."""
        asked = dict(query)
        self.asked.append(asked)
        size = int(asked.get("limit", self.default))
        if size > self.maximum and self.refuses:
            return SimpleNamespace(ok=False, response=None, json=None)
        start = int(asked.get("offset", 0)) or (int(asked.get("page", 1)) - 1) * self.default
        count = max(0, min(size, self.maximum, self.rows - start))
        body = {"rows": [{}] * count, "total": self.rows}
        return SimpleNamespace(ok=True, response=SimpleNamespace(header=lambda _: None), json=body)


def learned(server: Server, paging: Any) -> Any:
    """The paging of a region."""
    return with_sizes(replace(OPERATION, pagination=paging), server.answer).pagination


@pytest.mark.parametrize("refuses", [False, True])
@pytest.mark.parametrize(
    ("default", "maximum"), [(10, 50), (25, 25), (20, 100), (20, 101), (50, 1_000), (7, 999)]
)
def test_what_pages_have_is_learned(default, maximum, refuses) -> None:
    """By clamps and by refusals."""
    found = learned(Server(3_000, default, maximum, refuses=refuses), OPEN)
    assert (found.default_limit, found.maximum_limit) == (default, maximum)
    assert not found.unbounded


def test_what_is_stated_stands() -> None:
    """Whatever the server does, and without a request."""
    server = Server(300, 10, 50)
    assert learned(server, replace(OPEN, assumed=())) == replace(OPEN, assumed=())
    assert server.asked == []
    found = learned(server, replace(OPEN, assumed=(DEFAULT,)))
    assert (found.default_limit, found.maximum_limit) == (10, 100)
    found = learned(server, replace(OPEN, assumed=(MAXIMUM,)))
    assert (found.default_limit, found.maximum_limit) == (20, 50)


def test_a_short_list_shows_nothing() -> None:
    """The assumptions stay what they are, but for a page that has more."""
    assert learned(Server(7, 10, 50), OPEN) == replace(OPEN, assumed=())
    assert learned(Server(34, 50, 100), OPEN) == replace(OPEN, default_limit=34, assumed=())


def test_a_page_that_lacks_a_row_is_no_clamp() -> None:
    """The next size has as many rows."""
    server = Server(300, 20, 1_000)
    whole = server.answer

    def lacking(query: Any) -> Any:
        found = whole(query)
        if dict(query).get("limit") == "100":
            found.json["rows"].pop()
        return found

    found = with_sizes(replace(OPERATION, pagination=OPEN), lacking).pagination
    assert found is not None
    assert found.maximum_size == 100


def test_no_maximum_is_found_where_every_limit_is_filled() -> None:
    """PAG-11 has nothing to say then."""
    found = learned(Server(20_000, 20, 10**9), OPEN)
    assert (found.default_limit, found.unbounded) == (20, True)


@pytest.mark.parametrize("rows", [25, 10])
def test_a_list_that_tells_nothing_shows_its_next_page(rows) -> None:
    """By number, where no parameter says how many rows a page has."""
    paging = PageSize(Telling("/rows"), 20, 20, "page", assumed=(DEFAULT,))
    found = learned(Server(rows, 10, 10), paging)
    assert found.default_limit == (10 if rows > 10 else 20)


def test_what_is_no_page_teaches_nothing() -> None:
    """That it is none is for the checks to say."""
    refused: Any = SimpleNamespace(ok=False, response=None, json=None)
    operation = replace(OPERATION, pagination=OPEN)
    assert with_sizes(operation, lambda _: refused) is operation
