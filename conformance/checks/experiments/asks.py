"""A request of a list as deviations from the plainest good one, and how fewer of them are tried."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from conformance.contract.pagination import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.checks.context import Context
    from conformance.checks.experiments.clients import Client
    from conformance.client import Request
    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Parameter

DIGITS = 9  # of an integer that any server reads


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of a list; each field that is not its default is one deviation from the plain
    request.

    `size` and `start` are rows (where no page starts at that row, the one before it that a page
    starts at), `filters` names and values as texts. `reversed_order` sends the parameters in
    the opposite order.
    """

    size: int | None = None
    start: int | None = None
    filters: tuple[tuple[str, str], ...] = ()
    reversed_order: bool = False
    client: Client | None = None

    @property
    def deviations(self) -> tuple[str, ...]:
        """The names of the fields that deviate, those that least often matter first."""
        names = ("client", "reversed_order", "filters", "size", "start")
        return tuple(name for name in names if getattr(self, name) != _default(name))

    def without(self, deviation: str) -> Ask:
        """The same without one deviation."""
        return replace(self, **{deviation: _default(deviation)})

    @property
    def plain(self) -> bool:
        """Whether it asks for nothing but a window."""
        return not self.filters and self.client is None

    def query(self, context: Context) -> tuple[tuple[str, str], ...]:
        """The parameters in the order in which they are sent."""
        paging = context.operation.pagination
        assert paging is not None
        start = None if self.start is None else paging.aligned(self.size, self.start)
        pairs = (*self.filters, *paging.window(self.size, start))
        return pairs[::-1] if self.reversed_order else pairs

    def request(self, context: Context) -> Request:
        """The request, with the region's own key."""
        more: dict[str, Any] = {"plain": self.plain}
        request = context.request(*self.query(context), **more)
        if self.client is None:
            return request
        # What the document has a header field for may change the answer.
        meant = context.operation.header_names
        fields = (
            (name, value)
            for name, value in self.client.headers
            if name.lower() not in meant
            and (name.lower() != "accept" or context.operation.offers(value))
        )
        return replace(
            request,
            headers=(*request.headers, *fields),
            omit=self.client.omit,
            version=self.client.version,
            new_connection=self.client.new_connection,
        )

    def words(self, context: Context) -> str:
        """The request in words."""
        query = "&".join(f"{name}={value}" for name, value in self.query(context))
        client = f", with {self.client.name}" if self.client else ""
        return f"?{query}{client}"


def _default(name: str) -> Any:
    return next(field.default for field in fields(Ask) if field.name == name)


def reduced(ask: Ask, fails: Callable[[Ask], bool]) -> Ask:
    """An ask that still fails and has no deviation that it fails without."""
    for deviation in ask.deviations:
        smaller = ask.without(deviation)
        if fails(smaller):
            ask = smaller
    return ask


def as_ask(request: Request, operation: Operation) -> Ask | None:
    """The ask for the window and the filters that a valid request names, none twice; None where it
    has anything else.
    """
    paging = operation.pagination
    assert paging is not None
    pairs = parse_qsl(request.query_string, keep_blank_values=True)
    size, start = paging.parameter(Role.SIZE), paging.parameter(Role.START)
    numbers = {each.name: each for each in (size, start) if each}
    given = dict(pairs)
    if len(given) < len(pairs) or not given.keys() <= numbers.keys() | operation.filters.keys():
        return None
    if not all(_is_within(given[name], each) for name, each in numbers.items() if name in given):
        return None
    return Ask(
        size=int(given[size.name]) if size and size.name in given else None,
        start=paging.start_of(int(given[start.name]), 1) if start and start.name in given else None,
        filters=tuple((name, given[name]) for name in operation.filters if name in given),
    )


def _is_within(text: str, parameter: Parameter) -> bool:
    """Whether a text is an integer that a parameter may be."""
    if not (text.isascii() and text.isdecimal() and len(text) <= DIGITS):
        return False
    highest = 10**DIGITS if parameter.maximum is None else parameter.maximum
    return (parameter.minimum or 0) <= int(text) <= highest


def axis_names(context: Context) -> dict[str, str]:
    """The parameter behind each axis of a window."""
    paging = context.operation.pagination
    assert paging is not None
    size, start, number = map(paging.parameter, (Role.SIZE, Role.START, Role.NUMBER))

    names = {"size": size.name} if size else {}
    if start:
        names["start"] = start.name
    elif number:
        names["start"] = f"row at which {number.name} begins"
    return names
