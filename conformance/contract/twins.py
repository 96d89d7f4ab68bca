"""Operations that no request tells apart: fragments in their paths do, and are never sent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.contract.operation import Operation


def with_twins(operations: Sequence[Operation]) -> tuple[Operation, ...]:
    """The same, where those of one method and URL have the answers of all of them."""
    groups: dict[tuple[str, str], list[Operation]] = defaultdict(list)
    for operation in operations:
        groups[operation.method, operation.path.partition("#")[0]].append(operation)
    shared = {
        key: _together([one.responses for one in group])
        for key, group in groups.items()
        if len(group) > 1
    }
    return tuple(
        replace(one, responses=shared.get((one.method, one.path.partition("#")[0]), one.responses))
        for one in operations
    )


def _together(described: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Responses by status, of each media type any of its schemas."""
    statuses = dict.fromkeys(status for responses in described for status in responses)
    return {
        status: _any_of([responses[status] for responses in described if status in responses])
        for status in statuses
    }


def _any_of(responses: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    contents = [response.get("content") or {} for response in responses]
    media = dict.fromkeys(name for content in contents for name in content)
    merged = {name: _entry([one[name] for one in contents if name in one]) for name in media}
    return {**responses[0], "content": merged} if merged else dict(responses[0])


def _entry(entries: Iterable[Any]) -> Any:
    """A Media Type Object that allows what any of them does; one without a schema allows all."""
    entries = list(entries)
    schemas = [one.get("schema") for one in entries if isinstance(one, dict)]
    if len(schemas) < len(entries) or None in schemas:
        return {}
    distinct = [one for at, one in enumerate(schemas) if one not in schemas[:at]]
    return entries[0] if len(distinct) == 1 else {"schema": {"anyOf": distinct}}
