"""What a law has to say when it is broken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.client.exchange import Exchange
    from conformance.events.model import Fails, Level, Walk


@dataclass(frozen=True, slots=True)
class Finding:
    """Expected, actual, and the exchanges that show it.

    `at` is the place in the answer that it speaks of, where it is one: a JSON pointer with `*` for
    an index, or a word. Where regions are compared, `keeps` and `breaks` name those that keep and
    that break the contract, and `sides` says what each has. `fails` is the part of the requests in
    which it fails. `level` is weaker than the requirement's where the contract says less there.
    """

    expected: str
    actual: str
    exchanges: tuple[Exchange, ...] = ()
    note: str | None = None
    keeps: tuple[str, ...] | None = None
    breaks: tuple[str, ...] | None = None
    walk: Walk | None = None
    at: str | None = field(default=None, compare=False)
    sides: Mapping[str, str] | None = field(default=None, compare=False)
    fails: tuple[Fails, ...] = field(default=(), compare=False)
    level: Level | None = None

    def resting_on(self, *exchanges: Exchange, note: str = "") -> Finding:
        """The same, resting on further exchanges too, such as those of simpler requests that fail in
        the same way.
        """
        notes = "; ".join(filter(None, (self.note, note)))
        return replace(self, exchanges=(*self.exchanges, *exchanges), note=notes or None)
