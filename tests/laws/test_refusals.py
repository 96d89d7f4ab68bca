"""The laws of a refusal: envelope, challenge, and what it must not tell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conformance.client import Request
from conformance.contract import pointer
from conformance.contract.pagination.limit_offset import LimitOffset
from conformance.contract.pagination.telling import Telling
from conformance.laws import refusals as laws
from conformance.laws.answer import Answer
from conformance.laws.response import judge_form
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange, refusal

if TYPE_CHECKING:
    from conformance.laws.finding import Finding


def judged(answer, schemas) -> dict[str, list]:
    """What the laws of refusals say, those of the schema left out, and that a refusal other than a
    401 leaks nothing.
    """
    return {
        requirement: findings
        for requirement, _, findings in judge_form(answer, schemas)
        if not requirement.startswith("SCH")
        and (requirement != "AUT-09" or findings or answer.status == 401)
    }


def leaks(answer, schemas) -> list[Finding]:
    return laws.leaks(Answer(answer, schemas)) or []


def test_the_documented_refusal_is_silent(schemas) -> None:
    """Envelope, type and challenge as documented: evidence and no finding."""
    answer = refusal(
        401, "authentication_error", "invalid or missing api key", www_authenticate="Bearer"
    )
    assert judged(answer, schemas) == {"AUT-07": [], "AUT-08": [], "AUT-09": [], "AUT-17": []}
    assert judged(refusal(400, "invalid_request"), schemas) == {"ROB-03": []}
    assert judged(exchange(200, {}), schemas) == {}


@pytest.mark.parametrize(
    ("told", "applies"),
    [
        ("Bearer", True),
        ("bearer", True),
        ('Bearer realm="x, Basic", error="invalid_token"', True),
        ('Basic realm="x", Bearer', True),
        ('Digest nonce="Bearer", qop="auth" , Bearer realm="y"', True),
        ('Basic realm="Bearer"', False),
        ('Basic bearer="x"', False),
        ("Bearers", False),
    ],
)
def test_a_challenge_names_a_scheme_that_the_operation_takes(schemas, told, applies) -> None:
    """In any case, among others, and not as a parameter or its value."""
    answer = refusal(401, "authentication_error", www_authenticate=told)
    assert (judged(answer, schemas)["AUT-08"] == []) is applies


@pytest.mark.parametrize(
    "body", [{"detail": "no"}, {"error": "no"}, {"error": {"type": "bad"}}, b"", b"<html>"]
)
def test_another_envelope_or_type(schemas, body) -> None:
    """A 401 and a 400 without the documented type break the law of their status."""
    assert judged(exchange(401, body, www_authenticate="Bearer"), schemas)["AUT-07"]
    assert judged(exchange(400, body), schemas)["ROB-03"]


def test_a_status_without_documented_type_needs_the_envelope_only(schemas) -> None:
    """405 is documented nowhere; that every error has the envelope is."""
    assert judged(refusal(405, "method_not_allowed"), schemas) == {"ROB-03": [], "ROB-08": []}
    found = judged(exchange(405, b"Method Not Allowed", content_type="text/plain"), schemas)
    assert found["ROB-03"] == []
    [finding] = found["ROB-08"]
    assert "text/plain" in finding.actual


def test_beside_the_documented_paths_a_router_speaks_for_itself(schemas) -> None:
    """A router's own form is ROB-08's; an application's error of an undocumented type is not."""
    request = Request("GET", "/v1/elsewhere")
    routers = judged(exchange(404, {"detail": "Not Found"}, request=request), schemas)
    applications = judged(exchange(404, {"error": {"type": "no_route"}}, request=request), schemas)
    assert (bool(routers["ROB-03"]), bool(routers["ROB-08"])) == (False, True)
    assert (bool(applications["ROB-03"]), bool(applications["ROB-08"])) == (True, False)


def test_a_router_that_fails_or_mislabels_its_envelope_is_seen(schemas) -> None:
    """A 5xx is no refusal, and an envelope as HTML is none that a client reads."""
    request = Request("GET", "/v1/elsewhere")
    assert judged(refusal(500, "internal_error", request=request), schemas)["ROB-08"]
    mislabelled = refusal(404, "not_found", request=request, content_type="text/html")
    assert judged(mislabelled, schemas)["ROB-08"]
    assert judged(refusal(404, "not_found", request=request), schemas)["ROB-08"] == []
    assert "ROB-08" not in judged(exchange(200, {}, request=request), schemas)


def test_the_documented_message_is_expected_of_a_401(schemas) -> None:
    """Other words are another message; no envelope is AUT-07's, another status nobody's."""
    [finding] = judged(refusal(401, "authentication_error", "Unauthorized"), schemas)["AUT-17"]
    assert finding.expected == "the documented message 'invalid or missing api key'"
    assert finding.actual == "'Unauthorized'"
    assert judged(exchange(401, {"detail": "no"}), schemas)["AUT-17"] == []
    assert "AUT-17" not in judged(refusal(400, "invalid_request"), schemas)


def test_what_the_http_layer_refuses_and_head_are_not_judged(schemas) -> None:
    """A target too long is refused in whatever form; HEAD has no body to judge."""
    edge = Request("GET", "/v1/batch-calls", edge=True)
    assert judged(exchange(414, b"too long", request=edge), schemas) == {}
    assert judged(exchange(401, b"", request=Request("HEAD", "/v1/batch-calls")), schemas) == {}


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("Traceback (most recent call last): ...", "a stack trace"),
        ('File "/srv/api/auth.py", line 12', "a stack trace"),
        ("cannot open /etc/voice/keys.db", "a path"),
        ("C:\\\\voice\\\\auth.cs", "a path"),
        ("nginx/1.24.0", "a version"),
        ("Werkzeug/3.0.1 Python/3.11.7", "a version"),
    ],
)
def test_what_a_refusal_must_not_tell(schemas, message, said) -> None:
    """Traces, files and versions are found in the body."""
    [finding] = leaks(refusal(401, "authentication_error", message), schemas)
    assert said in finding.actual


@pytest.mark.parametrize(
    "message",
    [
        "invalid or missing api key",
        "see https://docs.formantai.com/app/keys",
        "https://dashboard.example.com/home/settings for your keys",
        "retry in 1/2 second; use v1/batch-calls",
        "python 3 clients: set Authorization",
    ],
)
def test_links_and_words_are_no_leak(schemas, message) -> None:
    """The path of a URL is no file, and a language's name no version of the server's software."""
    assert leaks(refusal(401, "authentication_error", message), schemas) == []


@pytest.mark.parametrize("status", [400, 401, 404, 405])
def test_a_stack_frame_is_a_leak_in_any_refusal(schemas, status) -> None:
    """Decision 7: of JavaScript too, and a file of the server."""
    for words in (
        "not found (/srv/app/src/controllers/batchCalls.js:88:14)",
        "TypeError: x is undefined at Object.list (controllers/list.ts:12:7)",
        "psycopg2.errors.InvalidTextRepresentation: LINE 1: SELECT",
        'ERROR: invalid input syntax for type integer: "AAA"',
        "SQLSTATE[22P02]",
        "panicked at src/main.rs:42:9",
        "app/views.py:12",
        "NumberFormatException: \n\tat com.voice.Lists.list(Lists.java:41)",
    ):
        assert leaks(refusal(status, "not_found", words), schemas)
    for words in (
        "no such id at 10:30:00",
        "see /docs/errors",
        "Cannot GET /v1/batch-calls/x",
        "see https://docs.example.rs:8443/errors, or docs.example.py:443",
    ):
        assert leaks(refusal(status, "not_found", words), schemas) == []


def test_rows_and_the_token_are_leaks(schemas) -> None:
    """A refusal with rows, or one that repeats what was presented."""
    rows = exchange(401, {"error": {"type": "authentication_error"}, "data": [{"id": 1}]})
    assert "rows" in leaks(rows, schemas)[0].actual
    echoed = replace(refusal(401, "authentication_error"), echoed=("the presented token, hex",))
    assert "token, hex" in leaks(echoed, schemas)[0].actual
    empty = exchange(401, {"error": {"type": "authentication_error"}, "data": []})
    assert leaks(empty, schemas) == []


def test_a_version_that_every_answer_names_is_a_law_of_its_own() -> None:
    """One that only refusals carry is AUT-09's; one on all answers AUT-16's; a name is nothing."""
    habit, quiet = exchange(200, {}, server="nginx/1.24.0"), exchange(200, {}, server="nginx")
    refused = exchange(401, {}, server="nginx/1.24.0")
    assert laws.version_in_refusals(refused, quiet)
    assert laws.version_in_refusals(refused, habit) == []
    assert laws.version_everywhere(refused, habit)
    assert laws.version_everywhere(refused, quiet) == []
    assert laws.version_in_refusals(exchange(401, {}, server="nginx"), quiet) == []


def test_an_error_is_no_list_whose_rows_are_the_whole_body(contract, operation) -> None:
    """Where the body itself is the list, an error object carries no rows; a list does."""
    bare = LimitOffset(Telling(""), 20, 100, "limit", "offset")
    schemas = Schemas(contract, replace(operation, pagination=bare))

    error = Answer(exchange(401, {"detail": "no key"}), schemas)
    assert error.rows is pointer.MISSING
    assert Answer(exchange(401, [{"id": 1}]), schemas).rows == [{"id": 1}]
