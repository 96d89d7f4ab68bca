"""The results for the page's script: every string once, every result a short row of indices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.verdict.report import OUTCOMES
from conformance.verdict.text import cut, visible

if TYPE_CHECKING:
    from conformance.verdict.report import Report, Result

_LONGEST = 300


class _Strings:
    """Strings by their place in a list."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))


def page_data(report: Report) -> dict[str, Any]:
    """What the script filters: results as rows, and the lists that the rows point into."""
    requirements, operations, regions, messages = _Strings(), _Strings(), _Strings(), _Strings()
    rows = [
        [
            requirements.place(result.requirement),
            operations.place(result.operation),
            -1 if result.region is None else regions.place(result.region),
            OUTCOMES.index(result.outcome),
            messages.place(cut(visible(result.message), _LONGEST)),
            sum(result.evidence.values()),
            1 if result.caused_by else 0,
        ]
        for result in report.results
    ]
    known = _facts(report.results)
    return {
        "outcomes": OUTCOMES,
        "requirements": [[name, *known[name]] for name in requirements.places],
        "operations": [visible(name) for name in operations.places],
        "regions": [visible(name) for name in regions.places],
        "messages": list(messages.places),
        "results": rows,
    }


def _facts(results: tuple[Result, ...]) -> dict[str, tuple[str, str]]:
    return {result.requirement: (result.level, result.area) for result in results}
