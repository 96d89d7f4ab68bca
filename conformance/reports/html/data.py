"""The results for the page's script: every string once, every result a short row of indices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.verdict.report import OUTCOMES
from conformance.verdict.text import cut, visible

if TYPE_CHECKING:
    from conformance.verdict.report import Report, Result

_LONGEST = 300


class _Strings:
    """Strings by their index in a list."""

    def __init__(self) -> None:
        self.indices: dict[str, int] = {}

    def index(self, text: str) -> int:
        return self.indices.setdefault(text, len(self.indices))


def page_data(report: Report) -> dict[str, Any]:
    """What the script filters: results as rows, and the lists that the rows point into."""
    requirements, operations, regions, messages = _Strings(), _Strings(), _Strings(), _Strings()
    rows = [
        [
            requirements.index(result.requirement),
            operations.index(result.operation),
            -1 if result.region is None else regions.index(result.region),
            OUTCOMES.index(result.outcome),
            messages.index(cut(visible(result.message), _LONGEST)),
            sum(result.evidence.values()),
            1 if result.caused_by else 0,
        ]
        for result in report.results
    ]
    facts = _facts(report.results)
    return {
        "outcomes": OUTCOMES,
        "requirements": [[name, *facts[name]] for name in requirements.indices],
        "operations": [visible(name) for name in operations.indices],
        "regions": [visible(name) for name in regions.indices],
        "messages": list(messages.indices),
        "results": rows,
    }


def _facts(results: tuple[Result, ...]) -> dict[str, tuple[str, str]]:
    return {result.requirement: (result.level, result.area) for result in results}
