"""Watching: pytest's reports told to the live line."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from conformance.pytest_plugin.progress import Watching
from conformance.pytest_plugin.state import attach
from conformance.runner.recorder import Reported


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


def report(*judged: tuple[str, str], when: str = "call", **requests: int) -> Any:
    carrier = SimpleNamespace(when=when)
    attach(carrier, Reported(b"", requests, {}, None, None, list(judged)))  # type: ignore[arg-type]
    return carrier


def test_requests_of_all_regions_are_counted(watching: Watching, told: Told) -> None:
    """What was sent is what the servers had to answer."""
    watching.pytest_runtest_logreport(report(("AUT-08", "passed"), mars=3, io=1))
    watching.pytest_runtest_logreport(report(("AUT-08", "warned"), mars=2))
    assert told.heard == [
        ("judged", "authentication", "passed", 4, "AUT-08"),
        ("judged", "authentication", "warned", 6, "AUT-08"),
    ]


def test_what_no_catalogue_knows_is_told_too(watching: Watching, told: Told) -> None:
    """A requirement of another catalogue has no area of its own."""
    watching.pytest_runtest_logreport(report(("XYZ-01", "failed")))
    assert told.heard == [("judged", "robustness", "failed", 0, "XYZ-01")]


def test_a_check_is_done_when_it_is_torn_down(watching: Watching, told: Told) -> None:
    """Of a check's three reports one counts, and tests that judge nothing carry no events."""
    for when in ("setup", "call", "teardown"):
        watching.pytest_runtest_logreport(SimpleNamespace(when=when))  # type: ignore[arg-type]
    assert told.heard == [("advanced",)]
