"""The laws of a refusal: envelope, challenge, and what it must not tell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client import Request
from conformance.laws import refusals as laws
from tests.support.lists import exchange, refusal


def judged(answer, schemas) -> dict[str, list]:
    return {requirement: found for requirement, _, found in laws.judge(answer, schemas)}


def test_the_documented_refusal_is_silent(schemas) -> None:
    """Envelope, type and challenge as documented: evidence and no finding."""
    answer = refusal(401, "authentication_error", "invalid or missing api key", www_authenticate="Bearer")
    assert judged(answer, schemas) == {"AUT-07": [], "AUT-08": [], "AUT-09": []}
    assert judged(refusal(400, "invalid_request"), schemas) == {"ROB-03": []}
    assert judged(exchange(200, {}), schemas) == {}


@pytest.mark.parametrize(
    "body", [{"detail": "no"}, {"error": "no"}, {"error": {"type": "bad"}}, b"", b"<html>"]
)
def test_another_envelope_or_type(schemas, body) -> None:
    """A 401 and a 400 without the documented type break the law of their status."""
    assert judged(exchange(401, body, www_authenticate="Bearer"), schemas)["AUT-07"]
    assert judged(exchange(400, body), schemas)["ROB-03"]


def test_a_status_without_documented_type_needs_the_envelope_only(schemas) -> None:
    """405 is documented nowhere, so what it lacks is a SHOULD."""
    assert judged(refusal(405, "method_not_allowed"), schemas) == {"ROB-03": []}
    [finding] = judged(exchange(405, b"Method Not Allowed", content_type="text/plain"), schemas)["ROB-03"]
    assert finding.level == "SHOULD"
    assert "text/plain" in finding.actual


def test_beside_the_documented_paths_a_router_speaks_for_itself(schemas) -> None:
    """A router's own 404 is a SHOULD; an application's error of an undocumented type is not."""
    request = Request("GET", "/v1/elsewhere")
    [routers] = judged(exchange(404, {"detail": "Not Found"}, request=request), schemas)["ROB-03"]
    [applications] = judged(exchange(404, {"error": {"type": "no_route"}}, request=request), schemas)[
        "ROB-03"
    ]
    assert (routers.level, applications.level) == ("SHOULD", None)


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
    [finding] = laws.leaks(refusal(401, "authentication_error", message), schemas)
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
    assert laws.leaks(refusal(401, "authentication_error", message), schemas) == []


def test_rows_and_the_token_are_leaks(schemas) -> None:
    """A refusal with rows, or one that repeats what was presented."""
    rows = exchange(401, {"error": {"type": "authentication_error"}, "data": [{"id": 1}]})
    assert "rows" in laws.leaks(rows, schemas)[0].actual
    echoed = replace(refusal(401, "authentication_error"), echoed=True)
    assert "token" in laws.leaks(echoed, schemas)[0].actual
    empty = exchange(401, {"error": {"type": "authentication_error"}, "data": []})
    assert laws.leaks(empty, schemas) == []


def test_a_banner_that_every_answer_has_is_a_habit() -> None:
    """A version that only refusals carry is a finding; one on all answers is a SHOULD; a name is nothing."""
    let_in, quiet = exchange(200, {}, server="nginx/1.24.0"), exchange(200, {}, server="nginx")
    refused = exchange(401, {}, server="nginx/1.24.0")
    assert laws.banner(refused, let_in)[0].level == "SHOULD"
    assert laws.banner(refused, quiet)[0].level is None
    assert laws.banner(exchange(401, {}, server="nginx"), quiet) == []
