"""The document itself: no requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.marks import requirements
from conformance.checks.sampling import ALONE
from conformance.laws import document as laws

if TYPE_CHECKING:
    from conformance.checks.context import Context
    from conformance.checks.evidence import Evidence


@requirements("DOC-01")
def test_valid(context: Context, evidence: Evidence) -> None:
    """The published document is valid OpenAPI, and its examples validate against their schemas."""
    with ALONE:
        findings = laws.valid(context.contract.published)
    for operation in context.contract.operations:
        findings += laws.valid_example(operation, context.contract)
    evidence.judge("DOC-01", findings, documents=1)


@requirements("DOC-02")
def test_examples(context: Context, evidence: Evidence) -> None:
    """The published examples keep the laws of paging."""
    judged = 0
    for operation in context.contract.operations:
        findings = laws.lawful_example(operation)
        if findings is not None:
            evidence.judge("DOC-02", findings, examples=1)
            judged += 1
    if not judged:
        evidence.unjudged("DOC-02", "the overlay holds no published example", "not_applicable")


@requirements("DOC-03")
def test_modelling(context: Context, evidence: Evidence) -> None:
    """Schemes are applied and not shadowed, error statuses listed."""
    published = context.contract.published
    findings = laws.schemes_applied(published) + laws.nothing_shadowed(published)
    for operation in context.contract.operations:
        findings += laws.statuses_listed(published, operation)
        findings += laws.refusal_listed(operation)
    evidence.judge("DOC-03", findings, documents=1)


@requirements("DOC-04")
def test_covered(context: Context, evidence: Evidence) -> None:
    """Every operation is covered by requirements."""
    for operation in context.contract.operations:
        evidence.judge("DOC-04", laws.covered(operation), operations=1)
