"""The table as Markdown and JSON, and the circumstances under which it was measured."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.row import Row

HEAD = ("what", "measured against", "target", "ratio (median)", "min", "max", "both medians")
UNITS = {"x": "", "s": " s", "ms": " ms", "us": " µs", "MB": " MB", "B": " B", "requests": ""}


def circumstances(times: int) -> dict[str, Any]:
    """What a reader has to know to judge the figures."""
    names = ("schemathesis", "pytest", "hypothesis", "requests", "urllib3")
    return {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": [round(os.getloadavg()[0], 1)],
        "times": times,
        "versions": {name: version(name) for name in names},
    }


def write(rows: Sequence[Row], about: dict[str, Any], out: Path) -> None:
    """Both files."""
    out.mkdir(parents=True, exist_ok=True)
    about = about | {"load": [*about["load"][:1], round(os.getloadavg()[0], 1)]}
    found = about | {"rows": [row.to_json() for row in rows]}
    (out / "bench.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    (out / "bench.md").write_text(markdown(rows, about), "utf-8")


def markdown(rows: Sequence[Row], about: dict[str, Any]) -> str:
    """The table, what each row ran, and the circumstances."""
    lines = [_line(HEAD), _line(["---"] * len(HEAD)), *(line(row) for row in rows), ""]
    for row in rows:
        ours, theirs = row.commands
        said = (
            [f"`{ours}`"] * bool(ours)
            + [f"against `{theirs}`"] * bool(theirs)
            + [row.note] * bool(row.note)
        )
        if said:
            lines.append(f"- {row.what}: {'; '.join(said)}")
    return "\n".join([*lines, "", _circumstances(about), ""])


def _circumstances(about: dict[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    loads = " to ".join(map(str, about["load"]))
    return (
        f"Measured {about['started']} on {about['cores']} cores with Python {about['python']}, {versions}; "
        f"{about['times']} times in turn (A B A B) after one of each that does not count; a ratio is of the "
        f"two of one turn; load average {loads}: above {about['cores']} the figures are noisy."
    )


def line(row: Row) -> str:
    """A row of the table."""
    target = (
        ""
        if row.target is None
        else f"{'<' if row.strict else '<='} {_number(row.target, row.unit)}"
    )
    if not row.values:
        return _line([row.what, row.against, target, "not measured", "", "", _sides(row)])
    mark = {True: "", False: " **missed**", None: ""}[row.met]
    middle = _number(median(row.values), row.unit) + mark
    bounds = [_number(find(row.values), row.unit) for find in (min, max)]
    return _line([row.what, row.against, target, middle, *bounds, _sides(row)])


def _sides(row: Row) -> str:
    return ", ".join(_number(median(side), row.side) for side in (row.ours, row.theirs) if side)


def _number(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 or unit == "requests" else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}{UNITS[unit]}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
