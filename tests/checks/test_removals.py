"""Rows that are gone after refused methods: through them, or by themselves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from conformance.checks import removals
from tests.support.checks import make_context

METHODS = ("DELETE", "PUT")


class Listing:
    """A sender of a list that loses a row with each refused method, or with each reading."""

    def __init__(self, *, by_methods: bool, by_readings: int = 0, status: int = 405) -> None:
        self.context = make_context()
        self.rows = list(range(100))
        self.by_methods, self.by_readings, self.status = by_methods, by_readings, status
        self.readings = 0

    def send_all(self, requests: list[Any]) -> list[Any]:
        """A refusal of each method."""
        if self.by_methods:
            del self.rows[5]
        ok = self.status < 300
        return [SimpleNamespace(ok=ok, status=self.status, method=one.method) for one in requests]

    def read(self, *_: object, **__: object) -> Any:
        """The first rows; by themselves one goes in each so many readings."""
        self.readings += 1
        if self.by_readings and self.readings % self.by_readings == 0:
            del self.rows[3]
        return SimpleNamespace(ids=self.rows[:50])


def experiments(monkeypatch, listing: Listing, times: int = 3) -> list[int]:
    """How many findings each of several experiments has."""
    monkeypatch.setattr(removals, "page", listing.read)
    experiment = removals.Removals(cast("Any", listing), METHODS)
    found = [len(experiment(False)) for _ in range(times)]
    assert len(experiment.answers) == times * len(METHODS)
    return found


def test_rows_that_go_with_refused_methods_are_found_each_time(monkeypatch) -> None:
    """A list that rests otherwise."""
    assert experiments(monkeypatch, Listing(by_methods=True)) == [1, 1, 1]


@pytest.mark.parametrize("every", [1, 2, 3, 4])
def test_rows_that_go_by_themselves_say_nothing(monkeypatch, every) -> None:
    """Whether they went while it was looked, or between two experiments."""
    assert experiments(monkeypatch, Listing(by_methods=False, by_readings=every), 9)[1:] == [0] * 8


def test_what_a_method_was_allowed_to_do_is_no_finding_here(monkeypatch) -> None:
    """That it was allowed is another one; and a list that rests has none."""
    assert experiments(monkeypatch, Listing(by_methods=True, status=204)) == [0, 0, 0]
    assert experiments(monkeypatch, Listing(by_methods=False)) == [0, 0, 0]
