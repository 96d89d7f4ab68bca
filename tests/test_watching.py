"""Watching: pytest's reports told to the live line."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from conformance.watching import Watching

EXCHANGE = {"event": "exchange"}
FINDING = {"expected": "a", "actual": "b", "level": None}


class Told:
    """A progress that remembers."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *values: self.heard.append((name, *values))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def watching(told: Told) -> Watching:
    catalogue = {"AUT-08": SimpleNamespace(area="authentication", level="SHOULD")}
    return Watching(told, catalogue.get)  # type: ignore[arg-type]


def report(*events: dict[str, Any], when: str = "call") -> Any:
    return SimpleNamespace(conformance=list(events), when=when)


def judgement(requirement: str, state: str = "judged", findings: list[Any] | None = None) -> dict[str, Any]:
    return {"event": "judgement", "requirement": requirement, "state": state, "findings": findings or []}


def test_requests_are_counted_with_their_retries(watching: Watching, told: Told) -> None:
    """What was sent is what a server had to answer."""
    watching.pytest_runtest_logreport(
        report(
            {"event": "exchange", "attempts": 2}, {"event": "exchange", "attempts": 1}, judgement("AUT-08")
        )
    )
    assert told.heard == [("judged", "authentication", "passed", 3)]


@pytest.mark.parametrize(
    ("event", "outcome"),
    [
        (judgement("AUT-08", findings=[FINDING]), "warned"),
        (judgement("AUT-08", findings=[FINDING | {"level": "MUST"}]), "failed"),
        (judgement("XYZ-01", findings=[FINDING]), "failed"),
        (judgement("AUT-08", state="inconclusive"), "inconclusive"),
        (judgement("AUT-08", state="broken"), "broken"),
    ],
    ids=["should", "must of a should", "unknown", "inconclusive", "broken"],
)
def test_an_outcome_is_told_as_soon_as_a_check_says_so(
    watching: Watching, told: Told, event: dict[str, Any], outcome: str
) -> None:
    """Whoever waits need not wait to the end to see that it fails."""
    watching.pytest_runtest_logreport(report(event))
    assert told.heard[0][2] == outcome


def test_a_check_is_done_when_it_is_torn_down(watching: Watching, told: Told) -> None:
    """Of a check's three reports one counts, and tests that judge nothing carry no events."""
    for when in ("setup", "call", "teardown"):
        watching.pytest_runtest_logreport(SimpleNamespace(when=when))  # type: ignore[arg-type]
    assert told.heard == [("advanced",)]
