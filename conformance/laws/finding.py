"""What a law has to say when it is broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.events.model import Walk


@dataclass(frozen=True, slots=True)
class Finding:
    """Expected, actual, and the exchanges that show it.

    `at` is the place in the answer that it speaks of, where it is one: a JSON pointer with `*` for
    an index, or a word. Where regions are compared, `keeps` and `breaks` name those that keep and
    that break the contract.
    """

    expected: str
    actual: str
    exchanges: tuple[Exchange, ...] = ()
    note: str | None = None
    keeps: tuple[str, ...] | None = None
    breaks: tuple[str, ...] | None = None
    walk: Walk | None = None
    at: str | None = field(default=None, compare=False)
