"""The one plain question before a run."""

from __future__ import annotations

from typing import Any

from conformance.client import RegionLost
from conformance.contract import load_contract
from conformance.runner.preflight import preflight


class Spent:
    """A client whose region answers 429 with a wait that is longer than the run."""

    base = "http://region.test"

    def probe(self, request: Any, name: str) -> Any:
        raise RegionLost("region one asks to wait 3,600 s")


def test_a_quota_that_is_spent_before_the_first_question_is_a_problem_of_the_region() -> None:
    """Not a failure of the suite."""
    clients: Any = {"one": Spent()}
    states = preflight(load_contract(), clients)
    assert states["one"].problem == "region one asks to wait 3,600 s"
