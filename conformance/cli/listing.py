"""What a run would check, from its plan: nothing is asked for it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from conformance.verdict.text import counted, joined, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.plan import Plan

_MOST = 12
_MOST_OPERATIONS = 3


def listing(plan: Plan) -> Iterator[str]:
    """A line for each requirement that is judged, then what is not, by reason."""
    judged: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in plan.judged:
        judged[entry.requirement][entry.operation].append(entry.region or "all regions together")
    for requirement, operations in judged.items():
        for operation, regions in operations.items():
            yield visible(f"{requirement}  {operation}  {', '.join(regions)}")

    yield from _unjudged(plan)

    count = counted(len(judged), "requirement")
    yield f"{count} would be judged in {counted(len(plan.judged), 'place')}; nothing was asked"


def _unjudged(plan: Plan) -> Iterator[str]:
    """A line for each reason, and for the requirements that lack the same operations by it."""
    reasons: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for entry in plan.not_applicable:
        reasons[entry.reason or ""][entry.requirement][entry.operation] = None

    for reason, lacking in reasons.items():
        alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for requirement, operations in lacking.items():
            alike[tuple(operations)].append(requirement)
        for names, requirements in alike.items():
            places = joined(list(names), _MOST_OPERATIONS)
            yield visible(f"not judged: {joined(requirements, _MOST)} of {places}: {reason}")
