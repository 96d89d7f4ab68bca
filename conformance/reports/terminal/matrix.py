"""The matrix on a terminal: a row for each area, a column for each region, or a list where it is
narrow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.reports.terminal.lines import Line
from conformance.verdict.matrix import areas_of
from conformance.verdict.text import visible

if TYPE_CHECKING:
    from conformance.reports.terminal.lines import Screen
    from conformance.verdict.matrix import Area, Cell
    from conformance.verdict.report import Report

_GAP = 3
_MEANINGS = {
    "✗": "failed",
    "↳": "explained by another failure",
    "!": "warned",
    "?": "inconclusive",
    "◌": "not exercised",
}


def print_matrix(screen: Screen, report: Report) -> None:
    """Print the matrix of a report."""
    areas, regions = areas_of(report), list(report.regions)
    if not areas:
        return
    screen.group("results by area and region")
    label = max(len(area.name) for area in areas) + 2 + _GAP
    widths = [_width(name, areas) for name in regions]
    if screen.fits(Line().add(" " * (label + sum(widths)))):
        _wide(screen, areas, dict(zip(regions, widths, strict=True)), label)
    else:
        _tall(screen, areas, label)
    _legend(screen, areas)
    screen.end_group()
    screen.blank()


def _width(region: str, areas: list[Area]) -> int:
    cells = [len(_cell(area.regional[region])) for area in areas if region in area.regional]
    return max([len(region), *cells]) + _GAP


def _wide(screen: Screen, areas: list[Area], widths: dict[str, int], label: int) -> None:
    names = "".join(visible(name).ljust(width) for name, width in widths.items())
    screen.line(Line().add((" " * label + names).rstrip(), "bold"))
    for area in areas:
        start = f"  {area.name}".ljust(label)
        if area.regional:
            screen.line(_row(start, area, widths))
        if area.shared:
            screen.line(_joined(Line().add(start), _cell(area.shared)))


def _row(start: str, area: Area, widths: dict[str, int]) -> Line:
    line = Line().add(start)
    padding = ""
    for name, width in widths.items():
        cell = _cell(area.regional[name]) if name in area.regional else Line().add("-", "dim")
        _joined(line.add(padding), cell)
        padding = " " * (width - len(cell))
    return line


def _tall(screen: Screen, areas: list[Area], label: int) -> None:
    names = max((len(name) for area in areas for name in area.regional), default=0)
    for area in areas:
        start = f"  {area.name}".ljust(label)
        if area.regional:
            screen.line(Line().add(start.rstrip()))
        for name, cell in area.regional.items():
            screen.line(_joined(Line().add(f"    {visible(name):<{names}}  "), _cell(cell)))
        if area.shared:
            screen.line(_joined(Line().add(start), _cell(area.shared)))


def _legend(screen: Screen, areas: list[Area]) -> None:
    """What the marks mean that stand above, where there are any."""
    cells = [cell for area in areas for cell in (*area.regional.values(), area.shared) if cell]
    shown = {mark for cell in cells for mark, count, _ in _marks(cell) if count}
    words = [f"{mark} {meaning}" for mark, meaning in _MEANINGS.items() if mark in shown]
    if words:
        screen.field("  ", "   ".join(words), "dim")


def _cell(cell: Cell) -> Line:
    ratio = f"{cell.passed:>2} / {cell.applicable}" if cell.applicable else "not applicable"
    line = Line().add(ratio, "green" if cell.applicable == cell.passed and cell.passed else "")
    for mark, count, style in _marks(cell):
        if count:
            line.add(f"  {mark} {count}", style)
    return line


def _marks(cell: Cell) -> tuple[tuple[str, int, str], ...]:
    """What did not pass in a cell, each with its mark, its number and its style."""
    return (
        ("✗", cell.roots("failed"), "bold red"),
        ("broken", cell.outcomes["broken"], "bold red"),
        ("↳", cell.explained, "red"),
        ("!", cell.roots("warned"), "yellow"),
        ("?", cell.roots("inconclusive"), "magenta"),
        ("◌", cell.outcomes["unexercised"], "dim"),
        ("waived", cell.outcomes["waived"], "cyan"),
    )


def _joined(line: Line, cell: Line) -> Line:
    line.pieces += cell.pieces
    return line
