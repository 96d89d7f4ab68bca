"""Signs for what was, in a row of runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MARKS: dict[str | None, str] = {
    "passed": "✓",
    "failed": "✗",
    "warned": "!",
    "unexercised": "◌",
    "inconclusive": "?",
    "waived": "≈",
    "broken": "✗",
    None: "·",
}
_HEIGHTS = "▁▂▃▄▅▆▇█"


def spark(values: Sequence[float | None]) -> str:
    """Values as a row of bars; what is not known is a gap."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    step = (high - low) / (len(_HEIGHTS) - 1) or 1.0
    return "".join(
        " " if value is None else _HEIGHTS[round((value - low) / step)] for value in values
    )
