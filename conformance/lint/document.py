"""The document judged by itself, overlays applied: what OpenAPI forbids, and what misleads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import ContractError, shape
from conformance.contract.load import read_contract
from conformance.laws import document as laws
from conformance.laws.examples import refused_examples, unlawful_examples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract import Contract
    from conformance.contract.origins import Origins
    from conformance.contract.source import Key, Source
    from conformance.laws.flaws import Flaw


def flaws_of(document: dict[str, Any], contract: Contract | None) -> list[Flaw]:
    """What is wrong with a document; what needs its operations only where they can be read."""
    if not shape.is_sound(document):
        return laws.valid(document)
    flaws = [
        *laws.valid(document),
        *laws.schemes_applied(document),
        *laws.nothing_shadowed(document),
        *refused_examples(document),
    ]
    for operation in contract.operations if contract else ():
        flaws += laws.refusal_listed(operation)
        flaws += unlawful_examples(document, operation)
    return flaws


def contract_or_none(
    document: dict[str, Any], origins: Origins, sources: Sequence[Source]
) -> Contract | None:
    """The operations of a document, as far as it can be read."""
    try:
        return read_contract(document, origins, sources)
    except ContractError:
        return None


def sentence(flaw: Flaw, origins: Origins) -> str:
    """File, line and pointer of a flaw, what is there and what was expected."""
    kind = "" if flaw.grave else "warning: "
    where = pointer_of(flaw.location) or "the document"
    place = origins.place(*flaw.location)
    return f"{place}: {kind}{where}: {flaw.actual}; expected {flaw.expected}."


def pointer_of(location: tuple[Key, ...]) -> str:
    """The place as a JSON Pointer (RFC 6901)."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in location)
    return "".join(f"/{key}" for key in escaped)
