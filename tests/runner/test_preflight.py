"""The one plain question before a run."""

from __future__ import annotations

from typing import Any

from conformance.client import RegionLost
from conformance.contract import load_contract
from conformance.runner.preflight import preflight
from tests.support.lists import exchange


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


class Gateway:
    """A client whose region is behind a gateway that wants a key of its own."""

    base = "http://region.test"

    def probe(self, request: Any, name: str) -> Any:
        body = {"message": "Forbidden"}
        return exchange(403, body, request=request, x_amzn_errortype="ForbiddenException")


def test_a_gateway_that_wants_a_key_of_its_own_is_named() -> None:
    """It is not the API's key that is refused, as the form of the answer shows."""
    clients: Any = {"one": Gateway()}
    problem = preflight(load_contract(), clients)["one"].problem or ""
    assert "answered 403 (application/json, x-amzn-errortype: ForbiddenException)" in problem
    assert "does a gateway want a key of its own (-H NAME:VALUE)" in problem
