"""What the properties of a row mean, and which parameters filter by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.contract.described import parts, property_names
from conformance.contract.single_values import single_values
from conformance.contract.values import path_names
from conformance.inference import names
from conformance.inference.described import SEARCHES, may_search
from conformance.inference.keys import Key
from conformance.inference.shapes import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from conformance.contract.operation import Operation
    from conformance.inference.shapes import Shape

    Resolve = Callable[[Any], Any]

SCALARS = {"string", "integer"}
# Parameters that say how a list is shown, not which rows it has.
NO_FILTERS = ("sort", "order", "orderby", "sortby", "fields", "include", "expand", "q", "query")
EITHER = re.compile(r"(?<=[a-z])Or(?=[A-Z])|[_-]or[_-]")  # what stands in a path may be either
NO_WORDS = {"any", "all", "both", "*"}  # of a vocabulary: those of every row
FILTER = re.compile(r"^filters?\[([^\[\]]+)\]$")  # as JSON:API and Laravel have it
OF_THE_SYSTEM, CERTAIN = ("sys", "system", "meta"), ("id", "uid", "uuid")
SUFFIXES = re.compile(r"(?:id|uuid|key)$")


def identity(
    operation: Operation, shape: Shape, resolve: Resolve, item: Operation | None = None
) -> Key | None:
    """The property that tells a row from every other: the one that the path of its `item` names, or
    else one with a usual name.
    """
    if item is not None:
        named = asked_for(operation, shape, resolve, item)
        if named is not None:
            return Key("identity", f"/{named}", f"the property of a row that {item.path} asks for")

    fitting = _scalars(property_names(shape.row, resolve), resolve)
    last = operation.path.rstrip("/").rpartition("/")[2]
    own = [name for name in fitting if _is_own_id(name, last)]
    usual = sorted(
        (rank, name) for name in fitting if (rank := names.rank(name, names.IDENTITY)) is not None
    )
    # A code or a name may be anything; an id of what is listed goes before them.
    certain = [name for rank, name in usual if rank < names.IDENTITY.index("slug")]
    name = next(iter((*certain, *own, *(name for _, name in usual))), None)
    return Key("identity", f"/{name}", f"the property {name} of a row") if name else None


def asked_for(operation: Operation, shape: Shape, resolve: Resolve, item: Operation) -> str | None:
    """The property of a row that stands in the path of an item, by its name or its format."""
    properties = property_names(shape.row, resolve)
    asked = path_names(item.path)[-1]
    listed = (operation.path.rstrip("/").split("/")[-1], item.path.rstrip("/").split("/")[-2])
    return (
        _named_in_path(asked, _scalars(properties, resolve), listed)
        or _of_format(item.schemas_of(asked, "path"), properties, resolve)
        or _within(asked, properties, resolve)
    )


def _scalars(properties: Mapping[str, Any], resolve: Resolve) -> list[str]:
    return [
        name for name, described in properties.items() if kinds(described[0], resolve) & SCALARS
    ]


def _named_in_path(asked: str, properties: Iterable[str], listed: Iterable[str]) -> str | None:
    """The property that a name in a path means: `sku` of {sku}, `number` of {ticket_number}, `id` of
    {projectIdOrKey}.
    """
    by_plain = {names.plain(name): name for name in properties}
    wanted = names.plain(EITHER.split(asked)[0])
    if wanted in by_plain:
        return by_plain[wanted]
    plurals = [names.plain(name) for name in listed]
    stems = [name.removesuffix(end) for name in plurals for end in ("es", "s", "")]
    stems += [f"{name.removesuffix('ies')}y" for name in plurals if name.endswith("ies")]
    found = (by_plain.get(wanted[len(stem) :]) for stem in stems if wanted.startswith(stem))
    return next((name for name in found if name), None)


def _within(asked: str, properties: Mapping[str, Any], resolve: Resolve) -> str | None:
    """The one member of an object in a row that has the very name of a value in a path, such as
    `metadata/name` of {name}; or the id among what the system says of a row: `sys/id`.
    """
    found = [
        f"{outer}/{inner}"
        for outer, described in properties.items()
        for inner, entry in property_names(described[0], resolve).items()
        if kinds(entry[0], resolve) & SCALARS
        and (
            names.plain(inner) == names.plain(asked)
            or (names.plain(outer) in OF_THE_SYSTEM and names.plain(inner) in CERTAIN)
        )
    ]
    return found[0] if len(found) == 1 else None


def _of_format(
    asked: Iterable[Mapping[str, Any]], properties: Mapping[str, Any], resolve: Resolve
) -> str | None:
    """The one property that has the format of a value in a path, such as `uuid`."""
    wanted = {part["format"] for part in asked if part.get("type") == "string" and "format" in part}
    found = [
        name
        for name, described in properties.items()
        if wanted & {part.get("format") for part in parts(described[0], resolve)}
    ]
    return found[0] if len(found) == 1 else None


def misfit(identity: Key, shape: Shape, resolve: Resolve, item: Operation | None) -> Key | None:
    """That the identity does not stand in the path of an item: it is a text, and that a number."""
    if item is None:
        return None
    asked = path_names(item.path)[-1]
    wanted = {kind for part in item.schemas_of(asked, "path") for kind in kinds(part, resolve)}
    described = property_names(shape.row, resolve).get(str(identity.value)[1:])
    is_text = described is not None and kinds(described[0], resolve) == {"string"}
    if wanted != {"integer"} or not is_text:
        return None
    return Key("item", "none", f"no property of a row is known to stand in {item.path}, a number")


def _is_own_id(name: str, last: str) -> bool:
    """Whether a name is an id of what a path lists: `order_id` of /orders."""
    stem = SUFFIXES.sub("", names.plain(name))
    listed = names.plain(last)
    return bool(stem) and stem != names.plain(name) and listed in (stem, f"{stem}s", f"{stem}es")


def filters(
    operation: Operation, shape: Shape, resolve: Resolve, used: set[str]
) -> tuple[Key, ...]:
    """The query parameters that are named as a property of a row, and are no part of paging; those
    that may search in it instead are doubtful.
    """
    properties = {
        names.plain(name): (name, described[0])
        for name, described in property_names(shape.row, resolve).items()
    }
    found = []
    for name, parameter in single_values(operation.parameters, resolve):
        if name in used or names.plain(name) in NO_FILTERS:
            continue
        if _has_default(parameter.get("schema"), resolve):
            continue  # the list without it is filtered too
        known = _filtered_by(operation, name, properties)
        if known and _compares(parameter.get("schema"), known[1], resolve):
            pointer = "/" + known[0].replace("~", "~0").replace("/", "~1")
            is_doubtful = may_search(parameter, known[1], resolve)
            why = SEARCHES if is_doubtful else f"named as the property {known[0]} of a row"
            found.append(Key(name, pointer, why, doubtful=is_doubtful))
    return tuple(found)


def _filtered_by(
    operation: Operation, name: str, properties: Mapping[str, tuple[str, Any]]
) -> tuple[str, Any] | None:
    """The property that a parameter is named as: a list of values may be named by the plural."""
    bare = names.plain(FILTER.sub(r"\1", name))
    has_items = any("items" in part for part in operation.schemas_of(name, "query"))
    is_list = has_items or name.endswith("[]")
    plurals = (("ies", "y"), ("es", ""), ("s", "")) if is_list else ()
    singular = [f"{bare.removesuffix(end)}{one}" for end, one in plurals if bare.endswith(end)]
    return next((properties[one] for one in (bare, *singular) if one in properties), None)


def _has_default(schema: Any, resolve: Resolve) -> bool:
    return any("default" in part for part in parts(schema or {}, resolve))


def _words(schema: Any, resolve: Resolve) -> set[str]:
    """The words that a schema allows; empty where it allows any."""
    return {
        str(word)
        for part in parts(schema or {}, resolve)
        for word in part.get("enum") or ()
        if word is not None
    }


def _compares(parameter: Any, described: Any, resolve: Resolve) -> bool:
    """Whether both are booleans, or both texts or whole numbers, and no dates, of which equality
    says little.
    """
    wanted, given = kinds(parameter, resolve) or SCALARS, kinds(described, resolve)
    asked, had = _words(parameter, resolve), _words(described, resolve)
    if {word.lower() for word in asked} & NO_WORDS or (had and not asked <= had):
        return False  # a word that no row has asks for something else
    if given == {"boolean"}:
        return wanted == given
    is_date = any(
        str(part.get("format", "")).startswith("date") for part in parts(described, resolve)
    )
    return bool(given) and given <= SCALARS and wanted <= SCALARS and not is_date


def properties(shape: Shape, resolve: Resolve) -> Iterator[Key]:
    """Words of a vocabulary, and the times of creation and of change."""
    known = property_names(shape.row, resolve)
    words = [
        f"/{name}"
        for name, described in known.items()
        if kinds(described[0], resolve) == {"string"}
        and any("enum" in part for part in parts(described[0], resolve))
    ]
    if words:
        yield Key("words", words, "properties of a row that have a vocabulary")
    for trait, usual in (("created", names.CREATED), ("updated", names.UPDATED)):
        fitting = [
            name
            for name, described in known.items()
            if names.plain(name) in usual
            and any(part.get("format") == "date-time" for part in parts(described[0], resolve))
        ]
        if fitting:
            yield Key(
                trait, f"/{fitting[0]}", f"the property {fitting[0]} of a row, a date and time"
            )
