"""The picture of a walk: pages as bars over the offset axis, with duplicates, gaps and shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.verdict.text import counted, joined

if TYPE_CHECKING:
    from conformance.events.model import Walk, WalkPage

WIDTH = 720.0
_LANES = 8
_LANE = 12
_TOP = 8
_MOST_PAGES = 240


@dataclass(frozen=True, slots=True)
class Bar:
    """A page, or a mark on the axis."""

    x: float
    y: float
    width: float
    title: str
    shifted: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A number under the axis."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class WalkPicture:
    """The picture as its template needs it."""

    width: float
    height: float
    axis: float
    pages: list[Bar]
    duplicates: list[Bar]
    gaps: list[Bar]
    ticks: list[Tick]
    total: float
    caption: str

    @property
    def shifts(self) -> bool:
        """Whether a page does not start where the one before it ended."""
        return any(page.shifted for page in self.pages)


def walk_picture(walk: Walk) -> WalkPicture:
    """Lay a walk out on the offset axis."""
    pages, total = walk.pages, walk.total
    duplicates, gaps = walk.duplicates, walk.gaps
    ends = [page.offset + max(page.rows, 1) for page in pages]
    extent = max([total, *ends, *(offset + 1 for offset in (*duplicates, *gaps)), 1])
    scale = WIDTH / extent
    lanes = min(max(len(pages), 1), _LANES)
    axis = _TOP + lanes * _LANE + 6.0
    return WalkPicture(
        width=WIDTH,
        height=axis + 34,
        axis=axis,
        pages=_bars(pages[:_MOST_PAGES], scale),
        duplicates=[_mark(offset, scale, axis, "twice") for offset in duplicates[:_MOST_PAGES]],
        gaps=[_mark(offset, scale, axis, "never") for offset in gaps[:_MOST_PAGES]],
        ticks=_ticks(total, extent, scale),
        total=round(total * scale, 1),
        caption=_caption(pages, total, duplicates, gaps),
    )


def _bars(pages: tuple[WalkPage, ...], scale: float) -> list[Bar]:
    bars, end = [], 0
    for place, page in enumerate(pages):
        offset, rows = page.offset, page.rows
        title = f"page {place + 1}: offset {offset}, limit {page.limit}, {counted(rows, 'row')}"
        y = _TOP + (place % _LANES) * _LANE
        width = max(round(rows * scale, 1), 1.5)
        bars.append(Bar(round(offset * scale, 1), y, width, title, shifted=offset != end))
        end = offset + rows
    return bars


def _mark(offset: int, scale: float, axis: float, times: str) -> Bar:
    return Bar(
        round(offset * scale, 1), axis, max(round(scale, 1), 3.0), f"row {offset} came {times}"
    )


def _ticks(total: int, extent: int, scale: float) -> list[Tick]:
    ticks = [Tick(0, "0", "start")]
    if total * scale > 60:
        at_end = total * scale > WIDTH - 60
        ticks.append(
            Tick(round(total * scale, 1), f"total {total:,}", "end" if at_end else "middle")
        )
    if (extent - total) * scale > 90:
        ticks.append(Tick(WIDTH, f"{extent:,}", "end"))
    return ticks


def _caption(
    pages: tuple[WalkPage, ...], total: int, duplicates: tuple[int, ...], gaps: tuple[int, ...]
) -> str:
    rows = sum(page.rows for page in pages)
    parts = [f"{counted(len(pages), 'page')}, {counted(rows, 'row')} of a total of {total:,}"]
    if duplicates:
        parts.append(
            f"{counted(len(duplicates), 'row')} twice (offset {joined([*map(str, duplicates)], 6)})"
        )
    if gaps:
        parts.append(f"{counted(len(gaps), 'row')} never (offset {joined([*map(str, gaps)], 6)})")
    if len(pages) > _MOST_PAGES:
        parts.append(f"the first {_MOST_PAGES} pages are shown")
    return "; ".join(parts)
