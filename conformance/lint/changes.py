"""What one document promised and its successor does not: changes that break who keeps to the first.

A client may send less after such a change, or is told less. What the successor allows or tells in
addition breaks nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract.described import parts, property_names
from conformance.contract.media import may_be_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.contract import Contract
    from conformance.contract.operation import Operation

DEEPEST = 12  # properties within properties; a schema may hold itself
# Keywords that bound a value from below and from above.
LOWEST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
HIGHEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


@dataclass(frozen=True, slots=True)
class _Side:
    """A schema of one of the documents, read with that document's references."""

    contract: Contract
    schema: Any

    @property
    def properties(self) -> dict[str, _Side]:
        named = property_names(self.schema, self.contract.resolve)
        return {name: _Side(self.contract, {"allOf": found}) for name, found in named.items()}

    @property
    def required(self) -> set[str]:
        return {str(name) for part in self._parts for name in part.get("required") or ()}

    @property
    def items(self) -> _Side | None:
        found = [part["items"] for part in self._parts if "items" in part]
        return _Side(self.contract, {"allOf": found}) if found else None

    @property
    def types(self) -> set[str]:
        found: set[str] = set()
        for part in self._parts:
            stated = part.get("type")
            found |= set(stated if isinstance(stated, list) else [stated] if stated else [])
            if part.get("nullable"):
                found.add("null")
        return found | ({"integer"} if "number" in found else set())

    def keyword(self, name: str) -> Any:
        """The value of a keyword, of the first part that states it."""
        return next((part[name] for part in self._parts if name in part), None)

    @property
    def _parts(self) -> list[dict[str, Any]]:
        return list(parts(self.schema, self.contract.resolve))


def breaking(old: Contract, new: Contract) -> list[str]:
    """A sentence for each change from `old` to `new` that breaks clients, in the old one's order."""
    known = {_name(operation): operation for operation in new.operations}
    found = []
    for operation in old.operations:
        place = f"{operation.method} {operation.path}"
        successor = known.get(_name(operation))
        if successor is None:
            found.append(f"{place}: the operation is gone")
            continue
        changes = _of_operation((old, operation), (new, successor))
        found += [f"{place}: {change}" for change in changes]
    return list(dict.fromkeys(found))


def _name(operation: Operation) -> tuple[str, str]:
    """Method and path; what a placeholder is called is no matter of requests."""
    return operation.method, re.sub(r"\{[^}]*\}", "{}", operation.path)


def _of_operation(
    old: tuple[Contract, Operation], new: tuple[Contract, Operation]
) -> Iterator[str]:
    yield from _of_parameters(old, new)
    yield from _of_bodies(_body(*old), _body(*new))
    yield from _of_answers(old, new)
    if old[1].security is None and new[1].security is not None:
        yield "a key is needed now"


def _of_parameters(
    old: tuple[Contract, Operation], new: tuple[Contract, Operation]
) -> Iterator[str]:
    before, after = _parameters(old[1]), _parameters(new[1])
    for key, parameter in before.items():
        name = f"parameter {key[1]}"
        successor = after.get(key)
        if successor is None:
            yield f"{name} is gone"
            continue
        if successor.get("required") and not parameter.get("required"):
            yield f"{name} is required now"
        sides = _Side(old[0], parameter.get("schema")), _Side(new[0], successor.get("schema"))
        yield from _narrowed(*sides, name)
        defaults = [side.keyword("default") for side in sides]
        if defaults[0] is not None and defaults[0] != defaults[1]:
            yield f"{name} has the default {defaults[1]!r}, which was {defaults[0]!r}"
    for key, parameter in after.items():
        if key not in before and parameter.get("required"):
            yield f"parameter {key[1]} is new and required"


def _parameters(operation: Operation) -> dict[tuple[str, str], Mapping[str, Any]]:
    """By place and name; those in the path are part of its form."""
    return {
        (str(one["in"]), str(one["name"])): one
        for one in operation.parameters
        if one.get("in") != "path"
    }


def _body(contract: Contract, operation: Operation) -> tuple[bool, _Side] | None:
    """Whether a body is required, and its schema in JSON."""
    item = contract.resolve(contract.document["paths"][operation.path])
    described = contract.resolve(
        contract.resolve(item[operation.method.lower()]).get("requestBody")
    )
    if not isinstance(described, dict):
        return None
    schemas = [
        content.get("schema")
        for media, content in (described.get("content") or {}).items()
        if may_be_json(media) and isinstance(content, dict)
    ]
    return bool(described.get("required")), _Side(contract, next(iter(schemas), None))


def _of_bodies(old: tuple[bool, _Side] | None, new: tuple[bool, _Side] | None) -> Iterator[str]:
    if new is None:
        if old is not None:
            yield "the body of requests is gone"
        return
    if new[0] and not (old and old[0]):
        yield "a body is required now"
    if old is not None:
        yield from _narrowed(old[1], new[1], "body")


def _narrowed(old: _Side, new: _Side, at: str, depth: int = 0) -> Iterator[str]:
    """What may be sent no longer."""
    gone = old.types - new.types if new.types else set()
    if gone and old.types:
        yield f"{at} may not be {' or '.join(sorted(gone))} any more"
    yield from _narrower_values(old, new, at)

    if depth >= DEEPEST:
        return
    before, after = old.properties, new.properties
    for name in sorted(new.required - old.required):
        yield f"{at}/{name} is required now"
    for name in before:
        if name in after:
            yield from _narrowed(before[name], after[name], f"{at}/{name}", depth + 1)
    if old.items and new.items:
        yield from _narrowed(old.items, new.items, f"{at}/*", depth + 1)


def _narrower_values(old: _Side, new: _Side, at: str) -> Iterator[str]:
    allowed, before = new.keyword("enum"), old.keyword("enum")
    if allowed is not None and before is None:
        yield f"{at} may only be {_listed(allowed)} now"
    elif allowed is not None:
        gone = [value for value in before if value not in allowed]
        if gone:
            yield f"{at} may not be {_listed(gone)} any more"
    pattern = new.keyword("pattern")
    if pattern is not None and pattern != old.keyword("pattern"):
        yield f"{at} has to match {pattern}"
    for keywords, is_narrower in ((LOWEST, _is_above), (HIGHEST, _is_below)):
        for name in keywords:
            if is_narrower(new.keyword(name), old.keyword(name)):
                former = old.keyword(name)
                was = "was not bounded so" if former is None else f"was {former}"
                yield f"{at} has {name} {new.keyword(name)}, which {was}"


def _is_above(bound: Any, former: Any) -> bool:
    return _is_number(bound) and (not _is_number(former) or bound > former)


def _is_below(bound: Any, former: Any) -> bool:
    return _is_number(bound) and (not _is_number(former) or bound < former)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(values: list[Any]) -> str:
    return ", ".join(map(str, values))


def _of_answers(old: tuple[Contract, Operation], new: tuple[Contract, Operation]) -> Iterator[str]:
    for status, response in old[1].responses.items():
        successor = new[1].responses.get(status)
        if successor is None:
            yield f"status {status} is gone"
            continue
        for media, content in (response.get("content") or {}).items():
            known = (successor.get("content") or {}).get(media)
            if known is None:
                yield f"the answer {status} is no {media} any more"
            elif isinstance(content, dict) and isinstance(known, dict):
                sides = _Side(old[0], content.get("schema")), _Side(new[0], known.get("schema"))
                yield from _told_less(*sides, f"answer {status}")


def _told_less(old: _Side, new: _Side, at: str, depth: int = 0) -> Iterator[str]:
    """What an answer may lack, or be, that it could not before."""
    others = new.types - old.types if old.types else set()
    if others:
        yield f"{at} may be {' or '.join(sorted(others))} now"
    if depth >= DEEPEST:
        return
    before, after = old.properties, new.properties
    for name in before:
        if name not in after:
            yield f"{at}/{name} is gone"
        else:
            if name in old.required - new.required:
                yield f"{at}/{name} may be left out now"
            yield from _told_less(before[name], after[name], f"{at}/{name}", depth + 1)
    if old.items and new.items:
        yield from _told_less(old.items, new.items, f"{at}/*", depth + 1)
