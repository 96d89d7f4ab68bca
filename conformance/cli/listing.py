"""What a run would check, from its plan: nothing is asked for it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from conformance.verdict.text import counted, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.plan import Plan

_MOST = 12


def listing(plan: Plan) -> Iterator[str]:
    """A line for each requirement that is judged, then what is not, by reason."""
    judged: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for entry in plan.judged:
        judged[entry.requirement][entry.operation].append(entry.region or "all regions together")
    for requirement, operations in judged.items():
        for operation, regions in operations.items():
            yield f"{requirement}  {operation}  {', '.join(regions)}"

    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in plan.not_applicable:
        reasons[entry.reason or ""][f"{entry.requirement} {entry.operation}"] = None
    for reason, unjudged in reasons.items():
        yield f"not judged: {joined(list(unjudged), _MOST)}: {reason}"

    count = counted(len(judged), "requirement")
    yield f"{count} would be judged in {counted(len(plan.judged), 'place')}; nothing was asked"
