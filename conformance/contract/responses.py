"""The Responses Object of an operation: what its successes, or else its answers of any kind, have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract.media import may_be_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    Responses = Mapping[str, Mapping[str, Any]]

PARTIAL = "206"


def successes(responses: Responses) -> dict[str, Mapping[str, Any]]:
    """Those of a 2xx, by status."""
    return {status: entry for status, entry in responses.items() if status.startswith("2")}


def declares_fields(responses: Responses) -> bool:
    """Whether every success declares header fields, so that there is one to judge; a part (206) comes to
    a range alone.
    """
    whole = [entry for status, entry in successes(responses).items() if status != PARTIAL]
    return bool(whole) and all(entry.get("headers") for entry in whole)


def json_contents(responses: Responses) -> list[Mapping[str, Any]]:
    """What is in JSON in a success; where none is documented, in an answer of any status."""
    described = successes(responses) or responses
    contents = [entry.get("content") or {} for entry in described.values()]
    return [entry for content in contents for name, entry in content.items() if may_be_json(name)]
