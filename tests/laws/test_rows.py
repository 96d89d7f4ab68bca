"""The laws of rows by themselves, at their borders."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client import Request
from conformance.contract import load_contract
from conformance.laws import rows as laws
from conformance.laws.answer import Answer
from conformance.laws.finding import Finding
from conformance.laws.schemas import Schemas
from tests.support.bodies import ROW
from tests.support.lists import exchange, own

CREATED = "2024-04-10T14:22:00+00:00"


def listed(*rows):
    return exchange(200, {"data": list(rows), "has_more": False, "total": len(rows)})


def sensible(schemas, *rows):
    return laws.sensible(Answer(listed(*rows), schemas))


@pytest.mark.parametrize(
    "fine",
    [
        {"id": 1},
        {"id": "-1"},
        {"id": False},
        {"total_recipients": 0},
        {"total_recipients": None},
        {"created_at": CREATED, "updated_at": CREATED},
        {"created_at": 1712758920},
        {"updated_at": "yesterday"},
        {"updated_at": "2020-01-01T00:00:00"},
        {"updated_at": None},
    ],
)
def test_what_a_row_may_say(schemas, fine) -> None:
    """The least there may be; another type, or no moment of a known offset, is others' to judge."""
    assert sensible(schemas, ROW | fine) == []


@pytest.mark.parametrize(
    ("wrong", "expected", "actual"),
    [
        ({"id": 0}, "a positive id", "0"),
        ({"total_recipients": -0.5}, "/total_recipients not negative", "-0.5"),
        (
            {"created_at": CREATED, "updated_at": "2024-04-10T16:22:00+05:30"},
            "/updated_at not before /created_at",
            "2024-04-10 16:22:00+05:30 before 2024-04-10 14:22:00+00:00",
        ),
    ],
)
def test_what_makes_no_sense_is_said(schemas, wrong, expected, actual) -> None:
    """What was due and what the row has; moments are compared whatever their offsets."""
    answer = listed(ROW | wrong)
    assert laws.sensible(Answer(answer, schemas)) == [Finding(expected, actual, (answer,))]


def test_three_senseless_rows_are_enough(schemas) -> None:
    """The rest says the same."""
    found = sensible(schemas, *(ROW | {"id": -at} for at in range(5)))
    assert [finding.actual for finding in found] == ["0", "-1", "-2"]


def test_counts_of_a_single_answer_are_not_negative() -> None:
    """Of an operation that is no list, where an overlay names them."""
    contract = load_contract()
    [metrics] = [one for one in contract.operations if one.path.endswith("/metrics")]
    schemas = Schemas(contract, metrics)
    counts = {place.rpartition("/")[2]: 3 for place in metrics.row.counts}
    fine, wrong = (
        exchange(200, {"data": counts}),
        exchange(200, {"data": counts | {"busy_count": -1}}),
    )
    assert laws.sensible(Answer(fine, schemas)) == []
    [found] = laws.sensible(Answer(wrong, schemas)) or []
    assert (found.expected, found.actual) == ("/data/busy_count not negative", "-1")
    assert laws.sensible(Answer(exchange(404, {"data": counts}), schemas)) is None


def test_what_is_no_list_with_rows_is_not_looked_at(schemas) -> None:
    """An empty page, a refusal, the answer to another method."""
    assert sensible(schemas) is None
    assert laws.sensible(Answer(exchange(400, {"data": [{"id": 0}]}), schemas)) is None
    head = exchange(200, {"data": [{"id": 0}]}, request=own("HEAD"))
    assert laws.complete(Answer(head, schemas)) is None


def test_only_what_the_operation_declares_is_looked_at(contract, operation) -> None:
    """Without identity or with one of the two moments there is nothing to hold against
    each other.
    """
    wrong = ROW | {"id": 0, "updated_at": "2020-01-01T00:00:00Z"}
    for less in ({"created": None}, {"updated": None}):
        row = replace(operation.row, identity=None, **less)
        assert sensible(Schemas(contract, replace(operation, row=row)), wrong) == []


def test_properties_left_out_are_said_once_each(contract, operation) -> None:
    """Those that may be null, in the order of their names; what is no object lacks nothing."""
    nullable = {"type": ["string", "null"]}
    row = {"properties": {"b": nullable, "a": nullable, "c": {"type": "string"}}}
    schema = {"properties": {"data": {"type": "array", "items": row}}}
    responses = {"200": {"content": {"application/json": {"schema": schema}}}}
    answer = listed({"c": "x"}, {"a": None, "b": None}, 7, {"a": None, "c": "x"})
    found = laws.complete(
        Answer(answer, Schemas(contract, replace(operation, responses=responses)))
    )
    assert found == [
        Finding(f"{name} present, with null if it has no value", "left out of a row", (answer,))
        for name in ("a", "b")
    ]


def test_rows_that_nothing_describes_lack_nothing(contract, operation) -> None:
    """An undocumented status or one without JSON; rows of no schema or without properties."""

    def found(responses):
        schemas = Schemas(contract, replace(operation, responses=responses))
        return laws.complete(Answer(listed({"id": 1}), schemas))

    def described(data):
        schema = {"type": "object", "properties": {"data": data, "total": {}}}
        return {"200": {"content": {"application/json": {"schema": schema}}}}

    assert found({}) == found({"200": {}}) == []
    assert found(described({"type": "array"})) == []
    assert found(described({"type": "array", "items": {"type": "object"}})) == []
    assert found(
        described({"type": "array", "items": {"properties": {"name": {"nullable": True}}}})
    )
    unpaged = Schemas(contract, replace(operation, pagination=None))
    assert laws.complete(Answer(listed({"id": 1}), unpaged)) is None


def test_an_array_of_another_path_has_no_rows(contract, operation) -> None:
    """A list whose body is its rows: what stands below an item is an array too, of other things."""
    telling = replace(operation.pagination.telling, items="")
    paging = replace(operation.pagination, telling=telling)
    schemas = Schemas(contract, replace(operation, pagination=paging))
    odd = [ROW | {"total_recipients": -1}]
    below = Request("GET", f"{operation.path}/7/parts")
    assert laws.sensible(Answer(exchange(200, odd, request=own()), schemas))
    assert not laws.sensible(Answer(exchange(200, odd, request=below), schemas))


def below(operation, value, **row):
    """The findings of RES-09 for a row that is listed below a resource, called {agent} in the path."""
    nested = replace(
        operation, path="/agents/{agent}/calls", parents={"agent": "/agent_id"}, row=operation.row
    )
    schemas = Schemas(load_contract(), nested)
    request = Request("GET", f"/agents/{value}/calls", plain=True)
    page = {"data": [row], "has_more": False, "total": 1}
    return laws.belonging(Answer(exchange(200, page, request=request), schemas))


@pytest.mark.parametrize(
    ("value", "row"),
    [
        ("42", {"agent_id": 42}),
        ("42.0", {"agent_id": 42}),
        ("%34%32", {"agent_id": 42}),
        ("AB", {"agent_id": "ab"}),
        ("a%20b", {"agent_id": "a b"}),
        ("42", {"agent_id": None}),
        ("42", {"agent_id": {"id": 7}}),
        ("42", {}),
    ],
)
def test_what_belongs_to_the_resource_of_the_path(operation, value, row) -> None:
    """In any form of the value; a row may leave out whose it is."""
    assert below(operation, value, **row) == []


@pytest.mark.parametrize(
    ("value", "other"), [("42", 43), ("42", "43"), ("ab", "abc"), ("x", 1), (str(2**53 + 1), 2**53)]
)
def test_what_belongs_to_another_resource(operation, value, other) -> None:
    """It is said which."""
    [found] = below(operation, value, agent_id=other)
    expected = f"rows with /agent_id {value!r}, as /agents/{{agent}}/calls has it"
    assert (found.expected, found.actual) == (expected, str(other))


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_belong_where_they_are_equal(operation, value, other) -> None:
    """And nowhere else."""
    assert bool(below(operation, value, agent_id=other)) is (value != other)


def test_without_parents_nothing_belongs(operation, schemas) -> None:
    """Nor do refusals, nor lists without rows."""
    assert laws.belonging(Answer(listed(ROW), schemas)) is None
    nested = replace(operation, parents={"agent": "/agent_id"})
    assert laws.belonging(Answer(listed(), Schemas(load_contract(), nested))) is None
