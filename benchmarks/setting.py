"""What every measurement is given."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setting:
    """How often to measure, and the folder that all commands run in: both sides find the same
    caches.
    """

    times: int
    folder: Path
    walk: str = ""  # the options that have every row read; none: not measured

    @property
    def out(self) -> Path:
        """Where measured runs write their reports."""
        return self.folder / "reports"

    def requests(self) -> dict[str, int]:
        """What the last run sent, by region."""
        found: dict[str, int] = json.loads((self.out / "report.json").read_text("utf-8"))[
            "requests"
        ]
        return found

    def slowed(self) -> bool:
        """Whether the last run drove a region less hard because its answers had become slow."""
        return "slowed under load" in (self.out / "events.ndjson").read_text("utf-8")
