"""What a law has to say when it is broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange


@dataclass(frozen=True, slots=True)
class Finding:
    """Expected, actual, and the exchanges that show it; perhaps a level of its own."""

    expected: str
    actual: str
    exchanges: tuple[Exchange, ...] = ()
    level: str | None = None
    note: str | None = None
    keeps: tuple[str, ...] | None = None
    breaks: tuple[str, ...] | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def to_event(self, redact: Any) -> dict[str, Any]:
        """The finding as an event carries it."""
        return {
            "expected": redact(self.expected),
            "actual": redact(self.actual),
            "level": self.level,
            "note": redact(self.note) if self.note else None,
            "keeps": list(self.keeps) if self.keeps is not None else None,
            "breaks": list(self.breaks) if self.breaks is not None else None,
            "exchanges": [exchange.id for exchange in self.exchanges],
            "smallest": {"curl": redact(self._curl())} if self.exchanges else None,
            "walk": self.extra.get("walk"),
        }

    def _curl(self) -> str:
        """What shows it again: the first request, of each region where regions are compared."""
        first = {exchange.region: exchange.curl for exchange in reversed(self.exchanges)}
        return "; ".join(dict.fromkeys(first[exchange.region] for exchange in self.exchanges))
