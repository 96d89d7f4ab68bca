"""Values that a document gives for what a request must carry: stated first, else made by the schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote

from conformance.contract.patterns import is_found
from conformance.contract.sampling import matching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Resolve = Callable[[Any], Any]

NONE: Any = object()
TEMPLATED = re.compile(r"\{[^{}]*\}")
IN_PATHS = (
    "/:@!$&'()*+,;=~%"  # that a path may hold as it is, beside letters and digits (RFC 3986 3.3)
)
LONGEST = 10**6  # characters of a text without a bound, and of any value that is made, as JSON
DEEPEST = 8  # schemas within schemas of which a value is made
FORMATS = {
    "date": "2026-01-15",
    "date-time": "2026-01-15T12:00:00Z",
    "time": "12:00:00Z",
    "email": "user@example.com",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "byte": "dmFsdWU=",
}


def stated(described: Mapping[str, Any], resolve: Resolve) -> Any:
    """The value that a Parameter or Media Type Object states, or its schema; NONE without one.

    By `example`, `examples`, then the schema's `const`, `default`, `enum` (OpenAPI, Parameter Object);
    of a parameter with `content` by what its media type states.
    """
    if "example" in described:
        return described["example"]
    examples = resolve(described.get("examples"))
    if isinstance(examples, dict):
        for entry in examples.values():
            example = resolve(entry)
            if isinstance(example, dict) and "value" in example:
                return example["value"]
    return _stated_by_schema(resolve(described.get("schema")), resolve)


def _stated_by_schema(schema: Any, resolve: Resolve) -> Any:
    if not isinstance(schema, dict):
        return NONE
    for name in ("example", "const", "default"):
        if name in schema:
            return schema[name]
    for name in ("examples", "enum"):
        values = schema.get(name)
        if isinstance(values, list) and values:
            return values[0]
    if schema.get("type") == "array" and isinstance(schema.get("items"), dict):
        item = _stated_by_schema(resolve(schema["items"]), resolve)
        return NONE if item is NONE else [item]
    return NONE


def made(schema: Any, resolve: Resolve, depth: int = 0) -> Any:
    """The simplest value that a schema allows, stated values first; NONE where there is none to be
    made.
    """
    schema = resolve(schema)
    value = _stated_by_schema(schema, resolve)
    if value is not NONE or not isinstance(schema, dict) or depth > DEEPEST:
        return value

    for keyword in ("allOf", "oneOf", "anyOf"):
        parts = schema.get(keyword)
        if isinstance(parts, list) and parts:
            return _composed(schema, keyword, parts, resolve, depth)
    return _of_type(schema, resolve, depth)


def is_closed(schema: Mapping[str, Any]) -> bool:
    """Whether a schema says which values there are, so that each of them is right: a flag, or numbers
    between two bounds.
    """
    if schema.get("type") == "boolean":
        return True
    bounds = ("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")
    return all(any(name in schema for name in pair) for pair in bounds)


def _composed(
    schema: Mapping[str, Any], keyword: str, parts: list[Any], resolve: Resolve, depth: int
) -> Any:
    """Of alternatives the first that gives a value; all parts of an object together."""
    if keyword != "allOf":
        values = (made(part, resolve, depth + 1) for part in parts)
        return next((value for value in values if value is not NONE), NONE)

    whole: dict[str, Any] = {}
    own = {name: value for name, value in schema.items() if name != keyword}
    for part in (*parts, own):
        value = made(part, resolve, depth + 1)
        if isinstance(value, dict):
            whole |= value
        elif value is not NONE:
            return value
    return whole


def _of_type(schema: Mapping[str, Any], resolve: Resolve, depth: int) -> Any:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((name for name in kind if name != "null"), "null")
    if kind is None:
        kind = "object" if "properties" in schema else "string" if "pattern" in schema else None

    match kind:
        case "integer" | "number":
            return _number(schema, whole=kind == "integer")
        case "boolean":
            return True
        case "string":
            return _string(schema)
        case "array":
            return _array(schema, resolve, depth)
        case "object":
            return _object(schema, resolve, depth)
        case "null":
            return None
        case _:
            return NONE


def _number(schema: Mapping[str, Any], *, whole: bool) -> Any:
    """1 where that is within the bounds, else the nearest bound; NONE where no double holds it."""
    try:
        return _nearest(schema, whole=whole)
    except (OverflowError, TypeError, ValueError):  # of bounds that are no numbers, or too large
        return NONE


def _nearest(schema: Mapping[str, Any], *, whole: bool) -> Any:
    low, high = (
        _bound(schema, "minimum", "exclusiveMinimum"),
        _bound(schema, "maximum", "exclusiveMaximum"),
    )
    step = schema.get("multipleOf") or 1
    value = step
    if low is not None and value < low:
        value = -(-low // step) * step
    if high is not None and value > high:
        value = high // step * step
    if whole:
        return int(value)
    is_between = low is not None and value < low  # no multiple of 1 is within the bounds
    return low if is_between and "multipleOf" not in schema else value


def _bound(schema: Mapping[str, Any], name: str, exclusive: str) -> Any:
    """A bound as an inclusive one; exclusive in either dialect (3.0: a flag, 3.1: a number)."""
    bound, other = schema.get(name), schema.get(exclusive)
    inward = 1 if name == "minimum" else -1
    if other is True and bound is not None:
        return bound + inward
    if isinstance(other, int | float) and not isinstance(other, bool):
        return other + inward
    return bound


def _string(schema: Mapping[str, Any]) -> Any:
    shortest, longest = _count(schema, "minLength", 0), _count(schema, "maxLength", LONGEST)
    if shortest > LONGEST:
        return NONE
    usual = FORMATS.get(str(schema.get("format")))
    if "pattern" in schema:
        return _matching(str(schema["pattern"]), usual, shortest, longest)
    if usual is not None:
        return usual
    text = "value" if longest >= len("value") else "v" * longest
    return text + "x" * max(0, shortest - len(text))


def _matching(pattern: str, usual: str | None, shortest: int, longest: int) -> Any:
    """The usual text of a format where it has the pattern, else any that has it."""
    if usual is not None and is_found(pattern, usual):
        return usual
    text = matching(pattern, shortest, longest)
    return NONE if text is None else text


def _array(schema: Mapping[str, Any], resolve: Resolve, depth: int) -> Any:
    count = _count(schema, "minItems", 0)
    if not count:
        return []
    item = made(schema.get("items") or {}, resolve, depth + 1)
    if item is NONE or count * _written(item) > LONGEST:
        return NONE
    return [item] * count


def _count(schema: Mapping[str, Any], name: str, otherwise: int) -> int:
    """A bound on characters or items; what is none is as if it was not there."""
    bound = schema.get(name)
    if isinstance(bound, float) and bound.is_integer():
        bound = int(bound)
    if isinstance(bound, int) and not isinstance(bound, bool) and bound >= 0:
        return bound
    return otherwise


def _written(value: Any) -> int:
    """How many characters a value has as JSON."""
    return len(json.dumps(value, default=str))


def _object(schema: Mapping[str, Any], resolve: Resolve, depth: int) -> Any:
    """The required properties, those of answers alone left out."""
    properties = schema.get("properties") or {}
    value = {}
    size = 0
    for name in schema.get("required") or ():
        described = resolve(properties.get(name) or {})
        if isinstance(described, dict) and described.get("readOnly"):
            continue
        member = made(described, resolve, depth + 1)
        if member is NONE:
            return NONE
        size += _written(member)
        if size > LONGEST:  # before the next level multiplies it
            return NONE
        value[name] = member
    return value


def filled_path(
    path: str, values: Mapping[str, str], leading: Mapping[str, str] | None = None
) -> str | None:
    """A templated path with a value for each of its names; None where one is missing.

    `leading` is what stands before a value, by name. Commas stay: they part the members of a list.
    """
    words = []
    for text, name in _pieces(path):
        words.append(encoded(text))
        if name is None:
            continue
        if name not in values or values[name] == "":
            return None
        words.append(
            (leading or {}).get(name, "") + quote(values[name], safe=",", errors="surrogatepass")
        )
    return "".join(words)


def written_query(path: str, values: Mapping[str, str]) -> list[tuple[str, str]]:
    """The query that a document writes behind a path, though OpenAPI has parameters for that."""
    query = path.partition("#")[0].partition("?")[2]
    for name, value in values.items():
        query = query.replace(f"{{{name}}}", quote(value, safe="", errors="surrogatepass"))
    pairs = parse_qsl(query, keep_blank_values=True)
    return [pair for pair in pairs if not TEMPLATED.search(pair[1])]


def encoded(text: str) -> str:
    """What a document writes in a path, as a target carries it: what is encoded stays so."""
    return quote(text, safe=IN_PATHS, errors="surrogatepass")


def path_pattern(path: str) -> re.Pattern[str]:
    """What a path that is filled in looks like: each name of the template is within one segment."""
    parts = (re.escape(encoded(text)) + ("([^/]+)" if name else "") for text, name in _pieces(path))
    return re.compile("".join(parts))


def values_in(path: str, filled: str) -> tuple[str, ...] | None:
    """What the names of a template stand for in a path, in their order; None where it is no such
    path.
    """
    found = path_pattern(path).fullmatch(filled)
    return tuple(unquote(text) for text in found.groups()) if found else None


def _pieces(path: str) -> Iterator[tuple[str, str | None]]:
    """Each text of a template, with the name that follows it; none behind the last.

    A fragment tells operations of one path apart, and is never sent (RFC 9110 7.1); a query is
    none of the path (`written_query`).
    """
    path = path.partition("#")[0].partition("?")[0]
    texts = TEMPLATED.split(path)
    names = [*TEMPLATED.findall(path), None]
    return zip(texts, (name and name[1:-1] for name in names), strict=True)


def path_names(path: str) -> list[str]:
    """The names of a path's template, in order."""
    return [name for _, name in _pieces(path) if name is not None]


def missing_names(path: str, values: Iterable[str]) -> list[str]:
    """The names of a path's template that have no value."""
    known = set(values)
    return [name for name in path_names(path) if name not in known]
