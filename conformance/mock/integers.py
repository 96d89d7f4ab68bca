"""Reading integer parameters: strictly, as the document types them."""

from __future__ import annotations

import re

# Only ASCII digits in canonical form: int() also takes `1_0`, ` 10`, `+10` and full-width digits.
CANONICAL = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)

# Past 64 bits a number only says "far away"; cutting it keeps int() cheap and below its digit
# limit.
MOST_DIGITS = 40


class InvalidParameter(Exception):
    """A query parameter whose value the operation does not take."""

    def __init__(self, name: str, wanted: str) -> None:
        super().__init__(f"{name} must be {wanted}")


def strict_integer(name: str, text: str) -> int:
    """Read a canonical ASCII integer or refuse it."""
    if not CANONICAL.fullmatch(text):
        raise InvalidParameter(name, "an integer")
    return int(text[:MOST_DIGITS])


def single(name: str, values: list[str]) -> str | None:
    """Take a parameter's only value; a repeated one has no defined winner."""
    if len(values) > 1:
        raise InvalidParameter(name, "given once")
    return values[0] if values else None
