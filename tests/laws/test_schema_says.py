"""What the laws of a single answer say where they are broken, word by word, and the evidence they
are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.client import Request
from conformance.laws import response as laws
from conformance.laws.finding import Finding
from conformance.laws.schemas import Schemas
from tests.support.bodies import BODY, ROW
from tests.support.lists import exchange, own, refusal

EVIDENCE = [("SCH-06", "requests"), ("SCH-01", "answers"), ("SCH-02", "bodies")]
ELSEWHERE = Request("GET", "/elsewhere")


def judged(answer, schemas) -> list:
    """What the laws of the schema say, those of refusals left out."""
    return [entry for entry in laws.judge_form(answer, schemas) if entry[0].startswith("SCH")]


def said(answer, schemas) -> list[Finding]:
    return [finding for _, _, findings in judged(answer, schemas) for finding in findings]


def answers(schema) -> dict:
    return {"200": {"content": {"application/json": {"schema": schema}}}}


def test_each_law_has_its_evidence_as_far_as_an_answer_is_read(schemas) -> None:
    """A body that is no JSON is evidence of less than one that is; an undocumented status of less
    still.
    """
    read = [*EVIDENCE, *((f"SCH-0{at}", "bodies") for at in (3, 4, 5, 7))]

    def evidence(answer):
        return [(name, kind) for name, kind, _ in judged(answer, schemas)]

    assert evidence(exchange(200, BODY)) == read
    assert evidence(exchange(200, b"{")) == EVIDENCE
    assert evidence(exchange(201, BODY)) == EVIDENCE[:2]
    edge = Request("GET", "/v1/batch-calls", edge=True)
    assert evidence(exchange(414, request=edge)) == EVIDENCE[:1]
    assert evidence(replace(exchange(), response=None)) == []


def test_a_status_without_json_is_evidence_of_its_being_documented_only(
    contract, operation
) -> None:
    """There is no body to judge."""
    schemas = Schemas(contract, replace(operation, responses={"200": {}}))
    assert [name for name, _, _ in judged(exchange(200, b"x"), schemas)] == ["SCH-06", "SCH-01"]


def test_a_wrong_status_is_said_with_the_documented_ones(schemas) -> None:
    """A 5xx is said to be one besides, from 500 on."""
    answer, failed = exchange(499), exchange(503)
    documented = "a documented status (200, 401, 400, 404, 429, 500)"
    assert said(answer, schemas) == [Finding(documented, "status 499", (answer,))]
    assert said(failed, schemas) == [
        Finding("no 5xx", "status 503", (failed,)),
        Finding(documented, "status 503", (failed,)),
    ]
    assert [one.expected for one in said(refusal(500, "internal_error"), schemas)] == ["no 5xx"]


@pytest.mark.parametrize(
    ("media", "actual"), [("text/html", "Content-Type 'text/html'"), ("", "no Content-Type")]
)
def test_another_media_type_is_said(schemas, media, actual) -> None:
    """With the one that is documented; beside the documented paths nothing is."""
    answer = exchange(200, BODY, content_type=media)
    wanted = Finding("application/json, strict JSON in UTF-8", actual, (answer,))
    assert said(answer, schemas) == [wanted]
    beside = exchange(200, BODY, content_type=media, request=ELSEWHERE)
    assert said(beside, schemas) == []


def test_each_documented_media_type_is_named(contract, operation) -> None:
    """Any of them would have been right."""
    content: dict[str, Any] = {"application/json": {"schema": {}}, "text/csv": {}}
    schemas = Schemas(contract, replace(operation, responses={"200": {"content": content}}))
    [finding] = said(exchange(200, BODY, content_type="text/html"), schemas)
    assert finding.expected == "application/json or text/csv, strict JSON in UTF-8"


def test_what_a_schema_forbids_is_said_with_its_place(schemas) -> None:
    """The validator's words, cut at 300 characters."""
    body = BODY | {"data": [ROW, ROW | {"created_at": "x" * 400}]}
    answer = exchange(200, body)
    text = '/data/1/created_at: "' + "x" * 299
    assert said(answer, schemas) == [Finding("a body that its schema allows", text, (answer,))]
    answer = exchange(200, [])
    assert said(answer, schemas)[0].actual == '/: [] is not of type "object"'


def test_five_errors_of_a_body_are_told_apart(schemas) -> None:
    """Wrong, missing and no integers counted together; the rest says the same."""
    row = {name: value for name, value in ROW.items() if name not in ("status", "agent_id")}
    body = {"data": [row | {"name": None, "id": "7"}] * 3, "has_more": False, "total": 3}
    findings = {name: found for name, _, found in judged(exchange(200, body), schemas)}
    kinds = [findings[name] for name in ("SCH-03", "SCH-04", "SCH-05")]
    assert sum(map(len, kinds)) == 5
    assert all(kinds)
    for wrong, name in (({"name": None}, "SCH-03"), ({"id": "7"}, "SCH-05")):
        body = BODY | {"data": [ROW | wrong] * 9}
        assert (
            len({name: found for name, _, found in judged(exchange(200, body), schemas)}[name]) == 5
        )


def test_a_property_that_is_called_required_is_missed_only_where_it_is_not_there(
    contract, operation
) -> None:
    """Of a wrong type it is wrong; the name of a property says nothing of what is the matter with
    it.
    """
    schema = {"properties": {"required_by": {"type": "string"}}, "required": ["required_by"]}
    schemas = Schemas(contract, replace(operation, responses=answers(schema)))
    for body, name in (({"required_by": True}, "SCH-03"), ({}, "SCH-04")):
        assert [law for law, _, found in judged(exchange(200, body), schemas) if found] == [name]


def test_a_fraction_is_said_only_where_an_integer_is_due(schemas) -> None:
    """Three at most, beside what else is no integer; of a text the schema itself says so."""
    rows = [ROW | {"id": float(at), "color": 1.5, "name": "n"} for at in range(4)]
    answer = exchange(200, BODY | {"data": rows, "total": "1"})
    found = {name: found for name, _, found in judged(answer, schemas)}["SCH-05"]
    assert found == [
        Finding("a body that its schema allows", '/total: "1" is not of type "integer"', (answer,)),
        *(Finding("a JSON integer", f"/data/{at}/id: {at}.0", (answer,)) for at in range(3)),
    ]


@pytest.mark.parametrize(
    ("kind", "fine"),
    [
        ("integer", False),
        (["integer", "null"], False),
        ("number", True),
        (["integer", "number"], True),
        (["number", "null"], True),
        (None, True),
    ],
)
def test_an_integer_is_due_where_the_type_says_so_and_no_number_is_allowed(
    contract, operation, kind, fine
) -> None:
    """A type may be one word, a list of them, or absent."""
    schema = {"type": kind} if kind else {}
    schemas = Schemas(contract, replace(operation, responses=answers(schema)))
    assert [one.actual for one in said(exchange(200, 2.0), schemas)] == ([] if fine else [": 2.0"])


def test_undocumented_properties_are_said_three_at_most(schemas) -> None:
    """Each once, sorted, whichever rows have them."""
    rows = [ROW | {"d": 1, "b": 1}, ROW | {"b": 2, "c": 1}]
    answer = exchange(200, BODY | {"data": rows, "a": 1})
    places = ["/a", "/data/*/b", "/data/*/c"]
    assert said(answer, schemas) == [
        Finding("no property outside the schema", at, (answer,)) for at in places
    ]


@pytest.mark.parametrize(
    ("asked", "coding", "is_wrong"),
    [
        ("identity", "gzip", True),
        ("identity", "", False),
        ("identity", "Identity", False),
        ("gzip", "gzip", False),
        ("identity, gzip", "gzip", False),
    ],
)
def test_who_asks_for_a_body_as_it_is_gets_it_so(schemas, asked, coding, is_wrong) -> None:
    """Whoever lists another coding may get that."""
    request = own(headers=(("Accept-Encoding", asked),))
    answer = exchange(200, BODY, request=request, content_encoding=coding)
    assert [one.level for one in said(answer, schemas)] == (["SHOULD"] if is_wrong else [])


@pytest.mark.parametrize("coded", [True, False])
def test_a_body_is_in_the_coding_that_it_names(schemas, coded) -> None:
    """JSON that is said to be gzip is read by no client that undoes codings."""
    answer = exchange(200, BODY, content_encoding="gzip")
    assert answer.response is not None
    answer = replace(answer, response=replace(answer.response, coded=coded))
    assert [one.expected for one in said(answer, schemas)] == (
        ["a body in the coding that Content-Encoding names"] if coded else []
    )
