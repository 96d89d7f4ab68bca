"""What Schemathesis is asked to generate."""

from __future__ import annotations

import dataclasses

import pytest

from conformance.checks.generated import generated
from tests.support.checks import SETTINGS, make_context


@pytest.mark.parametrize("count", [1, 6, 20, 100])
def test_as_many_as_are_asked_for(count: int) -> None:
    """Distinct ones; what is invalid among them where there are more than a few."""
    settings = dataclasses.replace(SETTINGS, asked_cases=count)
    context = dataclasses.replace(make_context(), settings=settings, seed=count)
    made = generated(context)
    assert len({one.request.target for one in made}) == len(made) == count
    assert {one.valid for one in made} == ({True, False} if count >= 20 else {True})
