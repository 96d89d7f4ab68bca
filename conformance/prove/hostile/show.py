"""The table of troubles as it is printed and written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conformance.prove.hostile.play import Played

NAMES = ("hostile.json", "hostile.md")


def line(row: Played) -> str:
    """One row: how it ended, and what that took."""
    if row.skipped:
        return f"- {row.trouble.name}  skipped: {row.skipped}"
    mark = "✗" if row.problem else "✓"
    code = "killed" if row.code is None else f"exit {row.code}"
    cost = f"{row.seconds:.1f} s · {row.memory:.0f} MB · {row.written:.1f} MB written"
    wrong = f"  {row.problem}\n    {row.line}" if row.problem else ""
    return f"{mark} {row.trouble.name}  {code} · {cost}{wrong}"


def sentence(rows: Sequence[Played]) -> str:
    """What it came to, the slowest and the fattest row named."""
    ran = [row for row in rows if not row.skipped]
    right = sum(not row.problem for row in ran)
    words = f"{right} of {len(ran)} troubles end as they should"
    if ran:
        slowest = max(ran, key=lambda row: row.seconds)
        fattest = max(ran, key=lambda row: row.memory)
        words += (
            f"; slowest {slowest.trouble.name} ({slowest.seconds:.0f} s)"
            f", fattest {fattest.trouble.name} ({fattest.memory:.0f} MB)"
        )
    skipped = len(rows) - len(ran)
    return f"{words}; {skipped} skipped" if skipped else words


def write(rows: Sequence[Played], out: Path) -> list[Path]:
    """Write the table, each file whole or not at all; raises OSError."""
    from conformance.reports.registry import whole

    out.mkdir(parents=True, exist_ok=True)
    texts = (json.dumps(_document(rows), indent=1, ensure_ascii=False) + "\n", _markdown(rows))
    paths = [out / name for name in NAMES]
    for path, text in zip(paths, texts, strict=True):
        with whole(path) as target:
            target.write(text)
    return paths


def _document(rows: Sequence[Played]) -> dict[str, object]:
    return {
        "schema": 1,
        "sentence": sentence(rows),
        "rows": [
            {
                "name": row.trouble.name,
                "side": row.trouble.side,
                "sentence": row.trouble.sentence,
                "exit_code": row.code,
                "seconds": round(row.seconds, 1),
                "memory_mb": round(row.memory),
                "written_mb": round(row.written, 1),
                "problems": row.problems,
                "line": row.line,
                "problem": row.problem or None,
                "skipped": row.skipped or None,
            }
            for row in rows
        ],
    }


def _markdown(rows: Sequence[Played]) -> str:
    lines = [
        f"**{sentence(rows)}**",
        "",
        "| side | trouble | what happens | exit | seconds | MB | written MB | wrong |",
        "|---" * 8 + "|",
    ]
    for row in rows:
        cells = (
            row.trouble.side,
            row.trouble.name,
            row.trouble.sentence,
            "skipped" if row.skipped else str(row.code),
            f"{row.seconds:.1f}",
            f"{row.memory:.0f}",
            f"{row.written:.1f}",
            row.skipped or row.problem or "",
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"
