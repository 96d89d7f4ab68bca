"""The laws of authentication, on literal answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client import Request
from conformance.contract.conventions import Errors
from conformance.laws import authentication as laws
from conformance.laws.answer import Answer
from conformance.laws.finding import Finding
from tests.support.lists import exchange, own, refusal, unanswered

ERRORS = Errors("/error/type", "/error/message")


def silent(*, edge):
    return unanswered(Request("GET", "/v1/batch-calls", edge=edge))


@pytest.mark.parametrize("status", [200, 301, 400, 403, 404, 500])
def test_only_401_refuses_a_wrong_key(status) -> None:
    """Everything else is a finding, for the documentation has no other refusal of a key."""
    assert laws.refused(exchange(status), "a token")[0].actual == f"status {status}"
    assert laws.refused(exchange(401), "a token") == []


def test_silence_is_an_answer_only_at_the_edge() -> None:
    """A header of 64 kB may have its connection closed; a plain wrong key may not."""
    assert laws.refused(silent(edge=True), "x") == []
    assert laws.refused(silent(edge=False), "x")[0].actual == "no answer: the connection was reset"
    assert laws.not_accepted(silent(edge=False), "x") == []


@pytest.mark.parametrize(
    ("status", "fine"),
    [(400, True), (401, True), (431, True), (200, False), (302, False), (500, False)],
)
def test_a_malformed_header_is_not_accepted(status, fine) -> None:
    """Any 4xx will do; being let in, led on or failed will not."""
    assert (laws.not_accepted(exchange(status), "x") == []) is fine


def test_a_valid_key_is_accepted() -> None:
    """401 and 403 are findings; other failures are others' laws, and of a 403 the query may be the
    reason.
    """
    assert laws.accepted(exchange(200)) == laws.accepted(exchange(500)) == []
    assert laws.accepted(exchange(403), "bearer")[0].expected == "the key accepted under bearer"
    assert laws.accepted(exchange(401))[0].expected == "the key accepted"
    queried = exchange(403, request=own(query=(("limit", "1"),)))
    assert laws.accepted(queried) == []


@pytest.mark.parametrize(
    ("statuses", "found"), [((401, 401), 0), ((200, 401), 1), ((401, 200), 1), ((200, 200), 1)]
)
def test_repeated_headers(statuses, found) -> None:
    """A server that is content with the first, with the last or with either is one finding."""
    assert len(laws.ambiguous([exchange(status) for status in statuses])) == found


@pytest.mark.parametrize(
    ("method", "status", "rows", "fine"),
    [("HEAD", 401, False, True), ("HEAD", 200, False, False), ("OPTIONS", 401, False, True),
     ("OPTIONS", 200, True, False), ("POST", 405, False, True), ("POST", 200, True, False),
     ("POST", 500, False, False)],
)  # fmt: skip
def test_methods_without_a_key(method, status, rows, fine) -> None:
    """A method may be refused as such; OPTIONS may describe the resource, and not list it."""
    answer = exchange(status, request=Request(method, "/v1/batch-calls"))
    assert (laws.not_served(answer, carries_rows=rows) == []) is fine


def test_options_that_only_describes_itself_serves_nothing_and_is_no_refusal() -> None:
    """CORS and frameworks answer it for everybody; that is a law of its own."""
    answer = exchange(204, request=Request("OPTIONS", "/v1/batch-calls"))
    assert laws.not_served(answer, carries_rows=False) == []
    expected = "401, or another 4xx, for OPTIONS without a key"
    assert laws.not_described(answer) == [Finding(expected, "status 204", (answer,))]
    assert laws.not_described(exchange(401)) == laws.not_described(exchange(500)) == []


def test_one_wording_overlooks_what_is_never_the_same() -> None:
    """Ids and times in a message are no oracle; other words are."""
    one = refusal(401, "authentication_error", "invalid key (request 7f3a9)")
    same = refusal(401, "authentication_error", "invalid key (request 1b2c3)")
    other = refusal(401, "authentication_error", "missing key (request 1b2c3)")
    assert laws.same_wording([one, same], ERRORS) == []
    assert laws.same_wording([one, other, same], ERRORS)[0].actual == "2 wordings"
    assert laws.same_wording([one, refusal(400, "invalid_request")], ERRORS) == []


@pytest.mark.parametrize(
    ("method", "status", "rows"),
    [("HEAD", 200, False), ("POST", 200, False), ("OPTIONS", 200, True), ("OPTIONS", 500, False)],
)
def test_a_method_that_serves_or_fails_without_a_key_is_no_matter_of_taste(
    method, status, rows
) -> None:
    """Only OPTIONS, and only while it lists nothing and does not fail, is lenient."""
    answer = exchange(status, request=Request(method, "/v1/batch-calls"))
    wanted = Finding(f"401 for {method} without a key", f"status {status}", (answer,))
    assert laws.not_served(answer, carries_rows=rows) == [wanted]


def test_what_was_expected_of_a_key_is_said_with_what_came() -> None:
    """Each law names its case and shows its exchange."""
    denied, let_in = exchange(403), exchange(200)
    accepted = Finding("the key accepted under bearer", "status 403", (denied,))
    assert laws.accepted(denied, "bearer") == [accepted]
    assert laws.refused(let_in, "no key") == [Finding("401 for no key", "status 200", (let_in,))]
    either = Finding("401 or 403 for no key", "status 200", (let_in,))
    assert laws.refused(let_in, "no key", (401, 403)) == [either]
    assert laws.refused(denied, "no key", (401, 403)) == []
    wanted = Finding("401, or another 4xx, for a bare key", "status 200", (let_in,))
    assert laws.not_accepted(let_in, "a bare key") == [wanted]


def test_of_two_headers_those_that_were_let_in_are_shown() -> None:
    """Both, or the one that was; the other's refusal proves nothing."""
    expected = "401, or another 4xx, for the key beside a wrong one"
    first, second, refused = exchange(200), exchange(204), exchange(401)
    both = Finding(expected, "let in wherever the key is", (first, second))
    one = Finding(expected, "let in for one of the two", (second,))
    assert laws.ambiguous([first, second]) == [both]
    assert laws.ambiguous([refused, second]) == [one]


def test_two_of_the_wordings_are_shown() -> None:
    """The first of each, in the order they came, and no more than two."""
    said = [
        refusal(401, "authentication_error", words)
        for words in ("no key", "bad key", "no key", "old")
    ]
    wanted = Finding("one wording for every refusal", "3 wordings", (said[0], said[1]))
    assert laws.same_wording(said, ERRORS) == [wanted]


def test_refusals_without_an_envelope_are_worded_by_their_body() -> None:
    """A list, an error without message or with one that is no text: each body is its own
    wording.
    """
    bodies = [["no"], {"error": "no"}, {"error": {"message": 5}}, {"detail": "no"}]
    assert (
        laws.same_wording([exchange(401, body) for body in bodies], ERRORS)[0].actual
        == "4 wordings"
    )
    assert laws.same_wording([exchange(401, {"error": "no"})] * 2, ERRORS) == []


@pytest.mark.parametrize(
    ("allowed", "with_credentials", "is_open"),
    [
        ("https://app.example", "true", True),
        ("null", "true", True),
        ("https://app.example", None, False),
        ("*", "true", False),  # which no browser takes (Fetch 3.3.5)
        ("https://own.example", "true", False),
        (None, None, False),
    ],
)
def test_a_foreign_origin_with_credentials(schemas, allowed, with_credentials, is_open) -> None:
    """AUT-18: that of a stranger is not sent back; a fixed one of the API's own may be."""
    request = Request("GET", "/v1/batch-calls", headers=(("Origin", "https://app.example"),))
    fields = {
        "access_control_allow_origin": allowed,
        "access_control_allow_credentials": with_credentials,
    }
    given = {name: value for name, value in fields.items() if value is not None}
    answer = Answer(exchange(200, {}, request=request, **given), schemas)
    assert bool(laws.closed_to_origins(answer)) == is_open


PAIRS = st.dictionaries(
    st.from_regex(r"[a-z]{1,6}", fullmatch=True), st.from_regex(r"[a-z0-9]{0,6}", fullmatch=True)
)


@given(PAIRS, st.booleans())
def test_cookies_that_answers_set_are_collected(cookies: dict[str, str], refused: bool) -> None:
    """Those of successes, each name once, without its attributes."""
    answers = [
        exchange(401 if refused else 200, {}, set_cookie=f"{name}={value}; Path=/; HttpOnly")
        for name, value in cookies.items()
    ]
    expected = [] if refused else [f"{name}={value}" for name, value in cookies.items()]
    assert laws.cookies_set([*answers, *answers, exchange(200, {})]) == expected
