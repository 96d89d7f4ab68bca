"""A list and its items: there, alike, and nothing else there."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws import items as laws
from conformance.laws.answer import Answer
from conformance.laws.schemas import Schemas
from tests.support.lists import exchange


@pytest.mark.parametrize(
    ("status", "body", "problem"),
    [
        (200, {"id": 7}, None),
        (200, {"data": {"id": 7}}, None),
        (200, {"id": "7"}, None),
        (200, {"id": 8}, "an answer without that identity"),
        (200, None, "an answer without that identity"),
        (200, [{"id": 7}], "an answer without that identity"),
        (404, {"id": 7}, "status 404"),
        (500, None, "status 500"),
    ],
)
def test_a_listed_row_can_be_fetched(status, body, problem) -> None:
    """Alone or in an envelope, by the identity that was asked for."""
    found = laws.fetched(exchange(status, body), "/id", 7)
    assert [finding.actual for finding in found] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("item", "at"),
    [
        ({"id": 1, "state": "open"}, None),
        ({"id": 1, "extra": 5}, None),
        ({"id": 1, "state": "closed"}, "/state"),
        ({"id": 1, "owner": {"name": "a", "more": 1}}, None),
        ({"id": 1, "owner": {"name": "b"}}, "/owner/name"),
        ({"id": 1, "tags": ["x", "y"]}, None),
        ({"id": 1, "tags": ["y"]}, "/tags/0"),
        ({"id": 1, "state": None}, "/state"),
    ],
)
def test_an_item_agrees_with_its_row(item, at) -> None:
    """As far as both have a property; of lists those of one length."""
    row = {"id": 1, "state": "open", "owner": {"name": "a"}, "tags": ["x"]}
    found = laws.agrees(row, item, ())
    assert [finding.at for finding in found] == ([at] if at else [])


def test_what_differs_between_two_answers_of_an_item_says_nothing() -> None:
    """A link that is signed anew for each answer."""
    first, second = {"id": 1, "url": "a"}, {"id": 1, "url": "b"}
    assert laws.unsteady([first, second]) == {"url"}
    assert laws.agrees({"id": 1, "url": "c"}, second, (), {"url"}) == []


def test_a_property_that_goes_and_comes_back_is_of_two_versions() -> None:
    """One of several instances tells another value than the list and the others."""
    told = [{"id": 1, "at": at} for at in ("x", None, "x", None)]
    (finding,) = laws.alternating({"id": 1, "at": "x", "more": 2}, told, ())
    assert (finding.at, finding.actual) == ("/at", "None in 2 of 4 answers")
    assert finding.expected == "/at 'x' in every answer, as the list has it"


@given(st.lists(st.integers(), unique=True, min_size=1), st.integers(0, 3))
def test_what_moves_on_or_is_made_anew_does_not_alternate(values, stays) -> None:
    """A value that never comes back once it was left."""
    told = [{"at": value} for value in [values[0]] * stays + values]
    assert laws.alternating({"at": values[0]}, told, ()) == []


@given(st.lists(st.booleans(), min_size=2))
def test_a_value_alternates_where_it_is_left_and_told_again(flags) -> None:
    """Whatever comes before, and however often."""
    told = [{"at": flag} for flag in flags]
    left = flags.index(False) if False in flags else len(flags)
    assert bool(laws.alternating({"at": True}, told, ())) == (True in flags[left:])


@given(
    st.lists(st.integers(1, 10**6), min_size=1, unique=True)
    | st.lists(st.uuids().map(str), min_size=1, unique=True)
    | st.lists(st.text(min_size=1), min_size=1, unique=True)
)
def test_an_unknown_identity_is_of_the_form_of_the_known(known) -> None:
    """A number, a UUID or a text, and none of them."""
    unknown = laws.unknown_identity(known)
    assert unknown not in known
    assert isinstance(unknown, type(known[0]))


def test_an_unknown_uuid_is_one() -> None:
    """And a text has digits where the known ones have them."""
    assert uuid.UUID(laws.unknown_identity([str(uuid.UUID(int=5))]))
    assert laws.unknown_identity(["ord_12ab"]) == "ord_87zy"


@pytest.mark.parametrize(
    ("identity", "status", "fine"),
    [
        (5, 404, True),
        (5, 400, False),
        (5, 200, False),
        (5, 500, False),
        ("ord_1", 404, True),
        ("ord_1", 400, True),
        ("ord_1", 200, False),
        (laws.NO_SUCH_UUID, 422, False),
    ],
)
def test_what_nobody_has_is_not_found(identity, status, fine) -> None:
    """A text may be malformed in ways that its form does not show."""
    assert (laws.not_there(exchange(status), identity) == []) is fine


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ({"errors": [{"title": "Not Found"}]}, "SHOULD"),
        ({"data": None}, "SHOULD"),
        ({"data": [], "errors": []}, "SHOULD"),
        ({"data": {"id": 7}}, None),
        ({"data": [{"id": 7}]}, None),
        ({"id": 7}, None),
        ({"code": 5}, None),
        ({}, None),
        ([], None),
    ],
)
def test_a_success_may_say_that_nothing_is_there(body, level) -> None:
    """Where the document names no 404, and describes what says so; another row never does."""
    empty = laws.Empty("/id", frozenset({"id", "data", "errors"}))
    [finding] = laws.not_there(exchange(200, body), 5, empty)
    assert finding.level == level
    [finding] = laws.not_there(exchange(500, body), 5, empty)
    assert finding.level is None


def test_what_is_nearly_known_is_known_to_nobody() -> None:
    """With a tail, its beginning where it is a text, and a pattern."""
    assert laws.nearly_known([12345, 7]) == ["12345abc", "%"]
    assert laws.nearly_known(["e36853de", "e368"]) == ["e36853deabc", "%"]
    assert laws.nearly_known(["abcdef"]) == ["abcdefabc", "abc", "%"]


@pytest.mark.parametrize(
    ("status", "problem"),
    [(200, None), (206, None), (429, None), (404, "status 404"), (500, "status 500")],
)
def test_what_belongs_to_a_listed_row_is_there(status: int, problem: str | None) -> None:
    """Whatever it is; who asks too often may be told so."""
    found = laws.present(exchange(status, None), 7)
    assert [finding.actual for finding in found] == ([problem] if problem else [])


@given(st.integers(100, 599), st.one_of(st.integers(), st.text()))
def test_only_a_success_or_a_limit_says_that_it_is_there(status: int, identity: object) -> None:
    """For any status and identity."""
    found = laws.present(exchange(status, None), identity)
    assert bool(found) is not (200 <= status < 300 or status == 429)


@pytest.mark.parametrize(
    ("status", "body", "fine"),
    [
        (200, {"id": 9}, True),
        (200, {"detail": "User not found"}, False),
        (404, {"detail": "User not found"}, True),
    ],
)
def test_a_success_for_what_nobody_has_is_one_that_is_described(
    contract, operation, status, body, fine
) -> None:
    """Where the document names no 404: FastAPI's documents never do."""
    schema = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}}
    responses = {"200": {"content": {"application/json": {"schema": schema}}}}
    schemas = Schemas(contract, replace(operation, responses=responses))
    answer = Answer(exchange(status, body), schemas)
    assert (laws.misdescribed(answer, 7) == []) is fine
