"""What an operation is made of beside its own description: what it needs, lists and creates."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


Pairs = tuple[tuple[str, str], ...]
"""Names and values, not encoded."""


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
class Sort:
    """A query under which a list is in the order of a property: `by` is the JSON Pointer into a row,
    `words` its vocabulary in the document's order, which may be the order of the rows.
    """

    query: Pairs
    by: str
    descending: bool = False
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        """It in words: `by /count, descending, under sort=-count`."""
        query = "&".join(f"{name}={value}" for name, value in self.query)
        where = f"under {query}" if query else "without a query"
        return f"by {self.by}, {'descending' if self.descending else 'ascending'}, {where}"


@dataclass(frozen=True, slots=True)
class Item:
    """Where a row of a list is fetched by its identity: the operation's path, and the name in it that
    the identity stands for. `stated`: an overlay says so; else the paths do.
    """

    path: str
    name: str
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Creation:
    """What an operation creates: a row of a list, fetched and undone by its identity.

    `listing`, `item`, `deleted_by` and `replaced_by` are ids of operations, the latter two where an
    overlay allows their writes. `name` is what the identity stands for in `path`, the item's,
    `identity` the JSON Pointer to it. `counted`: the list tells how many rows it has. `key` is the
    header field of an idempotency key.
    """

    listing: str
    item: str
    path: str
    name: str
    identity: str
    counted: bool = False
    deleted_by: str | None = None
    replaced_by: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What every request must carry to be valid, with the values that the document gives or allows.

    `media` is the `Content-Type` of the body. `missing` names what has no value, with the place that
    it has in a request.
    `leading` is what stands before a value in the path, by its name; `assumed` names those of which
    the document alone gives a value, which may be nobody's. `guessed` names, with their places,
    what has a value that is right by its schema alone, which says nothing of what it means.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    leading: Mapping[str, str] = field(default_factory=dict)
    assumed: tuple[str, ...] = ()
    query: Pairs = ()
    headers: Pairs = ()
    cookies: Pairs = ()
    body: str | None = None
    media: str | None = None
    guessed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
