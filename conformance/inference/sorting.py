"""Which values of a parameter say in which order a list is: words that name a property of a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract.described import parts, property_names
from conformance.inference import names
from conformance.inference.keys import Key
from conformance.inference.shapes import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from conformance.contract.operation import Operation
    from conformance.inference.shapes import Shape

    Resolve = Callable[[Any], Any]

SORTS = ("sort", "sorts", "sortby", "orderby", "ordering", "order", "sortfield", "sortkey")
DIRECTIONS = (
    *("order", "direction", "dir", "sortdirection", "sortdir", "sortorder", "orderdirection"),
    *("orderdir", "ascdesc"),
)
ASCENDING, DESCENDING = ("asc", "ascending"), ("desc", "descending")
COMPARED = {"string", "integer", "number"}
# `-name`, `+name`; `name asc`, `name:desc`, `name,desc`, `name.desc`, `name_desc`, `nameDesc`
SIGNED = re.compile(r"([+-])(.+)")
WORDED = re.compile(r"(.+?)(?:[\s:,._-]?)(asc|ascending|desc|descending|Asc|Desc|ASC|DESC)")
MOMENT = re.compile(r"(?<=d)(?:at|on|time|date)$")  # of `created_at`, `updatedOn`
CARRIERS = ("attributes", "fields")  # members that hold what a row has (JSON:API, Airtable)
MOST = 6


@dataclass(frozen=True, slots=True)
class _Order:
    """A value of a parameter: the pointer to what it names, and the direction; none where it says none."""

    value: str
    place: str
    is_descending: bool | None


def sorts(operation: Operation, shape: Shape, resolve: Resolve) -> Key | None:
    """The orders that the vocabularies of parameters name, where their direction is known."""
    properties = _properties(shape, resolve)
    direction = _direction(operation, resolve)
    for parameter in operation.parameters:
        name = str(parameter.get("name"))
        is_other = direction is not None and name == direction[0]
        if parameter.get("in") != "query" or names.plain(name) not in SORTS or is_other:
            continue
        orders = [
            order
            for word in _words(parameter.get("schema"), resolve)
            if (order := _order(word, properties)) is not None
        ]
        found = list(_stated(name, orders, direction))
        if found:
            why = f"values of {name} that name a property of a row"
            return Key("sorts", found[:MOST], why)
    return None


def _properties(shape: Shape, resolve: Resolve) -> dict[str, str]:
    """The pointers to what can be compared of a row, by plain name: `created` for `created_at` too,
    `sys.id` for a member of an object, and its own name for one of the `attributes`.
    """
    known: dict[str, str] = {}
    for name, described in property_names(shape.row, resolve).items():
        inner = property_names(described[0], resolve).items()
        members = {f"{name}.{one}": (f"{name}/{one}", schemas) for one, schemas in inner}
        if names.plain(name) in CARRIERS:
            members |= {one: (f"{name}/{one}", schemas) for one, schemas in inner}
        for word, (place, schemas) in {**members, name: (name, described)}.items():
            found = kinds(schemas[0], resolve)
            if found and found <= COMPARED and "~" not in place:
                known[names.plain(word)] = f"/{place}"
    return {MOMENT.sub("", word): place for word, place in known.items()} | known


def _stated(
    name: str, orders: list[_Order], direction: tuple[str, str, str] | None
) -> Iterator[dict[str, Any]]:
    """As an overlay states them. A word without a direction means the ascending order only where
    another one means the descending order of the same property.
    """
    both = {order.place for order in orders if order.is_descending}
    for order in orders:
        query = {name: order.value}
        if order.is_descending is not None:
            yield _sort(query, order.place, is_descending=order.is_descending)
        elif order.place in both:
            yield _sort(query, order.place, is_descending=False)
        elif direction is not None:
            yield _sort(query | {direction[0]: direction[1]}, order.place, is_descending=False)
            yield _sort(query | {direction[0]: direction[2]}, order.place, is_descending=True)


def _sort(query: Mapping[str, str], place: str, *, is_descending: bool) -> dict[str, Any]:
    stated: dict[str, Any] = {"query": dict(query), "by": place}
    return stated | ({"descending": True} if is_descending else {})


def _order(word: str, properties: Mapping[str, str]) -> _Order | None:
    """What a word says; none where it names no property."""
    if names.plain(word) in properties:
        signed = SIGNED.fullmatch(word)
        is_descending = signed[1] == "-" if signed else None
        return _Order(word, properties[names.plain(word)], is_descending)
    worded = WORDED.fullmatch(word)
    if worded and names.plain(worded[1]) in properties:
        is_descending = worded[2].lower() in DESCENDING
        return _Order(word, properties[names.plain(worded[1])], is_descending)
    return None


def _direction(operation: Operation, resolve: Resolve) -> tuple[str, str, str] | None:
    """The parameter that says in which direction, with its words for both."""
    for parameter in operation.parameters:
        name = str(parameter.get("name"))
        if parameter.get("in") != "query" or names.plain(name) not in DIRECTIONS:
            continue
        words = _words(parameter.get("schema"), resolve)
        up = [word for word in words if word.lower() in ASCENDING]
        down = [word for word in words if word.lower() in DESCENDING]
        if up and down:
            return name, up[0], down[0]
    return None


def _words(schema: Any, resolve: Resolve) -> list[str]:
    """The vocabulary of a parameter, or of the elements of its array."""
    found = [*parts(schema or {}, resolve)]
    found += [inner for part in found for inner in parts(part.get("items") or {}, resolve)]
    return [word for part in found for word in part.get("enum") or () if isinstance(word, str)]
