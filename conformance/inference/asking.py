"""The query parameters that play a part in paging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract.described import parts
from conformance.inference import names
from conformance.inference.described import says_cursor
from conformance.inference.shapes import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.contract.operation import Operation
    from conformance.inference.shapes import Shape

    Resolve = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Parameters:
    """The query parameters that play a part in paging."""

    size: Mapping[str, Any] | None
    offset: Mapping[str, Any] | None
    page: Mapping[str, Any] | None
    cursor: Mapping[str, Any] | None
    stated_size: Mapping[str, Any] | None  # that of `size`, be it left out for its lower bound

    @property
    def are_some(self) -> bool:
        """Whether any of them asks for pages."""
        return any((self.size, self.offset, self.page, self.cursor))

    @property
    def are_numbers(self) -> bool:
        """Whether a page can be asked for by a number, so that no link needs to lead to it."""
        return self.offset is not None or self.page is not None


def parameters_of(operation: Operation, shape: Shape, resolve: Resolve) -> Parameters:
    """Those of an operation, by their names and types, or by what their descriptions say."""
    query = [entry for entry in operation.parameters if entry.get("in") == "query"]

    def best(known: tuple[str, ...], *allowed: str) -> Mapping[str, Any] | None:
        fitting = [
            (rank, entry)
            for entry in query
            if (rank := names.rank(str(entry["name"]), known)) is not None
            and _is_one_of(entry.get("schema"), allowed, resolve)
        ]
        return min(fitting, key=lambda pair: pair[0])[1] if fitting else None

    numbers = ("integer", "number")
    given = tuple(
        names.plain(member.name)
        for member in shape.members
        if kinds(member.schema, resolve) == {"string"}
    )
    # An offset that the answer gives as a text is a cursor (Airtable).
    opaque = tuple(name for name in names.OFFSET if name in given)
    size = best(names.SIZE, *numbers)
    return Parameters(
        size=None if size and _is_bounded_below(size, resolve) else size,
        offset=best(names.OFFSET, *numbers) or _first_row(query, size),
        page=best(names.PAGE, *numbers),
        cursor=best(names.CURSOR, "string", *numbers)
        or best(opaque, "string")
        or _said_cursor(query, resolve),
        stated_size=size,
    )


def _said_cursor(query: list[dict[str, Any]], resolve: Resolve) -> Mapping[str, Any] | None:
    """A text that is said to be a token of pages, whatever its name is (Matrix: `since`)."""
    said = (
        entry
        for entry in query
        if says_cursor(str(entry.get("description", "")))
        and kinds(entry.get("schema"), resolve) == {"string"}
    )
    return next(said, None)


def _first_row(
    query: list[dict[str, Any]], size: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """`first` beside `max`, which says how many rows (Keycloak); alone it would say so itself."""
    if size is None or names.plain(str(size["name"])) != "max":
        return None
    return next((entry for entry in query if names.plain(str(entry["name"])) == "first"), None)


def _is_bounded_below(size: Mapping[str, Any], resolve: Resolve) -> bool:
    """Whether pages of one row must not be asked for, as the laws of sizes do (X, EC2)."""
    minimum = stated(list(parts(size.get("schema") or {}, resolve)), "minimum")
    return minimum is not None and minimum > 1


def _is_one_of(schema: Any, allowed: tuple[str, ...], resolve: Resolve) -> bool:
    """Whether a schema allows one of these types; one that names none allows all."""
    named = kinds(schema, resolve)
    return not named or bool(named & set(allowed))


def stated(schema: list[dict[str, Any]], name: str) -> int | None:
    """The first whole number above 0 that a keyword has in the parts of a schema."""
    values = [part[name] for part in schema if type(part.get(name)) is int]
    return values[0] if values and values[0] > 0 else None
