"""The views of the kill matrix: terminal, JSON, Markdown, HTML."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from conformance.prove.matrix import by_requirement
from conformance.reports.terminal.console import make_console

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rich.console import Console

    from conformance.prove.matrix import Row
    from conformance.prove.proof import Proof

NAMES = ("prove.json", "prove.md", "prove.html")


def write(proof: Proof, out: Path) -> list[Path]:
    """Write every file into `out`, each whole or not at all; raises OSError."""
    import json

    from conformance.reports.registry import whole

    out.mkdir(parents=True, exist_ok=True)
    texts = (
        json.dumps(document(proof), indent=1, ensure_ascii=False),
        markdown(proof),
        html(proof),
    )
    paths = [out / name for name in NAMES]
    for path, text in zip(paths, texts, strict=True):
        with whole(path) as target:
            target.write(text)
    return paths


def document(proof: Proof) -> dict[str, Any]:
    """Everything, for programs."""
    return {
        "schema": 2,
        "exit_code": proof.exit_code,
        "sentence": proof.sentence,
        "seed": proof.seed,
        "profile": proof.profile,
        "seconds": round(proof.seconds, 1),
        "too_few_faults": list(proof.too_few_faults),
        "rows": [
            {
                "name": row.entry.name,
                "kind": row.entry.kind,
                "sentence": row.entry.sentence,
                "requirement": row.entry.requirement,
                "killed_by": list(row.killed_by),
                "also_failed": list(row.also_failed),
                "problem": row.problem or None,
                "verdict": row.record.verdict,
                "requests": row.record.requests,
                "seconds": round(row.record.seconds, 2),
                "line": row.record.line,
                "not_passed": [asdict(result) for result in row.record.not_passed],
            }
            for row in proof.rows
        ],
    }


def markdown(proof: Proof) -> str:
    """The problems, and the faults that each requirement kills."""
    lines = [
        f"**{proof.sentence}** in {proof.seconds:.0f} s (seed {proof.seed}, {proof.profile})",
        "",
    ]
    if proof.problems:
        lines += ["| server | problem | command |", "|---|---|---|"]
        lines += [
            f"| {row.entry.name} | {_cell(row.problem)} | `{row.command}` |"
            for row in proof.problems
        ]
        lines.append("")

    if _has_deployments(proof):
        lines += ["| deployment | expected | got | seconds | requests | line |", "|---" * 6 + "|"]
        lines += [
            f"| {row.entry.name} | {row.entry.expected} | {row.record.verdict} | "
            f"{row.record.seconds:.1f} | {row.record.requests:,} | {_cell(row.record.line)} |"
            for row in proof.rows
        ]
        return "\n".join(lines) + "\n"

    lines += ["| requirement | faults | killed | also failed | slowest |", "|---|---|---|---|---|"]
    for name, rows in by_requirement(proof.rows, proof.levels).items():
        killed, also = _killed(rows), _also_failed(name, rows)
        slowest = max(row.record.seconds for row in rows)
        lines.append(
            f"| {name} | {len(rows)} | {killed} | {', '.join(also) or '-'} | {slowest:.1f} s |"
        )
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def html(proof: Proof) -> str:
    """One self-contained page that opens on the matrix of faults by requirement."""
    from conformance.reports.html.links import render_page

    groups = by_requirement(proof.rows, proof.levels)
    others = [row for row in proof.rows if row.entry.kind != "fault"]
    return render_page("prove.html.j2", proof=proof, groups=groups, others=others)


def print_proof(
    proof: Proof, written: list[Path], *, quiet: bool = False, console: Console | None = None
) -> None:
    """Print the matrix and the problems; the last line is the result."""
    console = console or make_console(soft_wrap=True)
    if not quiet:
        shown = _deployments(proof) if _has_deployments(proof) else _table(proof)
        console.print(shown, markup=False, highlight=False)
    for row in proof.problems:
        console.print(f"✗ {row.entry.name}  {row.problem}", markup=False, style="red")
        console.print(f"  again     {row.command}", markup=False)
    if not quiet and written:
        console.print(
            f"{written[0].parent}/{' · '.join(path.name for path in written)}", markup=False
        )
    ok = "proven" if not proof.exit_code else "not proven"
    console.print(
        f"{ok}: {proof.sentence} · {len(proof.rows)} runs in {proof.seconds:.0f} s", markup=False
    )


def _has_deployments(proof: Proof) -> bool:
    return any(row.entry.deployment for row in proof.rows)


def _deployments(proof: Proof) -> str:
    """Each deployment: its name, what that took, and the verdict's line below."""
    lines = []
    for row in proof.rows:
        mark = "✗" if row.problem else "✓"
        cost = f"{row.record.seconds:.1f} s · {row.record.requests:,} requests"
        lines += [
            f"{mark} {row.entry.name}  {row.entry.expected} · {cost}",
            f"    {row.record.line}",
        ]
    return "\n".join(lines)


def _table(proof: Proof) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in (("", "left"), ("killed", "right"), ("also failed", "left")):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]  # a literal
    for name, rows in by_requirement(proof.rows, proof.levels).items():
        killed, also = _killed(rows), _also_failed(name, rows)
        style = "red" if killed < len(rows) else ""
        table.add_row(name, f"{killed} / {len(rows)}", _short(also), style=style)

    unbroken = [row for row in proof.rows if row.entry.kind != "fault"]
    clean = sum(not row.problem for row in unbroken)
    style = "red" if clean < len(unbroken) else ""
    table.add_row("no false positive", f"{clean} / {len(unbroken)}", "", style=style)
    return table


def _killed(rows: Iterable[Row]) -> int:
    return sum(not row.problem for row in rows)


def _also_failed(requirement: str, rows: Iterable[Row]) -> list[str]:
    """Every other requirement that failed on the faults of this one."""
    names = {name for row in rows for name in (*row.killed_by, *row.also_failed)}
    return sorted(names - {requirement})


def _short(names: list[str], most: int = 8) -> str:
    return " ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
