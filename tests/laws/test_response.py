"""The laws that every exchange is judged by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client import Request
from conformance.contract.parts_of_operation import RowProperties
from conformance.laws import authentication
from conformance.laws import response as laws
from conformance.laws.answer import Answer
from conformance.laws.finding import Finding
from conformance.laws.schemas import Schemas
from tests.support.bodies import ROW
from tests.support.lists import exchange, own, refusal, unanswered

PLAIN = own(plain=True)
BODY = {"data": [], "has_more": False, "total": 0}


def broken(answer, schemas) -> list[str]:
    return [name for name, _, found in laws.judge(answer, schemas, 5.0) if found]


def test_a_plain_answer_is_evidence_for_many_laws(schemas) -> None:
    """Each law that applies is named with its kind of evidence, and none has a finding."""
    judged = list(laws.judge(exchange(200, BODY, request=PLAIN), schemas, 5.0))
    assert {"ROB-06", "ROB-05", "SCH-01", "SCH-03", "SCH-09", "AUT-13"} <= {
        name for name, _, _ in judged
    }
    assert not [found for *_, found in judged if found]


def test_a_plain_request_that_fails_is_always_a_finding(schemas) -> None:
    """A 404, a 500 and silence, each however rare."""
    assert "ROB-06" in broken(exchange(404, {}, request=PLAIN), schemas)
    assert "ROB-06" in broken(exchange(500, {}, request=PLAIN), schemas)
    silent = unanswered(PLAIN)
    assert broken(silent, schemas) == ["ROB-06"]
    assert broken(replace(silent, request=Request("GET", "/")), schemas) == []


@pytest.mark.parametrize(("status", "fine"), [(428, False), (429, True), (430, False)])
def test_a_limit_that_is_in_force_is_no_failure(schemas, status, fine) -> None:
    """429, and no other refusal, may still be the answer to a plain request (docs:
    errors-rate-limits).
    """
    answer = refusal(status, "rate_limit_exceeded", request=PLAIN)
    assert ("ROB-06" not in broken(answer, schemas)) is fine


def test_a_slow_answer_breaks_the_budget_only(schemas) -> None:
    """Latency is a law of its own, with a budget that is the user's."""
    assert broken(replace(exchange(200, BODY), seconds=6.0), schemas) == ["SCH-09"]


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
def test_public_caching(schemas, control, fine) -> None:
    """What lets a shared cache keep an answer to an authenticated request (RFC 9111 3.5)."""
    answer = Answer(exchange(200, BODY, cache_control=control), schemas)
    assert (authentication.private(answer) == []) is fine


SCHEMA = [f"SCH-0{at}" for at in (6, 1, 2, 3, 4, 5, 7)]
SERVICE = [("ROB-06", "requests"), ("SCH-09", "answers"), ("ROB-05", "answers")]


def evidence(answer, schemas) -> list:
    """What is judged behind the laws of the schema and of refusals, which have tests of
    their own.
    """
    found = [(name, kind) for name, kind, _ in laws.judge(answer, schemas, 5.0)]
    return [entry for entry in found if entry[0] not in (*SCHEMA, "ROB-03")]


def listed(*rows, **values):
    return exchange(200, {"data": list(rows), "has_more": False, "total": len(rows)}, **values)


TEXTS = [("SCH-11", "bodies"), ("SCH-12", "bodies")]


def test_each_law_is_named_with_its_kind_of_evidence(schemas) -> None:
    """A list with rows is evidence of all; an empty one says nothing of rows, a refusal nothing of
    lists.
    """
    accepted, private = [("AUT-01", "accepted")], [("AUT-13", "answers"), *TEXTS]
    rows = [("SCH-08", "rows"), ("SCH-10", "rows")]
    refused = refusal(400, "invalid_request", request=PLAIN)
    assert evidence(listed(ROW, request=PLAIN), schemas) == accepted + SERVICE + private + rows
    assert evidence(listed(request=PLAIN), schemas) == accepted + SERVICE + private
    assert (
        evidence(exchange(200, {"data": 7}, request=PLAIN), schemas) == accepted + SERVICE + private
    )
    assert evidence(listed(ROW), schemas) == accepted + SERVICE[1:] + private + rows
    assert evidence(refused, schemas) == [("AUT-09", "refusals"), *accepted, *SERVICE]
    assert evidence(listed(ROW, request=own("HEAD")), schemas) == accepted + SERVICE[1:]


def test_only_the_regions_own_key_on_the_documented_path_is_to_be_accepted(schemas) -> None:
    """Another key, an altered one or none may be refused, and so may another path."""
    strangers = (
        Request("GET", "/v1/batch-calls"),
        own(key="india"),
        replace(own(), edit="truncated"),
        own(path="/elsewhere"),
    )
    for request in strangers:
        assert "AUT-01" not in dict(evidence(exchange(404, request=request), schemas))


def test_an_operation_without_key_or_pages_is_judged_by_neither(contract, operation) -> None:
    """What is public may be cached; what has no pages has no rows."""
    public = Schemas(contract, replace(operation, security=None))
    single = Schemas(contract, replace(operation, pagination=None, row=RowProperties()))
    assert [name for name, _ in evidence(listed(ROW), public)] == [
        "SCH-09",
        "ROB-05",
        "SCH-11",
        "SCH-12",
        "SCH-08",
        "SCH-10",
    ]
    names = [name for name, _ in evidence(listed(ROW), single)]
    assert names == ["AUT-01", "SCH-09", "ROB-05", "AUT-13", "SCH-11", "SCH-12"]


def test_each_always_on_law_names_a_requirement_and_what_it_counts(contract) -> None:
    """Whoever reads the table sees which promises every answer of a run is held against."""
    for law in laws.ALWAYS_ON:
        assert law.evidence in contract.requirements[law.requirement].evidence
    assert len({law.requirement for law in laws.ALWAYS_ON}) == len(laws.ALWAYS_ON)
    assert set(laws.FORM) < set(laws.ALWAYS_ON)


def test_a_429_that_was_honoured_is_judged_by_its_form_alone(schemas) -> None:
    """The request did not fail; how the refusal looks is judged like any other's."""
    limited = refusal(429, "gone", request=PLAIN)
    assert [name for name, _, found in laws.judge_form(limited, schemas) if found] == ["ROB-03"]
    assert "ROB-06" not in [name for name, _, _ in laws.judge_form(limited, schemas)]
    assert list(laws.judge_form(replace(limited, response=None), schemas)) == []


def test_a_429_of_a_gateway_is_no_failure_of_the_api(schemas) -> None:
    """Its form is a SHOULD; in the documented envelope it is judged as the API's."""
    page = exchange(429, "<html>slow down</html>", content_type="text/html", server="nginx")
    judged = {law: said for law, _, said in laws.judge_limited(page, schemas)}
    assert set(judged) == {"ROB-08", "ROB-05"}
    assert "server: nginx" in judged["ROB-08"][0].actual
    own = {"error": {"message": "slow down", "type": "rate_limit_exceeded"}}
    assert "SCH-02" in {law for law, _, _ in laws.judge_limited(exchange(429, own), schemas)}


def test_what_broke_is_said_with_what_came(schemas) -> None:
    """Whoever reads the finding needs neither the law nor the answer to see what is wrong."""

    def found(answer, name):
        return [
            one for law, _, said in laws.judge(answer, schemas, 5.0) if law == name for one in said
        ]

    silent = unanswered(PLAIN)
    wanted = Finding("an answer", "no answer, twice: the connection was reset", (silent,))
    assert list(laws.judge(silent, schemas, 5.0)) == [("ROB-06", "requests", [wanted])]
    assert list(laws.judge(replace(silent, error=None), schemas, 5.0)) == []
    failed = exchange(503, {}, request=PLAIN)
    assert found(failed, "ROB-06") == [
        Finding("2xx for a plain valid request", "status 503", (failed,))
    ]
    denied = exchange(403, {}, request=PLAIN)
    assert found(denied, "AUT-01") == [Finding("the key accepted", "status 403", (denied,))]
    slow = replace(listed(), seconds=5.018)
    assert found(slow, "SCH-09") == [Finding("within 5.0 s", "5.02 s", (slow,))]
    assert found(replace(slow, seconds=5.0), "SCH-09") == []
    public = listed(cache_control="Public, max-age=60")
    text = "Cache-Control: public, max-age=60"
    assert found(public, "AUT-13") == [Finding("not publicly cacheable", text, (public,))]
    odd = listed(
        {name: value for name, value in ROW.items() if name != "scheduled_for"} | {"id": 0}
    )
    assert found(odd, "SCH-08") == [Finding("a positive id", "0", (odd,))]
    assert [one.expected.split()[0] for one in found(odd, "SCH-10")] == ["scheduled_for"]
    assert found(odd, "SCH-10")[0].exchanges == (odd,)
