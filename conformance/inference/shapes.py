"""The shape of an answer as its schema has it: where its rows are, and its other members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer as pointers
from conformance.contract.described import named_types, parts, property_names
from conformance.inference.names import IDENTITY, LINK_ARRAYS, ROWS, WRAPPED, plain, rank

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

    @property
    def listed(self) -> str:
        """Where the array is that has the rows, be they members of its entries."""
        return self.rows.partition(f"/{pointers.EACH}/")[0]


def kinds(schema: Any, resolve: Resolve) -> set[str]:
    """The types that a schema allows, null left out; empty where it names none."""
    return named_types(parts(schema, resolve))


def shape_of(body: Any, path: str, resolve: Resolve) -> Shape | None:
    """The shape of a list's answer; none where it has no rows."""
    for read, what in ((_row, "objects"), (_text, "texts")):
        shape = _shape_with(read, what, body, path, resolve)
        if shape is not None:
            return shape
    return None


def _shape_with(
    row_of: Callable[[Any, Resolve], Any], what: str, body: Any, path: str, resolve: Resolve
) -> Shape | None:
    """The shape of an answer whose rows are what `row_of` finds in an array."""
    row = row_of(body, resolve)
    if row is not None:
        return Shape("", f"the answer is an array of {what}", row, ())

    members = tuple(_members(body, resolve))
    lists = [
        (member, found)
        for member in members
        if plain(member.name) not in LINK_ARRAYS and (found := row_of(member.schema, resolve))
    ]
    if not lists:
        return None

    last = plain(path.rstrip("/").rpartition("/")[2])
    chosen, row = min(lists, key=lambda entry: _preference(entry[0], last))
    others = tuple(member for member in members if not member.pointer.startswith(chosen.pointer))
    why = f"{'the one' if len(lists) == 1 else 'an'} array of {what} in the answer"
    wrapped = _wrapped(row, resolve)
    if wrapped is None:
        return Shape(chosen.pointer, why, row, others)
    name, inside = wrapped
    rows = f"{chosen.pointer}/{pointers.EACH}/{name}"
    return Shape(rows, f"{why}, each with a row in {name}", inside, others)


def _wrapped(row: Any, resolve: Resolve) -> tuple[str, Any] | None:
    """The member of an entry that is the row proper, and its schema: `node` of the edges of a
    connection, `resource` of what a Bundle of FHIR has; none where the entry has an identity itself.
    """
    own = property_names(row, resolve)
    if any(rank(name, IDENTITY) is not None for name in own):
        return None
    found = [
        (name, described[0] if len(described) == 1 else {"allOf": described})
        for name, described in own.items()
        if plain(name) in WRAPPED
    ]
    inner = [(name, schema) for name, schema in found if _has_identity(schema, resolve)]
    return inner[0] if len(inner) == 1 else None


def _has_identity(schema: Any, resolve: Resolve) -> bool:
    return any(rank(name, IDENTITY) is not None for name in property_names(schema, resolve))


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


def _text(schema: Any, resolve: Resolve) -> Any:
    """The schema of the texts that an array holds, such as names; none where it is no such array."""
    described = [part.get("items") for part in parts(schema, resolve)]
    texts = [
        row for row in described if isinstance(row, dict) and kinds(row, resolve) == {"string"}
    ]
    return texts[0] if texts else None


def _is_object(schema: Any, resolve: Resolve) -> bool:
    return "object" in kinds(schema, resolve) or bool(property_names(schema, resolve))
