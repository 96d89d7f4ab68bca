"""Which of several invalid values a generated request is about."""

from __future__ import annotations

from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.one_deviation import subjects
from conformance.client import Request
from conformance.contract import load_contract

OPERATION = load_contract().operations[0]
ALLOWED = {
    "agent_id": {"0", "-1", "7", "101", "20"},
    "limit": {"7", "20"},
    "offset": {"0", "7", "101", "20"},
}
VALUES = st.sampled_from(["0", "-1", "0.5", "AAA", "null", "7", "101", "20"])


def request(*pairs: tuple[str, str]) -> Request:
    """A request with these parameters."""
    return Request("GET", "/v1/batch-calls", raw_query=urlencode(pairs))


def around(name: str, value: str) -> Request:
    """All parameters as invalid as Schemathesis leaves them, and one of them varied."""
    given = {"agent_id": "0.5", "limit": "0.5", "offset": "0.5", name: value}
    return request(*given.items())


def test_a_request_is_about_the_value_that_fewest_requests_have() -> None:
    """The other values stand in every request of the phase."""
    cases = [around("limit", "0"), around("offset", "-1"), around("offset", "null")]
    assert list(subjects(cases, OPERATION).values()) == ["limit", "offset", "offset"]


def test_a_request_with_one_invalid_value_stays_as_it_is() -> None:
    """As does one of parameters that no trait speaks of."""
    cases = [request(("limit", "0"), ("agent_id", "7")), request(("a", "0.5"), ("b", "x"))]
    assert subjects(cases, OPERATION) == {}


def test_a_repeated_value_is_one_invalid_value() -> None:
    """However often it is given."""
    twice = request(("limit", "5"), ("limit", "5"), ("offset", "0.5"))
    others = [around("offset", "AAA"), around("limit", "AAA")]
    assert subjects([twice, *others], OPERATION)[twice] == "limit"


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, unique=True))
def test_the_subject_is_a_parameter_of_the_request_that_is_invalid(values) -> None:
    """And every request that has a subject has several invalid values."""
    cases = {request(*zip(ALLOWED, texts, strict=True)): texts for texts in values}
    for one, subject in subjects(list(cases), OPERATION).items():
        texts = dict(zip(ALLOWED, cases[one], strict=True))
        invalid = [name for name, text in texts.items() if text not in ALLOWED[name]]
        assert subject in invalid
        assert len(invalid) > 1
