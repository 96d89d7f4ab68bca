"""What an answer breaks by itself, under every reading of its request."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from conformance.client import Request, Response
from conformance.contract import load_contract
from conformance.laws.oracle.alone import broken_alone
from tests.support.lists import exchange

OPERATION = load_contract().operations[0]


def answer(query: str, rows: int, total: int, has_more: bool):
    body = {"data": [{"id": n} for n in range(rows)], "total": total, "has_more": has_more}
    request = Request("GET", "/v1/batch-calls", raw_query=query)
    headers = (("Content-Type", "application/json"),)
    response = Response(200, "OK", "1.1", headers, json.dumps(body).encode())
    return replace(exchange(), request=request, response=response)


@pytest.mark.parametrize(
    ("query", "rows", "total", "has_more", "broken"),
    [
        ("limit=20&offset=40", 20, 61, True, []),
        ("limit=21&offset=40", 21, 61, True, ["PAG-03"]),
        ("limit=21&offset=40", 20, 61, True, ["PAG-02"]),
        ("offset=61", 0, 61, True, ["PAG-03"]),
        ("offset=61", 0, 61, False, []),
        ("offset=9223372036854775808", 0, 61, True, ["PAG-03"]),
        ("offset=9223372036854775808", 20, 61, True, []),
        ("limit=-1", 20, 61, True, []),
        ("limit=-1", 7, 61, True, ["PAG-02"]),
    ],
)
def test_a_page_contradicts_its_own_window_or_total(query, rows, total, has_more, broken) -> None:
    """Only what no reading of the request allows is named."""
    assert broken_alone(answer(query, rows, total, has_more), OPERATION) == broken


def test_an_answer_without_a_page_breaks_nothing_alone() -> None:
    """A refusal, or a body that is no list, is for other laws to judge."""
    refused = answer("limit=0", 0, 0, has_more=False)
    response = Response(400, "Bad Request", "1.1", (), b"{}")
    assert broken_alone(replace(refused, response=response), OPERATION) == []


def test_requests_are_told_apart_by_all_that_is_sent() -> None:
    """Exchanges of one request are known as such, in one region and whatever is expected of them."""
    seen = answer("limit=1", 1, 1, has_more=False)
    again = replace(seen, id="other", request=replace(seen.request, edge=True, plain=True))
    assert seen.asked == again.asked
    otherwise = replace(
        seen, request=replace(seen.request, raw_query=None, query=(("limit", "1"),))
    )
    assert seen.asked == otherwise.asked
    assert seen.asked != replace(seen, region="mars").asked
    assert seen.asked != replace(seen, request=replace(seen.request, raw_query="limit=2")).asked
    assert seen.asked != replace(seen, request=replace(seen.request, headers=(("A", "b"),))).asked


def test_a_filtered_page_breaks_paging_under_a_filter_too() -> None:
    """The law of the unfiltered list may hold: then it explains nothing."""
    seen = answer("agent_id=3&limit=5", 5, 5, has_more=True)
    assert broken_alone(seen, OPERATION) == ["PAG-03", "FIL-03"]
    assert broken_alone(answer("agent_id=3", 5, 5, has_more=False), OPERATION, 61) == []


def test_an_unusual_total_is_noted_of_the_unfiltered_list() -> None:
    """Most answers of the list tell how long it is."""
    seen = answer("limit=5", 5, 5, has_more=False)
    assert broken_alone(seen, OPERATION, 61) == ["PAG-04"]
    assert broken_alone(seen, OPERATION, 5) == []
    assert broken_alone(seen, OPERATION) == []


def test_rows_of_another_value_break_the_filter_itself() -> None:
    """Whatever else is wrong with such a page may be no more than that."""
    body = {"data": [{"id": 1, "agent_id": 4}], "total": 1, "has_more": False}
    seen = answer("agent_id=3", 0, 0, has_more=False)
    assert seen.response is not None
    other = replace(seen.response, body=json.dumps(body).encode())
    assert broken_alone(replace(seen, response=other), OPERATION) == ["FIL-01"]
    right = replace(seen, request=replace(seen.request, raw_query="agent_id=%204"))
    assert broken_alone(replace(right, response=other), OPERATION) == []
    empty = replace(seen, request=replace(seen.request, raw_query="agent_id="))
    assert broken_alone(replace(empty, response=other), OPERATION) == []
