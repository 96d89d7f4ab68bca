"""The laws of a single answer, on literal bodies and against generated ones."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.presenting import carrying
from conformance.client import Request
from conformance.laws import response as laws
from conformance.laws import rows as row_laws
from conformance.laws.answer import Answer
from conformance.laws.schemas import Schemas
from tests.support.bodies import BODY, ROW
from tests.support.lists import exchange, refusal


def broken(answer, schemas) -> dict[str, list]:
    """The requirements that have findings."""
    return {
        name: found
        for name, _, found in laws.judge_form(answer, schemas)
        if found and name.startswith("SCH")
    }


def changed(**values):
    body = copy.deepcopy(BODY)
    body["data"][0] |= values
    return body


def test_the_documented_answer_breaks_nothing(schemas) -> None:
    """A page, an empty page and an error as documented."""
    assert broken(exchange(200, BODY), schemas) == {}
    assert broken(exchange(200, {"data": [], "has_more": False, "total": 0}), schemas) == {}
    assert broken(refusal(400, "invalid_request"), schemas) == {}


@given(number=st.integers(), text=st.text(), moment=st.datetimes(), null=st.booleans())
def test_whatever_the_schema_allows_breaks_nothing(schemas, number, text, moment, null) -> None:
    """Any integer, any text, any moment, null where it may be."""
    stamp = moment.isoformat() + "Z"
    body = changed(id=number, name=text, created_at=stamp, updated_at=None if null else stamp)
    assert broken(exchange(200, body), schemas) == {}


@pytest.mark.parametrize(
    ("body", "requirement"),
    [
        (changed(name=None), "SCH-03"),
        (changed(created_at="yesterday"), "SCH-03"),
        (changed(created_at=1712758920), "SCH-03"),
        (changed(id=None), "SCH-03"),
        (BODY | {"has_more": "false"}, "SCH-03"),
        ([], "SCH-03"),
        ({"data": [], "total": 0}, "SCH-04"),
        (
            {
                "data": [{k: v for k, v in ROW.items() if k != "status"}],
                "has_more": False,
                "total": 1,
            },
            "SCH-04",
        ),
        (changed(id="12345"), "SCH-05"),
        (changed(id=12345.0), "SCH-05"),
        (BODY | {"total": "1"}, "SCH-05"),
        (BODY | {"total": 1.0}, "SCH-05"),
        (changed(color="red"), "SCH-07"),
        (BODY | {"page": 1}, "SCH-07"),
    ],
)
def test_each_kind_of_wrong_body_has_its_requirement(schemas, body, requirement) -> None:
    """One wrong thing, one requirement."""
    assert list(broken(exchange(200, body), schemas)) == [requirement]


@given(st.integers(0, 19), st.sampled_from(sorted(set(ROW) - {"scheduled_for", "updated_at"})))
def test_one_bad_row_is_found_however_deep(schemas, deep, name) -> None:
    """A null where none may be, in whichever row and property."""
    rows: list[dict[str, Any]] = [dict(ROW) for _ in range(20)]
    rows[deep][name] = None
    body = {"data": rows, "has_more": False, "total": 20}
    [finding, *_] = broken(exchange(200, body), schemas)["SCH-03"]
    assert f"/data/{deep}/{name}" in finding.actual


@pytest.mark.parametrize(
    "content",
    [
        b'{"data": [], "has_more": false, "total": NaN}',
        b'{"data": [], "has_more": false, "total": 0, "total": 0}',
        b'{"data": [], "has_more": false, "total": 0,}',
        b"\xef\xbb\xbf" + b'{"data": [], "has_more": false, "total": 0}',
        '{"data": [], "name": "é"}'.encode("latin-1"),
        b"",
        b"[" * 100_000,
    ],
)
def test_what_is_no_strict_json(schemas, content) -> None:
    """NaN, a key twice, a comma too many, a mark, another encoding, nothing, too deep."""
    assert list(broken(exchange(200, content), schemas)) == ["SCH-02"]


@pytest.mark.parametrize("media", ["text/html", "application/problem+json", ""])
def test_another_media_type(schemas, media) -> None:
    """A body of another type, or of none, is not read any further."""
    assert list(broken(exchange(200, BODY, content_type=media), schemas)) == ["SCH-02"]
    assert (
        broken(exchange(200, BODY, content_type="Application/JSON; charset=utf-8"), schemas) == {}
    )


@pytest.mark.parametrize(
    ("status", "names"), [(201, ["SCH-01"]), (422, ["SCH-01"]), (503, ["SCH-06", "SCH-01"])]
)
def test_undocumented_statuses(schemas, status, names) -> None:
    """A status that the document does not list; a 5xx is that and worse."""
    assert list(broken(exchange(status, BODY), schemas)) == names


def test_a_documented_5xx_is_still_a_failure(schemas) -> None:
    """500 is documented, and no answer to any request may be one."""
    assert list(broken(refusal(500, "internal_error"), schemas)) == ["SCH-06"]


def test_other_methods_and_the_http_layer_are_not_judged(schemas) -> None:
    """What the document does not describe, and what a server refuses below the application."""
    assert broken(exchange(405, b"no", request=Request("POST", "/v1/batch-calls")), schemas) == {}
    assert (
        broken(exchange(414, b"no", request=Request("GET", "/v1/batch-calls", edge=True)), schemas)
        == {}
    )


def test_beside_the_documented_paths_the_schema_says_nothing(schemas) -> None:
    """A router's own page for a path that the document does not have is ROB-08's."""
    request = Request("GET", "/elsewhere")
    answer = exchange(404, b"<html>", content_type="text/html", request=request)
    assert broken(answer, schemas) == {}


@pytest.mark.parametrize(
    "wrong",
    [{"id": 0}, {"total_recipients": -1}, {"created_at": "2024-04-12T00:00:00Z"}, {"id": -5}],
)
def test_rows_that_make_no_sense(schemas, wrong) -> None:
    """Ids that are not positive, counts below zero, updates before creation."""
    assert row_laws.sensible(Answer(exchange(200, changed(**wrong)), schemas))
    assert row_laws.sensible(Answer(exchange(200, BODY), schemas)) == []


def test_nullable_properties_left_out(schemas) -> None:
    """A SHOULD of its own, for each property, however the rest looks."""
    row = {name: value for name, value in ROW.items() if name != "scheduled_for"}
    answer = Answer(exchange(200, {"data": [row], "has_more": False, "total": 1}), schemas)
    [finding] = row_laws.complete(answer) or []
    assert finding.expected.split()[0] == "scheduled_for"
    assert row_laws.complete(Answer(exchange(200, BODY), schemas)) == []


def test_a_refused_credential_needs_no_documented_status(contract, operation) -> None:
    """Where the operation requires a key and lists no refusal of one; the right key is no such
    case, and one documented refusal leaves no room for another.
    """
    listed = {status: operation.responses[status] for status in ("200", "400")}
    silent = replace(operation, responses=listed)
    bare = Request("GET", operation.path)
    right = carrying(bare, operation.security.presentation)

    def statuses(described, status, request=bare):
        return broken(exchange(status, {}, request=request), Schemas(contract, described))

    assert "SCH-01" not in statuses(silent, 401) | statuses(silent, 403)
    assert "SCH-01" in statuses(silent, 418)
    assert "SCH-01" in statuses(silent, 401, right)
    assert "SCH-01" in statuses(operation, 403)


def test_a_refusal_of_invalid_input_that_is_not_foreseen_is_a_warning(contract, operation) -> None:
    """Of a plain request it is a failure, and so is 422 where 400 is documented."""
    silent = Schemas(contract, replace(operation, responses={"200": operation.responses["200"]}))
    odd = Request("GET", operation.path, (("limit", "true"),))

    def levels(known, status, request):
        found = broken(exchange(status, {}, request=request), known).get("SCH-01", [])
        return [finding.level for finding in found]

    assert levels(silent, 400, odd) == levels(silent, 422, odd) == ["SHOULD"]
    assert levels(silent, 400, replace(odd, plain=True)) == [None]
    assert levels(silent, 418, odd) == [None]
    assert levels(Schemas(contract, operation), 422, odd) == [None]


def test_what_names_nothing_and_is_not_foreseen_is_a_warning(contract, operation) -> None:
    """Where no refusal of any input is documented; one that is leaves no room for another."""
    odd = Request("GET", operation.path, (("limit", "true"),))

    def level(*documented: str, request: Request = odd) -> str | None:
        responses = {status: operation.responses[status] for status in ("200", *documented)}
        schemas = Schemas(contract, replace(operation, responses=responses))
        [finding] = broken(exchange(404, {}, request=request), schemas)["SCH-01"]
        return finding.level

    assert level() == "SHOULD"
    assert level("400") is None
    assert level(request=replace(odd, plain=True)) is None
    named = replace(operation, path="/v1/batch-calls/{id}", responses={"200": {}, "422": {}})
    odd_name = Request("GET", "/v1/batch-calls/abc")
    [finding] = broken(exchange(404, {}, request=odd_name), Schemas(contract, named))["SCH-01"]
    assert finding.level == "SHOULD"


@pytest.mark.parametrize(
    ("accepted", "fine"),
    [("text/csv", True), ("text/csv, */*", False), ("application/json", False), (None, False)],
)
def test_a_request_that_accepts_nothing_documented_may_get_406(schemas, accepted, fine) -> None:
    """RFC 9110 15.5.7; one that accepts what there is may not."""
    headers = () if accepted is None else (("Accept", accepted),)
    request = Request("GET", "/v1/batch-calls", headers=headers)
    found = broken(exchange(406, {}, request=request), schemas)
    assert ("SCH-01" not in found) is fine


@pytest.mark.parametrize(
    ("accept", "is_judged"), [((), False), ((("Accept", "application/json"),), True)]
)
def test_another_documented_media_type_is_no_json(contract, operation, accept, is_judged) -> None:
    """XML that the document has beside JSON is held to no schema, unless JSON was asked for."""
    content = operation.responses["200"]["content"] | {"application/xml": {}}
    described = replace(operation, responses={"200": {"content": content}})
    request = Request("GET", operation.path, headers=accept)
    answer = exchange(200, b"<calls/>", request=request, fields={"content_type": "application/xml"})
    found = broken(answer, Schemas(contract, described))
    assert ("SCH-02" in found) is is_judged
