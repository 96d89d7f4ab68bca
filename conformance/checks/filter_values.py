"""Values that a filter is known to match, from the rows that were seen, and values that
it is not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance.checks.draws import drawing
from conformance.checks.lists import longest
from conformance.contract.described import named_types
from conformance.laws.filter_texts import value_of
from conformance.laws.validators import validator_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.contract.operation import Operation

NO_SUCH = 2_000_000_011  # an integer of 32 bits that no account numbers anything with
FLAGS = ("true", "false")
NO_SUCH_TEXT = "no-such-value"
ASKED = 12  # values of a filter, each asked for by itself


def values(sender: Sender, place: str, *, again: bool = False) -> list[Any]:
    """The values at a place, the most frequent first, ties by value: the same for the same rows."""
    pages = longest(sender, again=again).pages
    seen = [value_of(row, place) for page in pages for row in page.rows]
    counts = Counter(value for value in seen if type(value) in (int, str) and value != "")
    return sorted(counts, key=lambda value: (-counts[value], str(value)))


def unmatched(context: Context) -> list[tuple[str, Any]]:
    """For each filter a value of its type that no account has."""
    return [
        (name, NO_SUCH if _is_number(context.operation, name) else NO_SUCH_TEXT)
        for name in context.operation.filters
    ]


def _is_number(operation: Operation, name: str) -> bool:
    types = named_types(operation.query_schemas(name))
    return bool(types) and types <= {"integer", "number"}


def matching_nothing(context: Context, name: str, known: Sequence[Any]) -> list[Any]:
    """Values of a filter that no row has: those of its vocabulary first, where it has one."""
    schemas = context.operation.query_schemas(name)
    words = next((schema["enum"] for schema in schemas if schema.get("enum")), ())
    seen = {str(value) for value in known}
    if named_types(schemas) == {"boolean"}:
        return [word for word in FLAGS if word not in seen]  # all else is no value at all
    unseen = [word for word in words if type(word) in (int, str) and str(word) not in seen]
    return [*unseen, *_neighbours(known)]


def may_be_refused(context: Context, name: str, value: Any) -> bool:
    """Whether the schema of a filter does not allow a value, so that a refusal is right."""
    validator = validator_of(dict(context.operation.value_schema(name)), context.contract)
    meant = [value, str(value), *([value == "true"] if value in FLAGS else [])]
    return not any(map(validator.is_valid, meant))


def _neighbours(known: Sequence[Any]) -> list[Any]:
    """Values beside those that were seen: of their kind and size, so that nothing else is against
    them.
    """
    if any(isinstance(value, str) for value in known):
        return [NO_SUCH_TEXT, "zz"]
    numbers = sorted(value for value in known if value > 0)
    near = next((value + 1 for value in numbers if value + 1 not in known), 1)
    return [near, NO_SUCH]


def representative(known: Sequence[Any], most: int) -> list[Any]:
    """Some values: the most and the least frequent, and those whose text lies within another's."""
    texts = [str(value) for value in known]
    within = [
        value
        for value, text in zip(known, texts, strict=True)
        if any(text != longer and text in longer for longer in texts)
    ]
    return list(dict.fromkeys([*known[:1], *within, *known[-1:], *known]))[:most]


def sampled(known: list[Any], most: int, seed: int) -> list[Any]:
    """All values, or of many the most and the least frequent ones and others drawn from
    the seed.
    """
    if len(known) <= most:
        return known

    edges = [known[0], known[-1]]
    others = [value for value in known if value not in edges]
    chosen = drawing(seed).sample(others, most - len(edges))
    return [*edges, *chosen]


def asked_values(sender: Sender) -> dict[str, list[Any]]:
    """The values of each filter that are asked for one by one."""
    return {
        name: sampled(values(sender, place), ASKED, sender.context.seed)
        for name, place in sender.operation.filters.items()
    }
