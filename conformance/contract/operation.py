"""An operation of the document, and the traits that say which laws it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.contract.conventions import Errors, RateLimits
    from conformance.contract.pagination import Pagination
    from conformance.contract.security import Security

# What requirements apply to whatever an operation promises beyond being one.
ALWAYS = ("operation", "parity")


@dataclass(frozen=True, slots=True)
class Sample:
    """What a published code sample sends beside the credential."""

    headers: tuple[tuple[str, str], ...]
    body: str | None


@dataclass(frozen=True, slots=True)
class RowProperties:
    """What properties of a row mean, as JSON Pointers into it.

    `identity` tells a row from every other; `words` come from a vocabulary; `counts` are never
    negative.
    """

    identity: str | None = None
    words: tuple[str, ...] = ()
    created: str | None = None
    updated: str | None = None
    counts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, as the overlaid document describes it.

    `line` is where the published document has it. `unsupported` names the security schemes without
    which nothing is answered, where none of them can be presented. `filters` has, for each query
    parameter that filters, the JSON Pointer to what it filters by. `example` is a published answer.
    """

    id: str
    method: str
    path: str
    line: int
    parameters: tuple[dict[str, Any], ...]
    responses: Mapping[str, Any]
    security: Security | None = None
    unsupported: tuple[str, ...] = ()
    pagination: Pagination | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    row: RowProperties = field(default_factory=RowProperties)
    samples: tuple[Sample, ...] = ()
    example: Any = None
    errors: Errors | None = None
    rate_limits: RateLimits | None = None

    @property
    def traits(self) -> tuple[str, ...]:
        """The names of what applies to it beyond being an operation.

        `windows`: a page can be asked for from any row on; `error_messages`: the words of errors
        are documented.
        """
        named = {
            "pagination": self.pagination,
            "windows": self.pagination and self.pagination.addressable,
            "filters": self.filters,
            "security": self.security,
            "errors": self.errors,
            "error_messages": self.errors and self.errors.messages,
            "rate_limits": self.rate_limits,
            "samples": self.samples,
        }
        return tuple(name for name, value in named.items() if value)

    def applies(self, trait: str) -> bool:
        """Whether requirements of a trait are judged on it."""
        return trait in ALWAYS or trait in self.traits

    @property
    def query_names(self) -> tuple[str, ...]:
        """The names of its query parameters, in the document's order."""
        return tuple(str(entry["name"]) for entry in self.parameters if entry.get("in") == "query")

    @property
    def plain_path(self) -> str | None:
        """The path of a plain request; none where it needs a value that the document does
        not give.
        """
        return None if "{" in self.path else self.path

    @property
    def obstacle(self) -> str | None:
        """Why no plain request can be made of it; none where one can."""
        if self.plain_path is None:
            return "its path needs a value that the document does not give"
        if self.unsupported:
            return f"it needs the security scheme {', '.join(self.unsupported)}, which cannot be presented"
        return None
