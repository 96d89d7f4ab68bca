"""What the responses of an operation have."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.responses import declares_fields, json_contents, successes

FIELDS = {"headers": {"X-A": {"required": True}}}
JSON: dict[str, Any] = {"content": {"application/json": {"schema": {}}, "text/plain": {}}}


@pytest.mark.parametrize(
    ("responses", "declared"),
    [
        ({"200": FIELDS}, True),
        ({"2XX": FIELDS, "400": {}}, True),
        ({"200": FIELDS, "206": {}}, True),
        ({"200": FIELDS, "202": {}}, False),
        ({"200": {}, "429": FIELDS}, False),
        ({"206": FIELDS}, False),
        ({"default": FIELDS}, False),
        ({}, False),
    ],
)
def test_fields_are_declared_where_each_success_has_some(responses, declared) -> None:
    """Else no answer of a run need have one."""
    assert declares_fields(responses) is declared


def test_json_of_successes_or_of_any_answer() -> None:
    """As far as the document has successes."""
    assert json_contents({"201": JSON, "400": JSON}) == [{"schema": {}}]
    assert json_contents({"default": JSON}) == [{"schema": {}}]
    assert list(successes({"200": JSON, "2XX": {}, "302": {}})) == ["200", "2XX"]
