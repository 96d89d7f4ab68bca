"""The style of paging that parameters, answers and headers of an operation speak of."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.contract.described import parts
from conformance.inference import names
from conformance.inference.asking import parameters_of, stated
from conformance.inference.described import (
    default_of,
    maximum_of,
    says_first,
    total_inside,
)
from conformance.inference.keys import Key, named_member
from conformance.inference.leading import leading
from conformance.inference.nested import why_not_paged
from conformance.inference.shapes import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from conformance.contract.operation import Operation
    from conformance.inference.asking import Parameters
    from conformance.inference.shapes import Shape

    Resolve = Callable[[Any], Any]

# Where a document says nothing of sizes.
ASSUMED_DEFAULT, ASSUMED_MAXIMUM = 20, 100
COUNTS = ("integer", "number")  # NestJS describes every number so
CURSORS = ("next_cursor", "end_cursor")
LEARNED = "a run learns these from the first pages; remove the name of a value that you confirm"


def suggest(
    operation: Operation, shape: Shape, resolve: Resolve, identity: Key | None
) -> tuple[Key, ...] | str:
    """The keys of `pagination`, or why there are none."""
    parameters = parameters_of(operation, shape, resolve)
    others = why_not_paged(operation, shape, is_asked=parameters.are_some)
    if others is not None:
        return others

    told = _told(operation, shape, parameters, resolve)
    start = _start(parameters, told)
    if isinstance(start, str):
        return start

    style, asked = start
    readers = {
        "next_cursor": "cursor",
        "end_cursor": "cursor",
        "first_page": "page_size",
        "next_page": "page_size",
        "first_row": "limit_offset",
    }
    unread = {name for name, reader in readers.items() if style != reader}
    if style == "limit_offset" and str(asked[-1].value).startswith("$"):
        # $top bounds the whole result, and a link leads on within it (OData 4.01, 11.2.6.7).
        unread.add("next")
    if style == "cursor" and not any(key.name in CURSORS for key in told):
        if identity is None:
            return f"{asked[0].value} is asked for, and no property of a row is named as an id"
        why = f"{asked[0].value} takes the id of the last row"
        asked = [*asked, Key("row_cursor", identity.value, why, assumed=True)]
    why = ", ".join(key.why for key in asked) or "links alone lead on"
    keys = [Key("style", style, why), *asked]
    keys.append(Key("items", shape.rows, shape.why))
    keys += [key for key in told if key.name not in unread]
    bounds = tuple(_bounds(parameters, resolve))
    guesses = [key.name for key in bounds if key.assumed]
    marked = [Key("assumed", guesses, LEARNED)] if guesses else []
    return (*keys, *bounds, *marked)


def unpaged(operation: Operation, shape: Shape, resolve: Resolve) -> tuple[Key, ...]:
    """The keys of a list of which the plain request gives rows, and nothing is known to lead on."""
    keys = [
        Key("style", "unpaged", "rows can be fetched by themselves, and nothing leads to more"),
        Key("items", shape.rows, shape.why),
    ]
    parameters = parameters_of(operation, shape, resolve)
    if parameters.are_some:
        why = "a parameter asks for a part of the list, so that it may have more rows than it gives"
        return (*keys, Key("partial", True, why))
    told = _told(operation, shape, parameters, resolve)
    return (*keys, *(key for key in told if key.name in ("total", "total_header")))


def _start(parameters: Parameters, told: list[Key]) -> tuple[str, list[Key]] | str:
    """The style, and the keys of what is asked for in it; or why there is none."""
    by_name = {key.name: key for key in told}
    size = parameters.size
    if parameters.offset is not None and not _counts_pages(parameters):
        if size is None:
            return f"{parameters.offset['name']} has no parameter for how many rows beside it"
        asked = [_parameter("offset", parameters.offset), _parameter("limit", size)]
        return "limit_offset", asked
    # A page by its number is none by a cursor: where both are asked for, the cursor leads on.
    is_beside = parameters.cursor not in (None, parameters.page)
    leads_on = is_beside and by_name.keys() & {"next", *CURSORS}
    if parameters.page is not None and not leads_on:
        asked = [_parameter("page", parameters.page)]
        return "page_size", [*asked, *([_parameter("size", size)] if size else [])]

    limit = [_parameter("limit", size)] if size else []
    if parameters.cursor is not None and by_name.keys() & set(CURSORS):
        return "cursor", [_parameter("cursor", parameters.cursor), *limit]
    cursor = [_parameter("cursor", parameters.cursor)] if parameters.cursor is not None else []
    for key, style in (("next", "next_url"), ("link_header", "link_header")):
        if key in by_name:
            return style, [*cursor, *limit]
    if cursor and names.rank(str(cursor[0].value), names.ROW_CURSOR) is not None:
        return "cursor", [*cursor, *limit]
    if cursor:
        return f"{cursor[0].value} is asked for, and no member of the answer gives it"
    if limit:
        return f"{limit[0].value} says how many rows, and nothing leads to those behind them"
    return "no parameter, member or header speaks of pages"


def _counts_pages(parameters: Parameters) -> bool:
    """Whether an offset is asked for beside pages that are counted, whose size the other is."""
    size = parameters.size
    return parameters.page is not None and size is not None and "page" in names.plain(size["name"])


def _parameter(name: str, described: Mapping[str, Any]) -> Key:
    return Key(name, described["name"], f"the query parameter {described['name']}")


def _told(
    operation: Operation, shape: Shape, parameters: Parameters, resolve: Resolve
) -> list[Key]:
    """What the answer tells, in its body and in its headers."""
    found = [
        _first(parameters, resolve),
        _flag(shape, resolve),
        _total(operation, shape, resolve),
        named_member("pages", names.PAGES, COUNTS, shape, resolve),
        *leading(
            shape,
            resolve,
            takes_cursor=parameters.cursor is not None,
            is_asked=parameters.are_some and not parameters.are_numbers,
        ),
    ]
    told = [_of_last_row(key, found) for key in found if key is not None]
    names_told = {key.name for key in told if not key.doubtful}
    if "next" not in names_told:
        number = named_member("next_page", names.NEXT_PAGE, ("integer",), shape, resolve)
        told += [number] if number is not None else []
    headers = [key for key in _headers(operation) if key.name not in names_told]
    if names_told & {"total"}:
        headers = [key for key in headers if key.name != "total_header"]
    if names_told & set(names.LINKS):
        headers = [key for key in headers if key.name != "link_header"]
    return [*told, *headers]


def _of_last_row(key: Key, found: list[Key | None]) -> Key:
    """A cursor as it is; that of the last row as such, where a flag says whether it leads on."""
    flags = {other.name for other in found if other is not None} & {"has_more", "is_last"}
    is_of_last = names.plain(str(key.value).rpartition("/")[2]) == names.END_CURSOR
    return replace(key, name="end_cursor") if flags and is_of_last else key


def _total(operation: Operation, shape: Shape, resolve: Resolve) -> Key | None:
    """How many rows there are in all; in doubt where a parameter asks for it, and the plain answer
    may have none.
    """
    key = named_member("total", (*names.TOTAL, names.RESULTS), COUNTS, shape, resolve)
    if key is None:
        return None
    asking = [
        str(entry["name"])
        for entry in operation.parameters
        if entry.get("in") == "query"
        and names.plain(str(entry["name"])) in names.ASKING_TOTAL
        and not kinds(entry.get("schema"), resolve) & set(COUNTS)
    ]
    if not asking:
        return key
    why = f"it may be there only where {asking[0]} asks for it: state it where every answer has it"
    return replace(key, why=why, doubtful=True)


def _first(parameters: Parameters, resolve: Resolve) -> Key | None:
    """That pages are counted from 0, or rows from 1, as SCIM does (RFC 7644 3.4.2.4)."""
    offset, page = parameters.offset, parameters.page
    if offset is not None and _counts_from(offset, 1, resolve):
        return Key("first_row", 1, f"{offset['name']} is counted from 1")
    if offset is None and page is not None and _counts_from(page, 0, resolve):
        return Key("first_page", 0, f"{page['name']} is counted from 0")
    return None


def _counts_from(parameter: Mapping[str, Any], first: int, resolve: Resolve) -> bool:
    """Whether a bound or a default of a parameter, or else its description, says where it begins."""
    schema = list(parts(parameter.get("schema") or {}, resolve))
    described = " ".join(str(entry.get("description", "")) for entry in (parameter, *schema))
    bounds = [part[name] for part in schema for name in ("default", "minimum") if name in part]
    return bounds[0] == first if bounds else says_first(described, first)


def _flag(shape: Shape, resolve: Resolve) -> Key | None:
    """Whether more follows, or that nothing does."""
    more = named_member("has_more", names.HAS_MORE, ("boolean",), shape, resolve)
    return more or named_member("is_last", names.IS_LAST, ("boolean",), shape, resolve)


def _headers(operation: Operation) -> Iterator[Key]:
    for status, response in operation.responses.items():
        if not status.startswith("2"):
            continue
        for name, described in (response.get("headers") or {}).items():
            inside = total_inside(str(described.get("description", "")))
            if name.lower() == "link":
                yield Key("link_header", True, "the header field Link of the answer (RFC 8288)")
            elif names.is_total_header(name):
                yield Key("total_header", name, f"the header field {name} of the answer")
            elif inside and names.plain(name).endswith("pagination"):
                why = f"in the JSON of the header field {name}, as its description says"
                yield Key("total_header", f"{name}#/{inside}", why)
        return


def _bounds(parameters: Parameters, resolve: Resolve) -> Iterator[Key]:
    """How many rows a page has, as the size's schema or description says."""
    size = parameters.stated_size
    if size is None:
        yield Key(
            "default_limit", ASSUMED_DEFAULT, _unsaid("how many rows a page has"), assumed=True
        )
        return

    schema = list(parts(size.get("schema") or {}, resolve))
    described = " ".join(str(entry.get("description", "")) for entry in (size, *schema))
    default = stated(schema, "default") or default_of(described)
    maximum = stated(schema, "maximum") or maximum_of(described)
    if maximum is not None and default is not None and default > maximum:
        default = None
    usual = min(ASSUMED_DEFAULT, maximum or ASSUMED_DEFAULT)
    yield _bound("default_limit", default, usual, str(size["name"]))
    if parameters.size is None:
        return
    assumed = max(ASSUMED_MAXIMUM, default or 0)
    yield _bound("maximum_limit", maximum, assumed, str(size["name"]))


def _bound(name: str, stated: int | None, assumed: int, parameter: str) -> Key:
    what = name.partition("_")[0]
    if stated is None:
        return Key(name, assumed, _unsaid(f"the {what} of {parameter}"), assumed=True)
    return Key(name, stated, f"the {what} of {parameter}")


def _unsaid(what: str) -> str:
    return f"ASSUMED, for the document does not say {what}"
