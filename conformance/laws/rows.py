"""The laws of rows by themselves: SCH-08, SCH-10 and RES-09."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.described import admits_null, property_names, rows_at
from conformance.contract.values import path_names, values_in
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract.parts_of_operation import RowProperties
    from conformance.laws.answer import Answer
    from conformance.laws.schemas import Schemas

SHOWN = 3  # rows of one page that are named; the rest says the same


def sensible(answer: Answer) -> list[Finding] | None:
    """SCH-08: ids are positive, counts not negative, no row was updated before it was created."""
    known = answer.operation.row
    rows = _rows(answer) if answer.operation.pagination else _single(answer)
    if not rows:
        return None
    suspects = (
        rows if _is_nested(known) else [row for row in rows if not _is_plainly_sensible(row, known)]
    )
    findings = [
        Finding(expected, actual, answer.shown)
        for row in suspects
        for expected, actual in _odd(row, known)
    ]
    return findings[:SHOWN]


def complete(answer: Answer) -> list[Finding] | None:
    """SCH-10: a property that may be null, and has no value, is null rather than left out."""
    rows = _rows(answer)
    if not rows:
        return None
    if answer.described is None or answer.described.full.is_valid(answer.exchange.json):
        return []

    resolve = answer.schemas.contract.resolve
    named = property_names(row_schema(answer.schemas), resolve)
    nullable = [name for name, schemas in named.items() if admits_null(schemas, resolve)]
    absent = {name for row in rows if isinstance(row, dict) for name in nullable if name not in row}
    return [
        Finding(
            f"{name} present, with null if it has no value",
            "left out of a row",
            answer.shown,
            at=name,
        )
        for name in sorted(absent)
    ]


def belonging(answer: Answer) -> list[Finding] | None:
    """RES-09: each row has the values that stand in the path it was listed at; so has what is no list."""
    parents = answer.operation.parents
    rows = _rows(answer) if answer.operation.pagination else _read(answer)
    if not (parents and rows):
        return None
    path, request = answer.operation.path, answer.exchange.request
    asked = dict(zip(path_names(path), values_in(path, request.path) or (), strict=False))
    strangers = [
        Finding(f"rows with {place} {asked[name]!r}, as {path} has it", str(value), answer.shown)
        for row in rows
        for name, place in parents.items()
        if name in asked and not _is_same(value := pointer.get(row, place), asked[name])
    ]
    return strangers[:SHOWN]


def row_schema(schemas: Schemas) -> Any:
    """The schema of a row of a list, as its 200 describes it; empty where it describes none."""
    pagination = schemas.operation.pagination
    described = schemas.of_status(200)
    if pagination is None or described is None:
        return {}
    return rows_at(described.schema, pagination.rows_pointer, schemas.contract.resolve)


def properties(schemas: Schemas) -> tuple[str, ...]:
    """The names of a row's documented properties."""
    return tuple(property_names(row_schema(schemas), schemas.contract.resolve))


def _rows(answer: Answer) -> list[Any]:
    """The rows of a page that was asked for by the operation's own method; empty where there are
    none.
    """
    is_list = answer.exchange.ok and answer.is_documented and answer.operation.method == "GET"
    return answer.rows if is_list and isinstance(answer.rows, list) else []


def _single(answer: Answer) -> list[Any]:
    """The answer itself, where it is no list and an overlay says what its properties mean."""
    return _read(answer) if answer.operation.row.counts else []


def _read(answer: Answer) -> list[Any]:
    """The answer itself, where it was asked for by the operation's own method."""
    is_read = answer.exchange.ok and answer.exchange.request.method == answer.operation.method
    return [answer.exchange.json] if is_read else []


def _is_same(value: Any, asked: str) -> bool:
    """Whether a row has a value of a path, as far as it has one: readers of paths take numbers and
    letters in more than one form, and a row may leave out whose it is.
    """
    if value is pointer.MISSING or value is None or isinstance(value, (dict, list)):
        return True
    texts = [text.strip().casefold() for text in (str(value), asked)]
    if texts[0] == texts[1]:
        return True
    try:
        return type(value) is int and Decimal(texts[1]) == value
    except InvalidOperation:
        return False


def _is_nested(known: RowProperties) -> bool:
    """Whether something that is looked at lies deeper than a row's own properties."""
    places = (known.identity, known.created, known.updated, *known.counts)
    return any("/" in place[1:] or "~" in place for place in places if place)


def _is_plainly_sensible(row: Any, known: RowProperties) -> bool:
    """A quick look that nearly every row passes; one that does not is looked at with care."""
    if type(row) is not dict:
        return False
    identity = row.get(known.identity[1:]) if known.identity else 1
    if type(identity) is int and identity <= 0:
        return False
    for place in known.counts:
        count = row.get(place[1:])
        if type(count) is not int or count < 0:
            return False
    if not (known.created and known.updated):
        return True
    updated = row.get(known.updated[1:], "")
    return updated is None or _in_order(row.get(known.created[1:]), updated)


def _odd(row: Any, known: RowProperties) -> Iterator[tuple[str, str]]:
    """What is expected of a row and what is there instead, for each oddity."""
    identity = pointer.get(row, known.identity) if known.identity else None
    if type(identity) is int and identity <= 0:
        yield "a positive id", str(identity)
    for place in known.counts:
        count = pointer.get(row, place)
        if type(count) in (int, float) and count < 0:
            yield f"{place} not negative", str(count)
    if known.created and known.updated:
        yield from _before(row, known.created, known.updated)


def _before(row: Any, created_at: str, updated_at: str) -> Iterator[tuple[str, str]]:
    texts = pointer.get(row, created_at), pointer.get(row, updated_at)
    if _in_order(*texts):
        return
    created, updated = map(_moment, texts)
    if created and updated and updated < created:
        yield f"{updated_at} not before {created_at}", f"{updated} before {created}"


def _in_order(created: Any, updated: Any) -> bool:
    """Whether two timestamps of one form are in order as texts: as a rule they are, unparsed."""
    if type(created) is not str or type(updated) is not str or len(created) != len(updated):
        return False
    return created.endswith("Z") and updated.endswith("Z") and created <= updated


def _moment(value: Any) -> datetime | None:
    return _parsed(value) if isinstance(value, str) else None


@lru_cache(maxsize=4096)  # the same rows are seen on many pages
def _parsed(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
