"""Faults of reading parameters: values that are no integers, given twice, in another order."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from conformance.mock.entries import fault
from conformance.mock.integers import CANONICAL, strict_integer
from conformance.mock.wrappers import fail, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call, Window
    from conformance.mock.service import Service

LIMIT, OFFSET = "limit", "offset"


@fault("PAG-17")
def bad_limit_taken_as_default(service: Service) -> None:
    """A `limit` that is no integer is taken as 20."""
    _otherwise(service, LIMIT, lambda text: 20)


@fault("PAG-17")
def bad_offset_taken_as_zero(service: Service) -> None:
    """An `offset` that is no integer is taken as 0."""
    _otherwise(service, OFFSET, lambda text: 0)


@fault("PAG-13")
def bad_limit_fails(service: Service) -> None:
    """A `limit` that is no integer gives 500."""
    _otherwise(service, LIMIT, lambda text: fail())


@fault("PAG-13")
def bad_offset_fails(service: Service) -> None:
    """An `offset` that is no integer gives 500."""
    _otherwise(service, OFFSET, lambda text: fail())


@fault("PAG-13")
def limit_read_up_to_a_letter(service: Service) -> None:
    """A `limit` is read as far as its digits go: `5abc` is 5."""
    _otherwise(service, LIMIT, lambda text: _leading(text))


@fault("PAG-13")
def decimals_cut_off(service: Service) -> None:
    """An `offset` of 10.7 is taken as 10."""
    _otherwise(service, OFFSET, lambda text: strict_integer(OFFSET, text.partition(".")[0]))


@fault("PAG-13")
def offset_wraps_at_32_bits(service: Service) -> None:
    """An `offset` is kept in 32 bits: 2^32 is 0."""
    _then(service, OFFSET, lambda offset: offset % 2**32)


@fault("PAG-13")
def offset_wraps_at_64_bits(service: Service) -> None:
    """An `offset` is kept in 64 bits: 2^64 is 0."""
    _then(service, OFFSET, lambda offset: offset % 2**64)


@fault("PAG-13")
def huge_offset_fails(service: Service) -> None:
    """An `offset` of 2^63 or more gives 500."""
    _then(service, OFFSET, lambda offset: offset if offset < 2**63 else fail())


@fault("PAG-13")
def offset_beyond_32_bits_fails(service: Service) -> None:
    """An `offset` of 2^31 or more gives 500."""
    _then(service, OFFSET, lambda offset: offset if offset < 2**31 else fail())


@fault("PAG-13")
def huge_limit_fails(service: Service) -> None:
    """A `limit` of 2^63 or more gives 500."""
    parse = service.parse_limit
    service.parse_limit = lambda values: fail() if _huge(values) else parse(values)


@fault("PAG-14")
def lenient_limit(service: Service) -> None:
    """`limit` takes whatever `int()` takes: `1_0`, ` 10`, `+10`, full-width digits."""
    _otherwise(service, LIMIT, lambda text: int(text[:40]))


@fault("PAG-14")
def lenient_offset(service: Service) -> None:
    """`offset` takes whatever `int()` takes: `1_0`, ` 10`, `+10`, full-width digits."""
    _otherwise(service, OFFSET, lambda text: int(text[:40]))


@fault("PAG-14")
def whole_floats_taken(service: Service) -> None:
    """A `limit` of `10.0` or `1e1` is taken as 10."""
    _otherwise(service, LIMIT, lambda text: _whole(text))


@fault("PAG-14")
def empty_limit_is_default(service: Service) -> None:
    """An empty `limit` is taken as none."""
    _otherwise(service, LIMIT, lambda text: 20 if text == "" else refuse(LIMIT, "an integer"))


@fault("PAG-15")
def repeated_limit_alternates(service: Service) -> None:
    """Of a repeated `limit`, now the first and now the last counts."""
    _pick(service, LIMIT, lambda values: values[-(service.calls % 2)])


@fault("PAG-15")
def repeated_offset_adds_up(service: Service) -> None:
    """A repeated `offset` is the sum of its values."""
    _pick(
        service, OFFSET, lambda values: str(sum(strict_integer(OFFSET, value) for value in values))
    )


@fault("PAG-16")
def limit_after_offset_ignored(service: Service) -> None:
    """`limit` is not read where it comes after `offset`."""
    _reorder(service, lambda names: LIMIT if _before(names, OFFSET, LIMIT) else "")


@fault("PAG-16")
def offset_after_filter_ignored(service: Service) -> None:
    """`offset` is not read where it comes after `agent_id` and before `limit`."""
    _reorder(
        service,
        lambda names: (
            OFFSET if _before(names, "agent_id", OFFSET) and _before(names, OFFSET, LIMIT) else ""
        ),
    )


@fault("PAG-16")
def filter_at_the_end_ignored(service: Service) -> None:
    """`agent_id` is not read where it comes after `limit`."""
    _reorder(service, lambda names: "agent_id" if _before(names, LIMIT, "agent_id") else "")


@fault("ROB-10")
def encoded_names_passed_over(service: Service) -> None:
    """A parameter with a percent-encoded letter in its name is passed over."""
    respond = service.respond
    service.respond = lambda call: respond(replace(call, query=_of_plain_names(call.query)))


@fault("ROB-10")
def encoded_names_refused(service: Service) -> None:
    """A parameter with a percent-encoded letter in its name is refused as unknown."""
    list_rows = service.list_rows

    def refusing(call: Call) -> Answer:
        if _of_plain_names(call.query) != call.query:
            return service.error(400, "invalid_request_error", "unknown parameter")
        return list_rows(call)

    service.list_rows = refusing


def _of_plain_names(query: str) -> str:
    return "&".join(pair for pair in query.split("&") if "%" not in pair.partition("=")[0])


def _otherwise(service: Service, name: str, take: Callable[[str], int]) -> None:
    """Read in another way what is no integer; what that cannot read either is still refused."""
    parse = getattr(service, f"parse_{name}")

    def parsed(values: list[str]) -> int:
        if len(values) != 1 or CANONICAL.fullmatch(values[0]):
            return int(parse(values))
        try:
            return int(parse([str(take(values[0]))]))
        except (ValueError, OverflowError):
            return int(parse(values))

    setattr(service, f"parse_{name}", parsed)


def _then(service: Service, name: str, change: Callable[[int], int]) -> None:
    parse = getattr(service, f"parse_{name}")
    setattr(service, f"parse_{name}", lambda values: change(parse(values)))


def _pick(service: Service, name: str, pick: Callable[[list[str]], str]) -> None:
    parse = getattr(service, f"parse_{name}")
    setattr(
        service,
        f"parse_{name}",
        lambda values: parse([pick(values)] if len(values) > 1 else values),
    )


def _reorder(service: Service, forget: Callable[[list[str]], str]) -> None:
    """Forget the parameter that `forget` names, seeing the order of them all."""
    window = service.window

    def read(call: Call) -> Window:
        forgotten = forget([name for name, _ in call.parameters])
        kept = [(name, value) for name, value in call.parameters if name != forgotten]
        return window(replace(call, query=urlencode(kept)))

    service.window = read


def _before(names: list[str], first: str, second: str) -> bool:
    return first in names and second in names and names.index(first) < names.index(second)


def _leading(text: str) -> int:
    return int("".join(takewhile(str.isdecimal, text)))


def _whole(text: str) -> int:
    return int(number) if (number := float(text)).is_integer() else int(refuse(LIMIT, "an integer"))


def _huge(values: list[str]) -> bool:
    return bool(values) and abs(strict_integer(LIMIT, values[0])) >= 2**63
