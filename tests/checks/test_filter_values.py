"""Which values of a filter are asked for, and which of them may be refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from conformance.checks.filter_values import (
    NO_SUCH_TEXT,
    matching_nothing,
    may_be_refused,
    unmatched,
)
from tests.support.checks import make_context

if TYPE_CHECKING:
    from conformance.checks.context import Context


def filtered_by(schema: dict[str, Any]) -> Context:
    """An operation with one parameter of this schema."""
    context = make_context()
    parameters = ({"name": "state", "in": "query", "schema": schema},)
    return replace(context, checked=replace(context.operation, parameters=parameters))


def test_a_word_of_the_vocabulary_that_no_row_has_comes_first() -> None:
    """The document allows it, so that it must be answered."""
    context = filtered_by({"type": "string", "enum": ["open", "closed", "held"]})
    values = matching_nothing(context, "state", ["open", "closed"])
    assert values[0] == "held"
    assert not may_be_refused(context, "state", "held")


def test_a_word_beside_the_vocabulary_may_be_refused() -> None:
    """Where every word of it is in use, no other value is allowed."""
    context = filtered_by({"type": "string", "enum": ["open", "closed"]})
    value = matching_nothing(context, "state", ["open", "closed"])[0]
    assert may_be_refused(context, "state", value)


@pytest.mark.parametrize(
    ("schema", "value", "refused"),
    [
        ({}, "zz", False),
        ({"type": "string"}, 7, False),
        ({"type": "integer"}, 7, False),
        ({"type": "integer", "maximum": 5}, 7, True),
        ({"type": "string", "maxLength": 1}, "zz", True),
    ],
)
def test_only_what_the_schema_does_not_allow_may_be_refused(schema, value, refused) -> None:
    """A number reads as a text where the parameter is one."""
    assert may_be_refused(filtered_by(schema), "state", value) is refused


def test_a_vocabulary_within_a_composition_is_one() -> None:
    """A parameter that may be null, as generators write it."""
    context = filtered_by(
        {"anyOf": [{"type": "string", "enum": ["open", "held"]}, {"type": "null"}]}
    )
    assert matching_nothing(context, "state", ["open"])[0] == "held"
    assert unmatched(filtered_by({"anyOf": [{"type": "integer"}, {"type": "null"}]})) == [
        ("agent_id", NO_SUCH_TEXT)
    ]


def test_a_boolean_that_no_row_has_must_be_answered() -> None:
    """No other text is one, so that nothing is asked where rows have both."""
    context = filtered_by({"anyOf": [{"type": "boolean"}, {"type": "null"}]})
    assert matching_nothing(context, "state", ["true"]) == ["false"]
    assert matching_nothing(context, "state", ["true", "false"]) == []
    assert not may_be_refused(context, "state", "false")
    assert may_be_refused(context, "state", "zz")
