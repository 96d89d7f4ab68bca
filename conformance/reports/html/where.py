"""Where a finding fails, as a small picture: an area of two axes, or a line of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.events.model import Fails

WIDTH, HEIGHT = 260.0, 120.0
_LINE = 14.0  # the height of a picture of one axis
_LEAST = 4.0  # an area that is one value wide is still seen


@dataclass(frozen=True, slots=True)
class WherePicture:
    """The whole of the axes, the part that fails, and the numbers at their ends."""

    width: float
    height: float
    x: float
    y: float
    wide: float
    high: float
    across: str
    along: tuple[str, str]
    upward: str
    upright: tuple[str, str]
    caption: str


def where_picture(fails: Sequence[Fails]) -> WherePicture | None:
    """The picture of one axis or two; none where nothing is known, or all of it fails."""
    axes = [axis for axis in fails if axis.highest > axis.lowest]
    if not axes or all(_is_whole(axis) for axis in axes):
        return None
    first, second = axes[-1], (axes[0] if len(axes) > 1 else None)
    x, wide = _span(first, WIDTH)
    height = HEIGHT if second else _LINE
    y, high = (0.0, height)
    if second:
        start, high = _span(second, height)
        y = round(height - start - high, 1)  # upwards, as on paper
    return WherePicture(
        WIDTH,
        height,
        x,
        y,
        wide,
        high,
        first.axis,
        (f"{first.lowest:,}", f"{first.highest:,}"),
        second.axis if second else "",
        (f"{second.lowest:,}", f"{second.highest:,}") if second else ("", ""),
        where_in_words(axes),
    )


def where_in_words(fails: Sequence[Fails]) -> str:
    """The part that fails: `limit 37 to 41, any offset`."""
    return ", ".join(_words(axis) for axis in fails)


def where_as_text(fails: Sequence[Fails], width: int = 40) -> list[str]:
    """The same for a page without pictures: a line for each axis, the part that fails filled."""
    lines = []
    for axis in fails:
        if axis.highest <= axis.lowest:
            continue
        x, wide = _span(axis, width)
        start = min(int(x), width - 1)
        filled = min(max(round(wide), 1), width - start)
        bar = "·" * start + "█" * filled + "·" * (width - start - filled)
        lines.append(f"{axis.axis:>8} {axis.lowest:,} {bar} {axis.highest:,}  {_words(axis)}")
    return lines


def _is_whole(axis: Fails) -> bool:
    return axis.step == 1 and axis.low <= axis.lowest and axis.high >= axis.highest


def _words(axis: Fails) -> str:
    if axis.step > 1:
        return f"every second {axis.axis} from {axis.low:,} to {axis.high:,}"
    if _is_whole(axis):
        return f"any {axis.axis}"
    if axis.low == axis.high:
        return f"{axis.axis} {axis.low:,}"
    if axis.high >= axis.highest:
        return f"{axis.axis} {axis.low:,} and above"
    if axis.low <= axis.lowest:
        return f"{axis.axis} up to {axis.high:,}"
    return f"{axis.axis} {axis.low:,} to {axis.high:,}"


def _span(axis: Fails, length: float) -> tuple[float, float]:
    """Where the failing part begins and how long it is, on an axis of so many units."""
    whole = axis.highest - axis.lowest + 1
    start = (max(axis.low, axis.lowest) - axis.lowest) / whole * length
    size = (min(axis.high, axis.highest) - max(axis.low, axis.lowest) + 1) / whole * length
    least = _LEAST if length > WIDTH / 8 else 1.0
    return round(min(start, length - least), 1), round(max(size, least), 1)
