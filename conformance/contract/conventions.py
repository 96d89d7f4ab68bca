"""What an API does the same everywhere, as far as its overlay states it; the rest is not judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.contract.entry import Entry

FORMS = ("integer", "date-time")
STATUS = re.compile(r"[1-5][0-9][0-9]")


@dataclass(frozen=True, slots=True)
class Errors:
    """The envelope of errors: JSON Pointers into it, and the documented words by status.

    `strict` says that what stands before the API must keep to it too.
    """

    type: str
    message: str | None = None
    types: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    messages: Mapping[int, str] = field(default_factory=dict)
    strict: bool = False


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Headers that say how much may be asked: the form of each, by its name in lower case.

    `retry_at` is the one that says, as a date and time, when a refused request may be sent again.
    """

    headers: Mapping[str, str]
    retry_at: str | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The environment variables that hold the keys: `{REGION}` stands for a region's name in
    capitals.
    """

    variable: str = "CONFORMANCE_KEY_{REGION}"
    shared: str = "CONFORMANCE_KEY"

    def variables(self, region: str) -> tuple[str, ...]:
        """Where a region's key is looked for, in order."""
        return (self.variable.replace("{REGION}", _capitals(region)), self.shared)

    def of_scheme(self, region: str, scheme: str) -> tuple[str, ...]:
        """Where a region's key for one security scheme is looked for first."""
        return tuple(f"{name}_{_capitals(scheme)}" for name in self.variables(region))


def _capitals(name: str) -> str:
    """A name as variables have it."""
    return re.sub(r"\W", "_", name).upper()


def read_errors(entry: Entry) -> Errors | None:
    """The envelope of errors, none where the overlay states none; raises ContractError."""
    if not entry.values:
        return None
    entry.only(("type", "message", "types", "messages"))
    types, messages = entry.within("types"), entry.within("messages")
    return Errors(
        type=entry.pointer("type"),
        message=entry.optional_pointer("message"),
        types={_status(types, name): types.texts(name) for name in types.values},
        messages={_status(messages, name): messages.text(name) for name in messages.values},
    )


def read_rate_limits(entry: Entry) -> RateLimits | None:
    """The headers of rate limits, none where the overlay states none; raises ContractError."""
    if not entry.values:
        return None
    entry.only(("headers", "retry_at"))
    stated = entry.within("headers")
    headers = {}
    for name in stated.values:
        form = stated.text(name)
        if form not in FORMS:
            stated.fail(name, f"expected one of {', '.join(FORMS)}, it is {form!r}")
        headers[name.lower()] = form

    retry_at = entry.optional_text("retry_at")
    if retry_at is not None and retry_at.lower() not in headers:
        entry.fail("retry_at", f"expected one of {', '.join(stated.values)}, it is {retry_at!r}")
    return RateLimits(headers, retry_at.lower() if retry_at else None)


def read_keys(entry: Entry) -> Keys:
    """The names of environment variables, the suite's own where the overlay states none."""
    entry.only(("variable", "shared"))
    stated = Keys()
    variable = entry.optional_text("variable") or stated.variable
    if "{REGION}" not in variable:
        entry.fail("variable", f"expected {{REGION}} within it, it is {variable!r}")
    return Keys(variable, entry.optional_text("shared") or stated.shared)


def _status(entry: Entry, name: str) -> int:
    if not STATUS.fullmatch(name):
        entry.fail(name, f"expected a status such as 404, it is {name!r}")
    return int(name)
