"""What the tests of the laws share: the contract of the bundled document."""

from __future__ import annotations

import pytest

from conformance.contract import load_contract
from conformance.laws.schemas import Schemas


@pytest.fixture(scope="session")
def contract():
    return load_contract()


@pytest.fixture(scope="session")
def operation(contract):
    return contract.operations[0]


@pytest.fixture(scope="session")
def schemas(contract, operation):
    return Schemas(contract, operation)
