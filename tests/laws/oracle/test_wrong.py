"""What is wrong with an answer, in a word for each part of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from conformance.client import Request, Response
from conformance.contract import load_contract
from conformance.laws.oracle.model import ListModel
from conformance.laws.oracle.wrong import answered, deviating
from tests.support.lists import exchange

OPERATION = load_contract().operations[0]
ROWS = 61
AXES = {"size": "limit", "start": "offset"}


def model(rows: int = ROWS, total: int = ROWS) -> ListModel:
    listed = [{"id": 1000 - n, "agent_id": n % 2} for n in range(rows)]
    ids = {n: row["id"] for n, row in enumerate(listed)}
    return ListModel(ids, {row["id"]: row for row in listed}, total, rows == total)


def answer(query: str, ids: list[int], total: int = ROWS, has_more: bool = True, status: int = 200):
    body = {"data": [{"id": name} for name in ids], "total": total, "has_more": has_more}
    response = Response(status, "", "1.1", (), json.dumps(body).encode())
    request = Request("GET", "/v1/batch-calls", raw_query=query)
    return replace(exchange(), request=request, response=response)


@pytest.mark.parametrize(
    ("seen", "wrong"),
    [
        (answer("limit=2&offset=10", [990, 989]), ()),
        (answer("limit=2&offset=10", [989, 990]), ("order",)),
        (answer("limit=2&offset=10", [991, 990]), ("order",)),
        (answer("limit=2&offset=10", [990]), ("rows",)),
        (answer("limit=2&offset=10", [990, 989], total=9), ("has_more", "rows", "total")),
        (answer("limit=2&offset=10", [990, 989], has_more=False), ("has_more",)),
        (answer("limit=2&offset=10", [], status=400), ("status 400",)),
        (answer("limit=2&offset=10", [], status=401), None),
    ],
)
def test_each_part_that_is_wrong_is_named(seen, wrong) -> None:
    """A page has rows, an order, a total and a flag; a refusal of what is valid has a status."""
    kept = answered(seen, OPERATION)
    told = deviating(kept, OPERATION, model(), AXES) if kept else None
    assert (told.wrong if told else None) == wrong
    if told:
        assert told.window == {"limit": 2, "offset": 10}
        assert told.asked == seen.asked


def test_a_list_that_contradicts_itself_still_tells_of_an_order() -> None:
    """A row that the list has at two offsets stands at the first of them."""
    doubled = model(100, total=137)
    ids = {**doubled.ids, 100: doubled.ids[99]}
    known = replace(doubled, ids=ids, _places={})
    kept = answered(answer("limit=1&offset=100", [ids[100]], total=137), OPERATION)
    assert kept is not None
    told = deviating(kept, OPERATION, known, AXES)
    assert told is not None
    assert told.wrong == ("order",)


def test_what_else_was_sent_is_kept_beside() -> None:
    """Filters and header fields: what fails with them may hold without."""
    seen = answer("agent_id=1&limit=1&offset=0", [1000], total=30)
    seen = replace(seen, request=replace(seen.request, headers=(("Accept", "*/*"),)))
    kept = answered(seen, OPERATION)
    assert kept is not None
    told = deviating(kept, OPERATION, model(), AXES)
    assert told is not None
    assert told.besides == ("?agent_id", "HTTP/1.1", "accept")


@pytest.mark.parametrize("path", ["/v1/batch-calls/7", "/v1/elsewhere"])
def test_what_asks_for_no_page_is_not_kept(path: str) -> None:
    """An item, or another path, has no window."""
    seen = answer("limit=2", [1])
    assert answered(replace(seen, request=replace(seen.request, path=path)), OPERATION) is None
    assert answered(replace(seen, response=None), OPERATION) is None
