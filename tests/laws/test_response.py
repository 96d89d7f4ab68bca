"""The laws that every exchange is judged by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client import Request
from conformance.laws import response as laws
from conformance.laws.finding import Finding
from conformance.laws.schemas import Schemas
from tests.laws.test_schema import ROW
from tests.support.lists import exchange, refusal

PLAIN = Request("GET", "/v1/batch-calls", plain=True)
BODY = {"data": [], "has_more": False, "total": 0}


def broken(answer, schemas) -> list[str]:
    return [name for name, _, found in laws.standing(answer, schemas, 5.0) if found]


def test_a_plain_answer_is_evidence_for_many_laws(schemas) -> None:
    """Each law that applies is named with its kind of evidence, and none has a finding."""
    judged = list(laws.standing(exchange(200, BODY, request=PLAIN), schemas, 5.0))
    assert {"ROB-06", "ROB-05", "SCH-01", "SCH-03", "SCH-09", "AUT-13"} <= {name for name, _, _ in judged}
    assert not [found for *_, found in judged if found]


def test_a_plain_request_that_fails_is_always_a_finding(schemas) -> None:
    """A 404, a 500 and silence, each however rare."""
    assert "ROB-06" in broken(exchange(404, {}, request=PLAIN), schemas)
    assert "ROB-06" in broken(exchange(500, {}, request=PLAIN), schemas)
    silent = replace(exchange(request=PLAIN), response=None, error="ConnectionResetError")
    assert broken(silent, schemas) == ["ROB-06"]
    assert broken(replace(silent, request=Request("GET", "/")), schemas) == []


@pytest.mark.parametrize(("status", "fine"), [(428, False), (429, True), (430, False)])
def test_a_limit_that_is_in_force_is_no_failure(schemas, status, fine) -> None:
    """429, and no other refusal, may still be the answer to a plain request (docs: errors-rate-limits)."""
    answer = refusal(status, "rate_limit_exceeded", request=PLAIN)
    assert ("ROB-06" not in broken(answer, schemas)) is fine


def test_a_slow_answer_breaks_the_budget_only(schemas) -> None:
    """Latency is a law of its own, with a budget that is the user's."""
    assert broken(replace(exchange(200, BODY), seconds=6.0), schemas) == ["SCH-09"]


@pytest.mark.parametrize(
    ("header", "value", "fine"),
    [
        ("x_ratelimit_limit", "50", True),
        ("x_ratelimit_limit", "50 per second", False),
        ("x_ratelimit_remaining", "-1", False),
        ("x_ratelimit_reset", "2026-03-18T20:54:00+00:00", True),
        ("x_ratelimit_reset", "2026-03-18T20:54:00.123Z", True),
        ("x_ratelimit_reset", "1773867240", False),
    ],
)
def test_the_form_of_rate_limit_headers(header, value, fine) -> None:
    """Where they are present they have the documented form."""
    assert (laws.rate_headers(exchange(200, BODY, **{header: value})) == []) is fine


@pytest.mark.parametrize(
    ("control", "fine"),
    [
        ("private, no-store", True),
        ("", True),
        ("max-age=60", True),
        ("public, max-age=60", False),
        ("s-maxage=60", False),
        ("private, max-age=0, s-maxage=0", True),
        ("public, no-store", True),
        ("PUBLIC", False),
        ("max-age=60 , s-maxage = 60", False),
    ],
)
def test_public_caching(control, fine) -> None:
    """What lets a shared cache keep an answer to an authenticated request (RFC 9111 3.5)."""
    assert (laws.private(exchange(200, BODY, cache_control=control)) == []) is fine


SCHEMA = [f"SCH-0{at}" for at in (6, 1, 2, 3, 4, 5, 7)]
SERVICE = [("ROB-06", "requests"), ("SCH-09", "answers"), ("ROB-05", "answers")]


def evidence(answer, schemas) -> list:
    """What is judged behind the laws of the schema and of refusals, which have tests of their own."""
    found = [(name, kind) for name, kind, _ in laws.standing(answer, schemas, 5.0)]
    return [one for one in found if one[0] not in (*SCHEMA, "ROB-03")]


def listed(*rows, **values):
    return exchange(200, {"data": list(rows), "has_more": False, "total": len(rows)}, **values)


def test_each_law_is_named_with_its_kind_of_evidence(schemas) -> None:
    """A list with rows is evidence of all; an empty one says nothing of rows, a refusal nothing of lists."""
    accepted, private = [("AUT-01", "accepted")], [("AUT-13", "answers")]
    rows = [("SCH-08", "rows"), ("SCH-10", "rows")]
    refused = refusal(400, "invalid_request", request=PLAIN)
    assert evidence(listed(ROW, request=PLAIN), schemas) == accepted + SERVICE + private + rows
    assert evidence(listed(request=PLAIN), schemas) == accepted + SERVICE + private
    assert evidence(exchange(200, {"data": 7}, request=PLAIN), schemas) == accepted + SERVICE + private
    assert evidence(listed(ROW), schemas) == accepted + SERVICE[1:] + private + rows
    assert evidence(refused, schemas) == accepted + SERVICE
    assert (
        evidence(listed(ROW, request=Request("HEAD", "/v1/batch-calls")), schemas) == accepted + SERVICE[1:]
    )


def test_only_the_regions_own_key_on_the_documented_path_is_to_be_accepted(schemas) -> None:
    """Another key, an altered one or none may be refused, and so may another path."""
    strangers = (
        Request("GET", "/v1/batch-calls", headers=()),
        Request("GET", "/v1/batch-calls", key="india"),
        Request("GET", "/v1/batch-calls", edit="truncated"),
        Request("GET", "/elsewhere"),
    )
    for request in strangers:
        assert "AUT-01" not in dict(evidence(exchange(404, request=request), schemas))


def test_an_operation_without_key_or_pages_is_judged_by_neither(contract, operation) -> None:
    """What is public may be cached; what has no pages has no rows."""
    public = Schemas(contract, replace(operation, security=None))
    single = Schemas(contract, replace(operation, pagination=None))
    assert [name for name, _ in evidence(listed(ROW), public)] == ["SCH-09", "ROB-05", "SCH-08", "SCH-10"]
    assert [name for name, _ in evidence(listed(ROW), single)] == ["AUT-01", "SCH-09", "ROB-05"]


def test_what_broke_is_said_with_what_came(schemas) -> None:
    """Whoever reads the finding needs neither the law nor the answer to see what is wrong."""

    def found(answer, name):
        return [one for law, _, said in laws.standing(answer, schemas, 5.0) if law == name for one in said]

    silent = replace(exchange(request=PLAIN), response=None, error="ConnectionResetError")
    wanted = Finding("an answer", "no answer, twice: ConnectionResetError", (silent,))
    assert list(laws.standing(silent, schemas, 5.0)) == [("ROB-06", "requests", [wanted])]
    assert list(laws.standing(replace(silent, error=None), schemas, 5.0)) == []
    failed = exchange(503, {}, request=PLAIN)
    assert found(failed, "ROB-06") == [Finding("2xx for a plain valid request", "status 503", (failed,))]
    denied = exchange(403, {}, request=PLAIN)
    assert found(denied, "AUT-01") == [Finding("the key accepted under Bearer", "status 403", (denied,))]
    slow = replace(listed(), seconds=5.018)
    assert found(slow, "SCH-09") == [Finding("within 5.0 s", "5.02 s", (slow,))]
    assert found(replace(slow, seconds=5.0), "SCH-09") == []
    public = listed(cache_control="Public, max-age=60")
    text = "Cache-Control: public, max-age=60"
    assert found(public, "AUT-13") == [Finding("not publicly cacheable", text, (public,))]
    odd = listed({name: value for name, value in ROW.items() if name != "scheduled_for"} | {"id": 0})
    assert found(odd, "SCH-08") == [Finding("a positive id", "0", (odd,))]
    assert [one.expected.split()[0] for one in found(odd, "SCH-10")] == ["scheduled_for"]
    assert found(odd, "SCH-10")[0].exchanges == (odd,)


def test_each_rate_limit_header_of_another_form_is_said() -> None:
    """All three at once, in their order; digits of another script are no number."""
    headers = {"x_ratelimit_limit": "many", "x_ratelimit_remaining": "\u0663", "x_ratelimit_reset": "soon"}
    answer = exchange(200, BODY, **headers)
    assert laws.rate_headers(answer) == [
        Finding("x-ratelimit-limit: a whole number", "'many'", (answer,)),
        Finding("x-ratelimit-remaining: a whole number", "'\u0663'", (answer,)),
        Finding("x-ratelimit-reset: ISO 8601 with an offset", "'soon'", (answer,)),
    ]
