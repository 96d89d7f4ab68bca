"""Requests drawn at random from all that may be asked of a list: of each kind as many as a rare fault
needs to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.experiments.asks import Ask
from conformance.checks.experiments.clients import CLIENTS
from conformance.checks.experiments.combine import bands
from conformance.contract.pagination import Role

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Parameter
    from conformance.laws.oracle.model import ListModel

WORDS = ("abc", "true", "null", "1.5", "5abc", "NaN", "[1]", "--1", "0x1F", "one", "\u00b2")
HOSTILE = ("{} OR 1=1", "{}' OR '1'='1", "{}%", "{}\0", "{},{}", "*", "%", "'", "{}--", "${{7*7}}")
ODD = bytes((0, 9, 10, 13, 34, 37, 39, 60, 92, 127, 128, 192, 237, 255))
BITS = (32, 33, 63, 64, 65, 128)
SHARED = [client for client in CLIENTS if not client.new_connection]


def window_ask(
    operation: Operation,
    model: ListModel,
    known: Mapping[str, Sequence[Any]],
    chosen: random.Random,
) -> Ask:
    """A window within the list that up to one filter leaves, asked for by any client."""
    paging = operation.pagination
    assert paging is not None
    filters: tuple[tuple[str, str], ...] = ()
    left = model
    names = [name for name, values in known.items() if values]
    if names and chosen.random() < 0.5:
        name = chosen.choice(names)
        filters = ((name, str(chosen.choice(known[name]))),)
        left = model.where(operation.filters[name], {filters[0][1]})

    size = chosen.randint(1, paging.maximum_size) if _is_sent(paging.sized, chosen) else None
    offset = chosen.choice(chosen.choice(bands(left.total)))
    start = offset if _is_sent(paging.addressable, chosen) else None
    client = chosen.choice(SHARED) if chosen.random() < 0.5 else None
    return Ask(size, start, filters, chosen.random() < 0.5, client)


def _is_sent(can_be: bool, chosen: random.Random) -> bool:
    """Whether a parameter is sent: one in four times it is not, though it can be."""
    return can_be and chosen.random() < 0.75


def past_the_end(operation: Operation, model: ListModel, chosen: random.Random) -> Ask:
    """A window that begins at the end of the list or behind it."""
    paging = operation.pagination
    assert paging is not None
    size = chosen.randint(1, paging.maximum_size) if paging.sized else None
    return Ask(size, model.total + chosen.randint(0, 10 ** chosen.randint(0, 6)))


def odd_query(chosen: random.Random) -> str:
    """A parameter that no operation has, with octets that not everybody reads."""
    octets = bytes(chosen.choice(ODD) for _ in range(chosen.randint(1, 12)))
    return f"x{chosen.randint(0, 999)}={''.join(f'%{octet:02X}' for octet in octets)}"


def odd_value(kind: str, parameter: Parameter, chosen: random.Random) -> str:
    """A value of a parameter that the requirement `kind` is about."""
    if kind == "PAG-11":
        return str((parameter.maximum or 0) + chosen.randint(1, 10 ** chosen.randint(1, 8)))
    if kind == "PAG-12":
        return str((parameter.minimum or 0) - chosen.randint(1, 10 ** chosen.randint(1, 8)))
    if chosen.random() < 0.5:
        return chosen.choice(WORDS)
    return str(2 ** chosen.choice(BITS) + chosen.randint(-3, 100))


def about(kind: str, operation: Operation) -> list[Parameter]:
    """The parameters of a window that may have values of a kind."""
    assert operation.pagination is not None
    integers = [each for each in operation.pagination.parameters if each.integer]
    if kind == "PAG-11":
        return [each for each in integers if each.role is Role.SIZE and each.maximum is not None]
    if kind == "PAG-12":
        return [each for each in integers if each.minimum is not None]
    return integers


def hostile_value(known: Sequence[Any], chosen: random.Random) -> str:
    """A value of a filter that no row has, made of one that some have."""
    value = str(chosen.choice(known)) if known else "1"
    return chosen.choice(HOSTILE).format(value, value)
