"""The document itself: no requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.marks import requirements
from conformance.contract.sampling import ALONE
from conformance.laws import document as laws

if TYPE_CHECKING:
    from conformance.checks.context import Context
    from conformance.checks.evidence import Evidence
    from conformance.laws.finding import Finding
    from conformance.laws.flaws import Flaw


@requirements("DOC-01")
def test_valid(context: Context, evidence: Evidence) -> None:
    """The published document is valid OpenAPI, and its examples validate against their schemas."""
    with ALONE:
        findings = [
            flaw.finding
            for document in context.contract.documents
            for flaw in laws.valid(document.data)
        ]
    for operation in context.contract.operations:
        findings += laws.valid_example(operation, context.contract)
    evidence.judge("DOC-01", findings, documents=len(context.contract.documents))


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
    contract = context.contract
    flaws: list[Flaw] = []
    findings: list[Finding] = []
    for document in contract.documents:
        flaws += laws.schemes_applied(document.data) + laws.nothing_shadowed(document.data)
    for operation in contract.operations:
        flaws += laws.refusal_listed(operation)
        findings += laws.statuses_listed(contract.published(operation).data, operation)
    findings += [flaw.finding for flaw in flaws]
    evidence.judge("DOC-03", findings, documents=len(contract.documents))


@requirements("DOC-04")
def test_covered(context: Context, evidence: Evidence) -> None:
    """Every operation is covered by requirements."""
    for operation in context.contract.operations:
        evidence.judge("DOC-04", laws.covered(operation), operations=1)
