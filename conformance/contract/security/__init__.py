"""Security schemes: an interface, a file for each scheme, and the reading of what an operation
requires.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from conformance.contract.references import resolve
from conformance.contract.security.api_key import ApiKey
from conformance.contract.security.basic import Basic
from conformance.contract.security.bearer import Bearer
from conformance.contract.security.interface import (
    NOTHING,
    PLACEHOLDER,
    Fields,
    Presentation,
    Security,
    Wrong,
)
from conformance.contract.security.mutual_tls import MutualTls
from conformance.contract.security.together import Together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "NOTHING",
    "PLACEHOLDER",
    "Fields",
    "NoSuchScheme",
    "Presentation",
    "Required",
    "Security",
    "Together",
    "Wrong",
    "read_security",
]

# A new scheme is a new file, and a line here.
SCHEMES: tuple[type[Security], ...] = (Bearer, ApiKey, Basic, MutualTls)


class NoSuchScheme(LookupError):
    """A Security Requirement Object names a scheme that the document does not define."""


@dataclass(frozen=True, slots=True)
class Required:
    """What an operation requires: a scheme that can be presented, nothing, or schemes that cannot
    be. `alternatives` are the further ones that can be, each enough by itself; `optional` those that
    can be where nothing has to be.
    """

    scheme: Security | None = None
    alternatives: tuple[Security, ...] = ()
    optional: tuple[Security, ...] = ()
    unsupported: tuple[str, ...] = ()


def read_security(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Required:
    """The alternatives of an operation that can be presented, in the document's order.

    An empty alternative means that no credential is needed beside the others, which may be presented
    (OpenAPI, Security Requirement Object); an operation, or a document, that names none needs none.
    """
    alternatives = operation.get("security", document.get("security")) or []
    schemes = _schemes(document, alternatives)
    presentable = [
        security
        for alternative in alternatives
        if alternative and (security := _alternative(alternative, schemes)) is not None
    ]
    if not alternatives or {} in alternatives:
        return Required(optional=tuple(presentable))
    if not presentable:
        return Required(unsupported=tuple(sorted(schemes)))
    return Required(presentable[0], tuple(presentable[1:]))


def _alternative(names: Iterable[str], schemes: Mapping[str, Any]) -> Security | None:
    """The schemes of one alternative, which are needed together; none where one is not supported."""
    parts = [_scheme(name, schemes[name]) for name in names]
    known = tuple(part for part in parts if part is not None)
    if len(known) < len(parts):
        return None
    return known[0] if len(known) == 1 else Together.of(*known)


def _schemes(document: Mapping[str, Any], alternatives: list[dict[str, Any]]) -> dict[str, Any]:
    """The Security Scheme Objects that alternatives name; raises NoSuchScheme."""
    defined = (document.get("components") or {}).get("securitySchemes") or {}
    named = {}
    for alternative in alternatives:
        for name in alternative:
            if name not in defined:
                known = ", ".join(defined) or "none"
                raise NoSuchScheme(
                    f"the security scheme {name} is not defined; the document has {known}."
                )
            named[name] = resolve(dict(document), defined[name])
    return named


def _scheme(name: str, described: dict[str, Any]) -> Security | None:
    for kind in SCHEMES:
        scheme: Any = kind.from_scheme(described)
        if scheme is not None:
            named: Security = replace(scheme, scheme=name)
            return named
    return None
