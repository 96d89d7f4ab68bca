"""An operation of the document, and the traits that say which laws it keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Pagination:
    """Limit/offset paging: parameter names, JSON Pointers into the answer, bounds."""

    limit: str
    offset: str
    items: str
    has_more: str
    total: str
    default_limit: int
    maximum_limit: int


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path, as the overlaid document describes it."""

    id: str
    method: str
    path: str
    line: int
    parameters: tuple[dict[str, Any], ...]
    responses: Mapping[str, Any]
    bearer: bool
    pagination: Pagination | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    identity: str | None = None
    words: tuple[str, ...] = ()
    created: str | None = None
    updated: str | None = None
    counts: tuple[str, ...] = ()
    example: Any = None

    @property
    def traits(self) -> tuple[str, ...]:
        """The names of what applies to it beyond `operation`."""
        found = (("pagination", self.pagination), ("filters", self.filters), ("bearer", self.bearer))
        return tuple(name for name, there in found if there)

    def applies(self, trait: str) -> bool:
        """Whether requirements of a trait are judged on it."""
        return trait in ("operation", "parity") or trait in self.traits

    @property
    def plain_path(self) -> str | None:
        """The path of a plain request; none where it needs a value that the document does not give."""
        return None if "{" in self.path else self.path
