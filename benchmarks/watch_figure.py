"""The figure of a watch: its memory over the hours, with what happened to the servers, as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH, HEIGHT = 760, 250
LEFT, RIGHT, TOP, BOTTOM = 60, 740, 50, 200
HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{{title}}"
 font-family="sans-serif" font-size="12" fill="#333">
<title>{{title}}</title>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>
"""


@dataclass(frozen=True, slots=True)
class Band:
    """Some hours in which the servers were as the name says."""

    first: float
    last: float
    name: str
    colour: str
    row: int = 0  # of its name, where names would overlap


@dataclass(frozen=True, slots=True)
class Figure:
    """What is drawn; points are hours and megabytes, `parts` the processes that they belong to."""

    title: str
    parts: Sequence[Sequence[tuple[float, float]]]
    bands: Sequence[Band]
    hours: float

    def svg(self) -> str:
        """The figure."""
        points = [point for part in self.parts for point in part]
        most = 20 * (int(max(megabytes for _, megabytes in points)) // 20 + 2)
        lines = [
            *map(self._band, self.bands),
            *self._axes(most),
            *(self._line(part, most) for part in self.parts),
        ]
        return HEAD.format(title=escape(self.title)) + "\n".join([*lines, "</svg>", ""])

    def _x(self, hour: float) -> float:
        return LEFT + (RIGHT - LEFT) * hour / self.hours

    def _y(self, megabytes: float, most: int) -> float:
        return BOTTOM - (BOTTOM - TOP) * megabytes / most

    def _band(self, band: Band) -> str:
        x, end = self._x(band.first), self._x(band.last)
        y = TOP - 8 - 16 * band.row
        return (
            f'<rect x="{x:.0f}" y="{TOP}" width="{end - x:.0f}" height="{BOTTOM - TOP}" '
            f'fill="{band.colour}"/>\n<text x="{x:.0f}" y="{y}">{escape(band.name)}</text>'
        )

    def _axes(self, most: int) -> Iterable[str]:
        yield f'<path d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}" fill="none" stroke="#333"/>'
        for hour in range(int(self.hours) + 1):
            x = self._x(hour)
            yield f'<text x="{x:.0f}" y="{BOTTOM + 18}" text-anchor="middle">{hour} h</text>'
        for megabytes in range(0, most + 1, 20):
            y = self._y(megabytes, most) + 4
            yield f'<text x="{LEFT - 8}" y="{y:.0f}" text-anchor="end">{megabytes} MB</text>'

    def _line(self, part: Sequence[tuple[float, float]], most: int) -> str:
        places = " ".join(f"{self._x(hour):.1f},{self._y(mb, most):.1f}" for hour, mb in part)
        return f'<polyline points="{places}" fill="none" stroke="#1a56a0" stroke-width="2"/>'
