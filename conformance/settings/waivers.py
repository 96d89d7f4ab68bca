"""Waivers as `conformance.toml` has them: expected failures, each with a reason, an owner and an
end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from conformance.settings.errors import InvalidValue, quoted, suggestion

if TYPE_CHECKING:
    from conformance.events.model import Waiver

_REQUIRED = ("requirement", "reason", "owner", "expires")
_OPTIONAL = ("region", "operation")


@dataclass(frozen=True, slots=True)
class Waivers:
    """A list of tables: requirement, region, operation (globs), reason, owner, expires (a date)."""

    expected: str = "a list of tables ([[waivers]])"
    metavar: str = ""

    def read(self, value: object) -> tuple[Waiver, ...]:
        """The waivers in their order; raises InvalidValue that names the waiver by its number."""
        if not isinstance(value, list):
            raise InvalidValue(f"expected {self.expected}, not {quoted(value)}.")
        waivers = []
        for number, table in enumerate(value, 1):
            try:
                waivers.append(_waiver(table))
            except InvalidValue as error:
                raise InvalidValue(f"waiver {number}: {error}") from None
        return tuple(waivers)


def _waiver(table: object) -> Waiver:
    from conformance.events.model import Waiver

    if not isinstance(table, dict):
        raise InvalidValue(f"expected a table, not {quoted(table)}.")
    for key in table:
        if key not in (*_REQUIRED, *_OPTIONAL):
            hint = suggestion(key, (*_REQUIRED, *_OPTIONAL))
            raise InvalidValue(f"a waiver has no key {quoted(key)}.{hint}")
    for key in _REQUIRED:
        if key not in table:
            raise InvalidValue(f"{key} is missing. A waiver says {', '.join(_REQUIRED)}.")

    return Waiver(
        requirement=_text("requirement", table["requirement"]),
        region=_glob("region", table),
        operation=_glob("operation", table),
        reason=_text("reason", table["reason"]),
        owner=_text("owner", table["owner"]),
        expires=_day(table["expires"]),
    )


def _glob(key: str, table: dict[str, object]) -> str | None:
    """A key that may be left out; settings that come from another process have it as None."""
    value = table.get(key)
    return None if value is None else _text(key, value)


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise InvalidValue(f"{key}: expected a text of one line, not {quoted(value)}.")
    return value


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise InvalidValue(
            f"expires: expected a date such as 2027-03-31, not {quoted(value)}."
        ) from None
