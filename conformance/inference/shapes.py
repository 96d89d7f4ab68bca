"""The shape of an answer as its schema has it: where its rows are, and its other members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract.described import named_types, parts, property_names
from conformance.inference.names import ROWS, plain, rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Resolve = Callable[[Any], Any]

DEEPEST = 2  # envelopes within the envelope that are looked into


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an answer beside its rows: its JSON Pointer, its name, and its schema."""

    pointer: str
    name: str
    schema: Any


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the rows are, why they are taken for them, the schema of a row, and other members."""

    rows: str
    why: str
    row: Any
    members: tuple[Member, ...]


def kinds(schema: Any, resolve: Resolve) -> set[str]:
    """The types that a schema allows, null left out; empty where it names none."""
    return named_types(parts(schema, resolve))


def shape_of(body: Any, path: str, resolve: Resolve) -> Shape | None:
    """The shape of a list's answer; none where it has no rows."""
    row = _row(body, resolve)
    if row is not None:
        return Shape("", "the answer is an array of objects", row, ())

    members = tuple(_members(body, resolve))
    lists = [(member, found) for member in members if (found := _row(member.schema, resolve))]
    if not lists:
        return None

    last = plain(path.rstrip("/").rpartition("/")[2])
    chosen, row = min(lists, key=lambda entry: _preference(entry[0], last))
    others = tuple(member for member in members if not member.pointer.startswith(chosen.pointer))
    only = "the one array of objects" if len(lists) == 1 else "an array of objects"
    return Shape(chosen.pointer, f"{only} in the answer", row, others)


def _preference(member: Member, last: str) -> tuple[int, int]:
    """The usual names first, then the path's own, then the nearest to the root."""
    usual = rank(member.name, ROWS)
    if usual is None:
        usual = len(ROWS) if plain(member.name) == last else len(ROWS) + 1
    return usual, member.pointer.count("/")


def _members(schema: Any, resolve: Resolve, at: str = "", depth: int = 0) -> Iterator[Member]:
    for name, described in property_names(schema, resolve).items():
        pointer = f"{at}/{name.replace('~', '~0').replace('/', '~1')}"
        schema = described[0] if len(described) == 1 else {"allOf": described}
        yield Member(pointer, name, schema)
        if depth < DEEPEST:
            yield from _members(schema, resolve, pointer, depth + 1)


def _row(schema: Any, resolve: Resolve) -> Any:
    """The schema of the objects that an array holds; none where it is no such array."""
    described = [part.get("items") for part in parts(schema, resolve)]
    rows = [row for row in described if isinstance(row, dict) and _is_object(row, resolve)]
    if not rows:
        return None
    # An envelope that all lists share says no more than that rows are objects.
    return rows[0] if len(rows) == 1 else {"allOf": rows}


def _is_object(schema: Any, resolve: Resolve) -> bool:
    return "object" in kinds(schema, resolve) or bool(property_names(schema, resolve))
