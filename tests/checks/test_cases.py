"""Of which laws the request of a finding is a case too: of none that the same window keeps in another
form.
"""

from __future__ import annotations

import json
from dataclasses import replace

from conformance.checks.evidence import Evidence
from conformance.client import Exchange, Request, Response
from conformance.laws.finding import Finding
from tests.support.checks import make_context
from tests.support.lists import exchange


def page(query: str, rows: int, total: int = 61, **sent: str) -> Exchange:
    body = {"data": [{"id": n} for n in range(rows)], "total": total, "has_more": True}
    headers = tuple(sent.items())
    request = Request("GET", "/v1/batch-calls", raw_query=query, headers=headers)
    response = Response(200, "OK", "1.1", (), json.dumps(body).encode())
    return replace(exchange(), request=request, response=response)


def cases(*exchanges: Exchange) -> dict[str, set[str]]:
    """By requirement, the requests that a finding of PAG-16 about the exchanges makes cases."""
    context = make_context()
    evidence = Evidence(context, frozenset(context.contract.requirements))
    evidence.judge("PAG-16", [Finding("a", "b", exchanges)])
    return {name: found.cases for (name, _), found in evidence.judgements.items() if found.cases}


def test_a_page_that_miscounts_is_a_case_of_what_says_so() -> None:
    """Whatever was compared with it: both forms of the window lack the row."""
    first, second = page("limit=5&offset=2", 4), page("offset=2&limit=5", 4)
    assert cases(first, second) == {"PAG-02": {first.asked, second.asked}}


def test_where_one_form_of_a_window_is_right_the_other_is_no_case() -> None:
    """It is the form that matters, and the law of pages has nothing to do with it."""
    assert cases(page("limit=5&offset=2", 5), page("offset=2&limit=5", 4)) == {}
    assert cases(page("limit=5", 5), page("limit=5", 4, accept="*/*")) == {}


def test_another_window_that_is_right_excuses_nothing() -> None:
    """Other rows were asked for, or of another filter."""
    wrong = page("limit=5&offset=2", 4)
    for right in (page("limit=5&offset=3", 5), page("limit=5&offset=2&agent_id=7", 5)):
        assert cases(wrong, right) == {"PAG-02": {wrong.asked}}
