"""What the tests of the laws share: the contract of the bundled document."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

from conformance.contract import load_contract
from conformance.laws.schemas import Schemas

# Of a mutation run (tox -e mutants): few examples, always the same, and no minute spent on
# shrinking them.
settings.register_profile(
    "mutants",
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


@pytest.fixture(scope="session")
def contract():
    return load_contract()


@pytest.fixture(scope="session")
def operation(contract):
    return contract.operations[0]


@pytest.fixture(scope="session")
def schemas(contract, operation):
    return Schemas(contract, operation)
