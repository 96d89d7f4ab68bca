"""The kill matrix as people and programs read it: terminal, JSON, Markdown, HTML."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from conformance.prove.matrix import by_requirement
from conformance.reports.terminal.console import make_console

if TYPE_CHECKING:
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
        "schema": 1,
        "exit_code": proof.exit_code,
        "sentence": proof.sentence,
        "seed": proof.seed,
        "profile": proof.profile,
        "seconds": round(proof.seconds, 1),
        "too_few_faults": list(proof.bare),
        "rows": [
            {
                "name": one.entry.name,
                "kind": one.entry.kind,
                "sentence": one.entry.sentence,
                "requirement": one.entry.requirement,
                "killed_by": list(one.killed_by),
                "also_seen_by": list(one.also),
                "trouble": one.trouble or None,
                "verdict": one.record.verdict,
                "requests": one.record.requests,
                "seconds": round(one.record.seconds, 2),
                "said": [asdict(said) for said in one.record.said],
            }
            for one in proof.rows
        ],
    }


def markdown(proof: Proof) -> str:
    """A table of what each requirement kills, and what is wrong."""
    lines = [
        f"**{proof.sentence}** in {proof.seconds:.0f} s (seed {proof.seed}, {proof.profile})",
        "",
    ]
    if proof.troubles:
        lines += ["| server | what is wrong | run it alone |", "|---|---|---|"]
        lines += [
            f"| {one.entry.name} | {_cell(one.trouble)} | `{one.again}` |" for one in proof.troubles
        ]
        lines.append("")
    lines += ["| requirement | faults | killed | also seen by | slowest |", "|---|---|---|---|---|"]
    for name, rows in by_requirement(proof.rows, proof.levels).items():
        killed = sum(not one.trouble for one in rows)
        also = sorted({other for one in rows for other in (*one.killed_by, *one.also)} - {name})
        slowest = max(one.record.seconds for one in rows)
        lines.append(
            f"| {name} | {len(rows)} | {killed} | {', '.join(also) or '-'} | {slowest:.1f} s |"
        )
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def html(proof: Proof) -> str:
    """One self-contained page: the matrix of faults by requirement, with filters."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("conformance.prove"), autoescape=True)
    groups = by_requirement(proof.rows, proof.levels)
    others = [one for one in proof.rows if one.entry.kind != "fault"]
    return environment.get_template("prove.html.j2").render(
        proof=proof, groups=groups, others=others
    )


def tell(
    proof: Proof, written: list[Path], *, quiet: bool = False, console: Console | None = None
) -> None:
    """Print the matrix, what is wrong with it, and what it came to as the last line."""
    console = console or make_console(soft_wrap=True)
    if not quiet:
        console.print(_table(proof))
    for one in proof.troubles:
        console.print(f"✗ {one.entry.name}  {one.trouble}", markup=False, style="red")
        console.print(f"  again     {one.again}", markup=False)
    if not quiet and written:
        console.print(
            f"{written[0].parent}/{' · '.join(path.name for path in written)}", markup=False
        )
    ok = "proven" if not proof.exit_code else "not proven"
    console.print(
        f"{ok}: {proof.sentence} · {len(proof.rows)} runs in {proof.seconds:.0f} s", markup=False
    )


def _table(proof: Proof) -> Any:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading, justify in (("", "left"), ("killed", "right"), ("also seen by", "left")):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]  # a literal
    for name, rows in by_requirement(proof.rows, proof.levels).items():
        killed = sum(not one.trouble for one in rows)
        also = sorted({other for one in rows for other in (*one.killed_by, *one.also)} - {name})
        style = "red" if killed < len(rows) else ""
        table.add_row(name, f"{killed} / {len(rows)}", _short(also), style=style)
    others: list[Row] = [one for one in proof.rows if one.entry.kind != "fault"]
    silent = sum(not one.trouble for one in others)
    table.add_row(
        "silent", f"{silent} / {len(others)}", "", style="red" if silent < len(others) else ""
    )
    return table


def _short(names: list[str], most: int = 8) -> str:
    return " ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
