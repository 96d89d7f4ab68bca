"""How many schemas one value is tried against: alternatives within alternatives multiply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.dialect import LISTED, NAMED, SINGLE

if TYPE_CHECKING:
    from collections.abc import Iterator

# A validator lists what is wrong with every alternative: of 100,000 some hundred MB.
MOST = 100_000
IN_PLACE = ("allOf", "anyOf", "oneOf")
ALONE = ("not", "if", "then", "else")


class Unjudgeable(Exception):
    """An operation cannot be judged, or not by what was to be asked; the text says why."""


def must_be_narrow(schema: Any) -> None:
    """Raise Unjudgeable for a schema, with its `$defs`, of which one value meets too many."""
    if breadth(schema) > MOST:
        raise Unjudgeable(
            f"a schema has more than {MOST:,} alternatives within alternatives for one value; simplify "
            "it in an overlay"
        )


def breadth(schema: Any) -> int:
    """The most schemas that a single value is tried against, those of its members not counted.

    A circle of references that leads through no member adds nothing: no validator follows it.
    """
    known: dict[int, int | None] = {}  # by identity; None while it is being counted
    for node in _all(schema):
        waiting = [node]
        while waiting:
            one = waiting[-1]
            if known.get(id(one)) is not None:
                waiting.pop()
                continue
            applied = list(_applied(one, schema))
            unknown = [each for each in applied if id(each) not in known]
            if unknown and id(one) not in known:
                known[id(one)] = None
                waiting += unknown
                continue
            known[id(one)] = 1 + sum(known.get(id(each)) or 0 for each in applied)
            waiting.pop()
    return max((count or 0 for count in known.values()), default=1)


def _applied(node: dict[str, Any], root: Any) -> Iterator[dict[str, Any]]:
    """The schemas that the value of a schema is tried against as well."""
    candidates = [each for word in IN_PLACE for each in _listed(node.get(word))]
    candidates += [node.get(word) for word in ALONE]
    reference = node.get("$ref")
    if isinstance(reference, str) and reference.startswith("#"):
        candidates.append(pointer.get(root, pointer.from_fragment(reference)))
    yield from (each for each in candidates if isinstance(each, dict))


def _all(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema within one."""
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        yield node
        for word in NAMED:
            named = node.get(word)
            waiting += named.values() if isinstance(named, dict) else ()
        for word in LISTED:
            waiting += _listed(node.get(word))
        waiting += [node.get(word) for word in SINGLE]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
