"""The laws of parity of single answers: status, refusal, shape of a body, headers, keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.conventions import Errors
from conformance.laws import parity as laws
from conformance.laws.finding import Finding
from tests.support.lists import exchange, refusal, unanswered
from tests.support.parity import pair

ERRORS = Errors("/error/type")
HEADERS = ("x-left", "cache-control", "etag", "vary")
NAMES = st.text("abc", min_size=1, max_size=2)
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.dictionaries(NAMES, inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=8,
)


def test_what_is_the_same_in_every_region_draws_no_finding() -> None:
    """Equal values do, of a kind that can be hashed or not."""
    both = pair(exchange(200), exchange(200))
    assert laws.differ("status", both, lambda one: one.status) == []
    assert laws.differ("status", both, lambda one: [one.status]) == []


def test_a_difference_is_one_finding_that_says_what_each_region_gave() -> None:
    """Every region is named with its value, and every answer is shown."""
    both = pair(exchange(200), exchange(404))
    wanted = Finding(
        "the same status in every region", "global 200, india 404", tuple(both.values())
    )
    assert laws.differ("status", both, lambda one: one.status) == [wanted]


def test_equal_numbers_of_other_types_differ() -> None:
    """True is no 1, and 1 no 1.0, though Python has them equal."""
    both = pair(exchange(200, 1), exchange(200, True))
    assert laws.differ("body", both, lambda one: one.json)
    assert laws.differ("body", pair(exchange(200, 1), exchange(200, 1.0)), lambda one: one.json)


def test_one_region_of_three_is_enough_to_differ() -> None:
    """Two that agree do not outvote the third."""
    three = pair(exchange(200), exchange(200)) | {"eu": exchange(201)}
    [finding] = laws.differ("status", three, lambda one: one.status)
    assert finding.actual == "global 200, india 200, eu 201"


@pytest.mark.parametrize(
    ("challenge", "scheme"),
    [
        ("Bearer", "bearer"),
        ('BEARER realm="voice, api"', "bearer"),
        ("Bearer, Basic", "bearer"),
        ('Basic realm="x"', "basic"),
        ("", None),
    ],
)
def test_of_a_challenge_only_its_scheme_is_compared(challenge, scheme) -> None:
    """Its case, its realm and further challenges are each region's own."""
    seen = refusal(401, "authentication_error", www_authenticate=challenge)
    assert laws.refusal(seen, ERRORS) == ("authentication_error", scheme, None)


def test_of_allow_the_set_of_methods_is_compared() -> None:
    """Their order, case and spaces are each region's own."""
    one = refusal(405, "not_allowed", allow="GET, head,OPTIONS")
    other = refusal(405, "not_allowed", allow="options , HEAD , get")
    assert laws.refusal(one, ERRORS) == ("not_allowed", None, ["GET", "HEAD", "OPTIONS"])
    assert laws.refusal(one, ERRORS) == laws.refusal(other, ERRORS)


def test_a_refusal_without_type_challenge_or_answer_says_nothing() -> None:
    """No envelope, a document that has none, and silence are all compared as nothing said."""
    assert laws.refusal(exchange(400, {"detail": "no"}), ERRORS) == (None, None, None)
    assert laws.refusal(refusal(400, "invalid_request"), None) == (None, None, None)
    assert laws.refusal(unanswered(), ERRORS) == (None, None, None)


def test_a_skeleton_has_keys_and_types_and_no_values() -> None:
    """Objects are followed inwards; what a list holds is a matter of data."""
    body = {"error": {"type": "x", "code": 4, "fatal": False, "cause": None}, "ids": [1, "2"]}
    wanted = {
        "error": {"cause": "NoneType", "code": "int", "fatal": "bool", "type": "str"},
        "ids": "list",
    }
    assert laws.skeleton(exchange(400, body)) == wanted
    assert laws.skeleton(exchange(400, b"<html>")) == "NoneType"


@given(BODIES)
def test_the_order_of_keys_makes_no_other_skeleton(body) -> None:
    """Two regions that write the same object from different ends have the same shape of
    an error.
    """
    both = pair(exchange(400, body), exchange(400, backwards(body)))
    assert laws.differ("shape of an error", both, laws.skeleton) == []


def backwards(value):
    if isinstance(value, dict):
        return {name: backwards(value[name]) for name in reversed(value)}
    return value


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 500])
def test_a_foreign_key_may_be_turned_away_in_any_way(status) -> None:
    """How it is refused is for the laws of authentication."""
    assert laws.foreign(exchange(status), "india", "global") == []


def test_a_foreign_key_that_is_let_in_is_a_finding() -> None:
    """It says which region let in whose key."""
    seen = exchange(200)
    wanted = Finding("401 from india for the key of global", "status 200", (seen,))
    assert laws.foreign(seen, "india", "global") == [wanted]


@pytest.mark.parametrize("name", HEADERS)
def test_an_optional_header_that_one_region_lacks_is_a_finding(name) -> None:
    """That it is there is compared, and its value is not."""
    field = name.replace("-", "_")
    with_it, without = exchange(200, {}, fields={field: "1"}), exchange(200, {})
    both = pair(with_it, without)
    text = "global yes, india no"
    wanted = Finding(f"the same presence of {name} in every region", text, tuple(both.values()))
    assert laws.headers(both, HEADERS) == [wanted]
    assert laws.headers(pair(with_it, exchange(200, {}, fields={field: "2"})), HEADERS) == []


def test_silence_carries_no_header() -> None:
    """An answer that never came lacks what the other one has."""
    expected = [
        one.expected
        for one in laws.headers(pair(exchange(200, {}, etag="x"), unanswered()), HEADERS)
    ]
    assert expected == [
        "the same presence of etag in every region",
        "the same Content-Type in every region",
    ]


def test_a_media_type_is_compared_with_its_parameters() -> None:
    """Case and spaces are no difference; a charset that one region names is."""
    plain = exchange(200, {}, content_type="application/json;charset=utf-8")
    spaced = exchange(200, {}, content_type="Application/JSON; charset=UTF-8")
    both = pair(plain, exchange(200, {}))
    text = "global application/json;charset=utf-8, india application/json"
    wanted = Finding("the same Content-Type in every region", text, tuple(both.values()))
    assert laws.headers(pair(plain, spaced), HEADERS) == []
    assert laws.headers(both, HEADERS) == [wanted]


def test_no_media_type_at_all_is_compared_as_nothing() -> None:
    """A region without Content-Type differs from one with it and from no other."""
    none = exchange(200, {}, content_type="")
    assert laws.headers(pair(none, unanswered()), HEADERS) == []
    assert (
        laws.headers(pair(none, exchange(200, {})), HEADERS)[0].actual
        == "global , india application/json"
    )


@given(
    st.lists(st.sampled_from([200, 404, 500]), min_size=1, max_size=5),
    st.lists(st.sampled_from([200, 404, 500]), min_size=1, max_size=5),
)
def test_a_region_that_has_nothing_of_its_rows_beside_one_that_has_all(one, other) -> None:
    """Any row that is served here, or missing there, may be a matter of data."""
    answers = {
        "global": [exchange(status, {}) for status in one],
        "india": [exchange(status, {}) for status in other],
    }
    is_broken = {frozenset(one), frozenset(other)} == {frozenset({200}), frozenset({404})}
    assert bool(laws.served_alike(answers)) == is_broken
