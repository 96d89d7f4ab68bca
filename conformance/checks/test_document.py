"""The document itself: no requests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from conformance.checks.marks import requirements
from conformance.checks.sampling import ALONE
from conformance.contract import pointer
from conformance.contract.load import success_schema
from conformance.laws import pages as laws
from conformance.laws.finding import Finding
from conformance.laws.schemas import modern

if TYPE_CHECKING:
    from conformance.checks.context import Context
    from conformance.checks.evidence import Evidence


@requirements("DOC-01")
def test_valid(context: Context, evidence: Evidence) -> None:
    """The published document is valid OpenAPI, and its examples validate against their schemas."""
    found = [Finding("a valid OpenAPI document", text) for text in _errors(context.contract.published)]
    for operation in context.contract.operations:
        schema = success_schema(
            context.contract.document,
            context.contract.document["paths"][operation.path][operation.method.lower()],
        )
        if operation.example is not None and schema is not None:
            whole = modern({**schema, "components": context.contract.document.get("components", {})})
            errors = jsonschema_rs.Draft202012Validator(whole, validate_formats=True).iter_errors(
                operation.example
            )
            found += [
                Finding(f"an example of {operation.id} that its schema allows", str(error.message))
                for error in errors
            ]
    evidence.judge("DOC-01", found, documents=1)


def _errors(document: dict[str, Any]) -> list[str]:
    with ALONE:
        from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

        old = str(document["openapi"]).startswith("3.0")
        validator = (OpenAPIV30SpecValidator if old else OpenAPIV31SpecValidator)(document)
        return [str(error.message)[:300] for error in validator.iter_errors()]


@requirements("DOC-02")
def test_examples(context: Context, evidence: Evidence) -> None:
    """The published examples obey the laws of paging."""
    for operation in context.contract.operations:
        paging = operation.pagination
        if paging is None or operation.example is None:
            continue
        rows = tuple(pointer.get(operation.example, paging.items))
        page = laws.Page(
            0,
            paging.default_limit,
            rows,
            tuple(map(repr, rows)),
            pointer.get(operation.example, paging.has_more),
            pointer.get(operation.example, paging.total),
        )
        evidence.judge("DOC-02", laws.size(page) + laws.has_more(page), examples=1)
    if ("DOC-02", None) not in evidence.judgements:
        evidence.unjudged("DOC-02", "the overlay holds no published example", "not_applicable")


@requirements("DOC-03")
def test_modelling(context: Context, evidence: Evidence) -> None:
    """Schemes are applied and not shadowed, error statuses listed, bounds stated."""
    published, found = context.contract.published, []
    schemes = (published.get("components") or {}).get("securitySchemes") or {}
    entries = [
        (method, path, entry)
        for path, item in published["paths"].items()
        for method, entry in item.items()
        if isinstance(entry, dict)
    ]
    used = {name for one in (published.get("security") or []) for name in one}
    used |= {name for *_, entry in entries for one in (entry.get("security") or []) for name in one}
    found += [
        Finding(f"the security scheme {name} applied", "no operation requires it")
        for name in schemes
        if name not in used
    ]
    for method, path, entry in entries:
        place = f"{method.upper()} {path}"
        for parameter in entry.get("parameters") or []:
            if parameter.get("in") == "header" and str(parameter.get("name")).lower() == "authorization":
                found.append(
                    Finding("no header parameter Authorization", f"{place} has one, which OpenAPI ignores")
                )
        operation = next(
            one for one in context.contract.operations if (one.method.lower(), one.path) == (method, path)
        )
        missing = sorted(set(operation.responses) - set(map(str, entry.get("responses") or {})))
        if missing:
            found.append(Finding("every documented status listed", f"{place} lacks {', '.join(missing)}"))
    evidence.judge("DOC-03", found, documents=1)


@requirements("DOC-04")
def test_covered(context: Context, evidence: Evidence) -> None:
    """Every operation is covered by requirements."""
    for operation in context.contract.operations:
        bare = operation.plain_path is None
        found = (
            [Finding(f"{operation.id} covered", "its path needs a value that the document does not give")]
            if bare
            else []
        )
        evidence.judge("DOC-04", found, operations=1)
