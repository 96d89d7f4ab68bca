"""What the laws of a refusal say where they are broken, word by word, and the evidence they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.client import Request
from conformance.laws import refusals as laws
from conformance.laws.answer import Answer
from conformance.laws.finding import Finding
from conformance.laws.response import judge_form
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange, refusal, unanswered

TYPE = "/error/type"


def judged(answer, schemas) -> list:
    """What the laws of refusals say, those of the schema left out, and that a refusal other than a
    401 leaks nothing.
    """
    return [
        entry
        for entry in judge_form(answer, schemas)
        if not entry[0].startswith("SCH")
        and (entry[0] != "AUT-09" or entry[2] or answer.status == 401)
    ]


def of(requirement, answer, schemas) -> list:
    return next(found for name, _, found in judged(answer, schemas) if name == requirement)


def leaks(answer, schemas) -> list[Finding]:
    return laws.leaks(Answer(answer, schemas)) or []


def test_a_refusal_is_one_piece_of_evidence_for_each_law(schemas) -> None:
    """Four laws judge a 401, one any other 4xx, none a success, a failure, a redirection or
    silence.
    """
    words = "invalid or missing api key"
    denied = refusal(401, "authentication_error", words, www_authenticate="Bearer")
    assert judged(denied, schemas) == [
        ("AUT-07", "refusals", []),
        ("AUT-08", "refusals", []),
        ("AUT-09", "refusals", []),
        ("AUT-17", "refusals", []),
    ]
    assert judged(refusal(400, "invalid_request"), schemas) == [("ROB-03", "refusals", [])]
    undocumented: list[tuple[str, str, list]] = [
        ("ROB-03", "refusals", []),
        ("ROB-08", "refusals", []),
    ]
    assert judged(refusal(499, "x"), schemas) == undocumented
    for other in (exchange(399), exchange(500, {}), unanswered()):
        assert judged(other, schemas) == []


def test_a_401_without_challenge_is_a_finding(schemas) -> None:
    """RFC 9110 11.6.1 has it that there must be one."""
    answer = refusal(401, "authentication_error")
    expected = "WWW-Authenticate with a 401 (RFC 9110 11.6.1)"
    wanted = ("AUT-08", "refusals", [Finding(expected, "no such header", (answer,))])
    assert judged(answer, schemas)[1] == wanted


@pytest.mark.parametrize(
    ("status", "body", "expected", "actual"),
    [
        (404, {"error": {"type": "gone"}}, "/error/type not_found with 404", "'gone'"),
        (404, {"error": {"type": None}}, "/error/type not_found with 404", "None"),
        (404, {"error": "gone"}, "/error/type not_found with 404", "no error type"),
        (
            429,
            {"error": {"type": "gone"}},
            "/error/type rate_limit_exceeded or concurrent_call_limit_exceeded with 429",
            "'gone'",
        ),
    ],
)
def test_another_type_is_said_with_those_that_are_due(
    schemas, status, body, expected, actual
) -> None:
    """The type that came, or that none did."""
    answer = exchange(status, body)
    assert judged(answer, schemas) == [
        ("ROB-03", "refusals", [Finding(expected, actual, (answer,))])
    ]


@pytest.mark.parametrize(("media", "said"), [("text/plain", "text/plain"), ("", "no Content-Type")])
def test_a_status_without_documented_type_says_what_came_instead(schemas, media, said) -> None:
    """The status and the media type."""
    answer = exchange(405, b"no", content_type=media)
    text = f"status 405 without it, {said}"
    wanted = Finding("the documented envelope, with /error/type", text, (answer,))
    assert judged(answer, schemas) == [("ROB-03", "refusals", []), ("ROB-08", "refusals", [wanted])]


def test_the_right_type_in_another_media_type_is_no_documented_envelope(schemas) -> None:
    """It reads the same, and a client that looks at the type does not read it."""
    answer = refusal(400, "invalid_request", content_type="text/html")
    wanted = Finding(
        "the documented envelope as application/json", "Content-Type 'text/html'", (answer,)
    )
    assert judged(answer, schemas) == [("ROB-03", "refusals", [wanted])]


def test_each_media_type_of_an_envelope_is_named(contract, operation) -> None:
    """Where the document has two, both would have been right."""
    content: dict[str, Any] = {"application/json": {"schema": {}}, "application/problem+json": {}}
    schemas = Schemas(contract, replace(operation, responses={"400": {"content": content}}))
    [(_, _, [finding])] = judged(refusal(400, "invalid_request", content_type=""), schemas)
    assert (
        finding.expected
        == "the documented envelope as application/json or application/problem+json"
    )


@pytest.mark.parametrize(
    ("body", "actual"),
    [
        ({"error": {"type": "invalid_request"}}, '"message" is a required property'),
        ({"error": {"type": "invalid_request", "message": ["x" * 400]}}, '["' + "x" * 298),
    ],
)
def test_the_right_type_in_half_an_envelope_is_a_finding(schemas, body, actual) -> None:
    """What the schema of the envelope has against it is said, at no more than 300 characters."""
    answer = exchange(400, body)
    wanted = Finding("the documented envelope", actual, (answer,))
    assert judged(answer, schemas) == [("ROB-03", "refusals", [wanted])]


def test_an_envelope_that_nothing_describes_has_its_type_only(contract, operation) -> None:
    """Of a status that is not documented, or without JSON; and without a place for types there is
    no law.
    """
    half = exchange(400, {"error": {"type": "invalid_request"}})
    undescribed: list[dict[str, Any]] = [{}, {"400": {}}]
    for responses in undescribed:
        assert judged(half, Schemas(contract, replace(operation, responses=responses)))[0][2] == []
    untyped = Schemas(contract, replace(operation, errors=None))
    assert judged(exchange(400, {"detail": "no"}), untyped) == []


def test_all_that_a_refusal_tells_is_said(schemas) -> None:
    """In one finding; a trace names files, so that their paths are not said again."""
    error = {
        "message": 'File "/srv/api/auth.py", line 12, nginx/1.24.0',
        "type": "authentication_error",
    }
    answer = replace(exchange(401, {"error": error, "data": [1]}), echoed=("the presented token",))
    text = "it carries the presented token, a stack trace, a version of the server's software, rows"
    assert leaks(answer, schemas) == [
        Finding("a refusal that tells nothing but the refusal", text, (answer,))
    ]


def test_a_path_without_a_trace_is_said_as_one(schemas) -> None:
    """A file that a refusal names by the way."""
    answer = refusal(401, "authentication_error", "cannot open /etc/voice/keys.db")
    assert leaks(answer, schemas)[0].actual == "it carries a path of the server"


def test_a_version_is_found_in_a_body_of_another_encoding(schemas) -> None:
    """Bytes that are no UTF-8 hide nothing, and without paging there are no rows to tell."""
    answer = exchange(401, b"\xff nginx/1.24.0", content_type="text/html")
    plain = Schemas(schemas.contract, replace(schemas.operation, pagination=None))
    for one in (schemas, plain):
        assert leaks(answer, one)[0].actual == "it carries a version of the server's software"


def test_every_version_in_the_headers_is_named() -> None:
    """Sorted; one that is on all answers is told apart from those that are not."""
    refused = exchange(401, {}, server="nginx/1.24.0", x_powered_by="PHP/8.1.2", via="1.1 proxy")
    accepted = exchange(200, {}, server="nginx/1.24.0")
    expected = "headers that name no version of the server's software"
    ours = Finding(expected, "the headers name PHP/8.1.2", (refused,))
    everywhere = Finding(expected, "the headers name PHP/8.1.2, nginx/1.24.0", (refused,))
    assert laws.version_in_refusals(refused, accepted) == [ours]
    assert laws.version_everywhere(refused, refused) == [everywhere]
    via = exchange(401, {}, via="1.1 gw (Apache/2.4.1)")
    [finding] = laws.version_in_refusals(via, accepted)
    assert finding.actual == "the headers name 1.1 gw (Apache/2.4.1)"


def test_silence_names_no_version() -> None:
    """Neither a refusal that never came nor an answer that never came is compared."""
    told = exchange(401, {}, server="nginx/1.24.0")
    assert (
        laws.version_in_refusals(unanswered(), told)
        == laws.version_everywhere(told, unanswered())
        == []
    )


def test_what_stands_at_the_edge_is_still_judged_as_an_application_answers(schemas) -> None:
    """Only what is not in the API's form is left to it (Decision 3)."""
    edge = Request("GET", "/v1/batch-calls", edge=True)
    wrong = {"error": {"type": "gone", "message": "no"}}
    assert of("ROB-03", exchange(404, wrong, request=edge), schemas)
