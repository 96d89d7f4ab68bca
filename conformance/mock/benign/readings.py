"""Other readings of values that the documentation leaves open; each is kept for every value of its
class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import benign
from conformance.mock.integers import InvalidParameter

FAR = 2**40  # an offset that no list reaches

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.service import Service


@benign()
def odd_windows_defaulted(service: Service) -> None:
    """A window value that is too low, or no integer, is taken for the default; a high limit is
    clamped.
    """
    _lenient(service, lambda text, default, lowest: 100 if lowest and _over(text) else default)


@benign()
def odd_windows_clamped(service: Service) -> None:
    """A number out of bounds is clamped to its bound; what is no number is refused."""

    def clamped(text: str, default: int, lowest: int) -> int:
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal()) or len(text) > 30:
            raise InvalidParameter("the window", "an integer")
        number = int(text)
        return max(lowest, min(number, 100 if lowest else FAR))

    _lenient(service, clamped)


@benign()
def limit_0_is_empty_and_negative_refused(service: Service) -> None:
    """A limit of 0 gives no rows, negative ones are refused."""
    parse = service.parse_limit
    service.parse_limit = lambda values: 0 if values == ["0"] else parse(values)


def _over(text: str) -> bool:
    """Whether a limit is over the maximum, which is clamped or refused and never the default."""
    return text.isdecimal() and text.isascii() and (len(text) > 30 or int(text) > 100)


def _lenient(service: Service, read: Callable[[str, int, int], int]) -> None:
    """Read what the strict parsers refuse; `read` is given the text, the default and the lowest
    value.
    """
    parse_limit, parse_offset = service.parse_limit, service.parse_offset

    def limit(values: list[str]) -> int:
        try:
            return parse_limit(values)
        except InvalidParameter:
            if len(values) != 1:
                raise
            return read(values[0], service.default_limit, 1)

    def offset(values: list[str]) -> int:
        try:
            return parse_offset(values)
        except InvalidParameter:
            if len(values) != 1:
                raise
            return read(values[0], 0, 0)

    service.parse_limit, service.parse_offset = limit, offset
