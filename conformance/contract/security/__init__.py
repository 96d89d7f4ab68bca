"""Security schemes: an interface, a file for each scheme, and the reading of what an operation
requires.
"""

from __future__ import annotations

from dataclasses import dataclass
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

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "NOTHING",
    "PLACEHOLDER",
    "Fields",
    "NoSuchScheme",
    "Presentation",
    "Required",
    "Security",
    "Wrong",
    "read_security",
]

# A new scheme is a new file, and a line here.
SCHEMES: tuple[type[Security], ...] = (Bearer, ApiKey, Basic)


class NoSuchScheme(LookupError):
    """A Security Requirement Object names a scheme that the document does not define."""


@dataclass(frozen=True, slots=True)
class Required:
    """What an operation requires: a scheme that can be presented, nothing, or schemes that cannot
    be. `alternatives` are the further ones that can be, each enough by itself.
    """

    scheme: Security | None = None
    alternatives: tuple[Security, ...] = ()
    unsupported: tuple[str, ...] = ()


def read_security(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Required:
    """The first alternative of an operation that can be presented.

    An empty alternative means that no credential is needed (OpenAPI, Security Requirement Object),
    and so does an operation, or a document, that names none.
    """
    alternatives = operation.get("security", document.get("security")) or []
    if not alternatives or {} in alternatives:
        return Required()

    schemes = _schemes(document, alternatives)
    # Several schemes in one alternative are needed together; none of those here are ever combined.
    alone = [next(iter(alternative)) for alternative in alternatives if len(alternative) == 1]
    presentable = [scheme for name in alone if (scheme := _scheme(schemes[name])) is not None]
    if not presentable:
        return Required(unsupported=tuple(sorted(schemes)))
    return Required(presentable[0], tuple(presentable[1:]))


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


def _scheme(described: dict[str, Any]) -> Security | None:
    for kind in SCHEMES:
        scheme = kind.from_scheme(described)
        if scheme is not None:
            return scheme
    return None
