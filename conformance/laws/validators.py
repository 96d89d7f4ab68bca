"""Validators of schemas: JSON Schema 2020-12, of which nothing is judged that takes too long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from conformance.contract.dialect import for_answers
from conformance.laws.breadth import must_be_narrow

if TYPE_CHECKING:
    from conformance.contract import Contract


def validator_of(schema: Any, contract: Contract) -> Any:
    """A validator of a schema of the document, for answers; raises Unjudgeable."""
    return compiled(for_answers(schema, contract.document))


def compiled(schema: Any) -> Any:
    """A validator of JSON Schema 2020-12, formats enforced; raises Unjudgeable."""
    must_be_narrow(schema)
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
