"""The laws of rows by themselves, at their borders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.laws import rows as laws
from conformance.laws.finding import Finding
from conformance.laws.schemas import Schemas
from tests.laws.test_schema import ROW
from tests.support.lists import exchange

ANSWER = exchange(200, {"data": [ROW], "has_more": False, "total": 1})
CREATED = "2024-04-10T14:22:00+00:00"


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
def test_what_a_row_may_say(operation, fine) -> None:
    """The least there may be; another type, or no moment of a known offset, is others' to judge."""
    assert laws.sensible([ROW | fine], operation, ANSWER) == []


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
def test_what_makes_no_sense_is_said(operation, wrong, expected, actual) -> None:
    """What was due and what the row has; moments are compared whatever their offsets."""
    assert laws.sensible([ROW | wrong], operation, ANSWER) == [Finding(expected, actual, (ANSWER,))]


def test_three_senseless_rows_are_enough(operation) -> None:
    """The rest says the same."""
    found = laws.sensible([ROW | {"id": -at} for at in range(5)], operation, ANSWER)
    assert [one.actual for one in found] == ["0", "-1", "-2"]


def test_only_what_the_operation_declares_is_looked_at(operation) -> None:
    """Without identity or with one of the two moments there is nothing to hold against each other."""
    wrong = ROW | {"id": 0, "updated_at": "2020-01-01T00:00:00Z"}
    for less in ({"created": None}, {"updated": None}):
        row = replace(operation.row, identity=None, **less)
        assert laws.sensible([wrong], replace(operation, row=row), ANSWER) == []


def test_properties_left_out_are_said_once_each(schemas) -> None:
    """In the order of their names, whichever rows lack them; what is no object lacks nothing."""
    rows = [{"id": 1}, {**ROW, "name": None}, 7, {name: ROW[name] for name in ROW if name != "status"}]
    answer = exchange(200, {"data": rows, "has_more": False, "total": 4})
    found = laws.complete(rows, answer, schemas)
    assert [one.expected.split()[0] for one in found] == sorted(set(ROW) - {"id"})
    text = "agent_id present, with null if it has no value"
    assert found[0] == Finding(text, "left out of a row", (answer,))


def test_rows_that_nothing_describes_lack_nothing(contract, operation) -> None:
    """An undocumented status or one without JSON; no paging; rows of no schema or without properties."""
    row, answer = {"id": 1}, exchange(200, {"data": [{"id": 1}]})

    def found(**changes):
        return laws.complete([row], answer, Schemas(contract, replace(operation, **changes)))

    def described(data):
        schema = {"type": "object", "properties": {"data": data, "total": {}}}
        return {"200": {"content": {"application/json": {"schema": schema}}}}

    assert found(responses={}) == found(responses={"200": {}}) == found(pagination=None) == []
    assert found(responses=described({"type": "array"})) == []
    assert found(responses=described({"type": "array", "items": {"type": "object"}})) == []
    assert found(responses=described({"type": "array", "items": {"properties": {"name": {}}}}))
