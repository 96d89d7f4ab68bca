"""The document and its overlay, read into operations, traits, regions and requirements."""

from __future__ import annotations

from conformance.contract.errors import ContractError
from conformance.contract.load import Contract, load_contract, load_requirements
from conformance.events.model import Requirement

__all__ = ["Contract", "ContractError", "Requirement", "load_contract", "load_requirements"]
