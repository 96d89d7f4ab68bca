"""`summary.md`: the report as Markdown for the summary of a CI job, within GitHub's size limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.reports.html.where import where_as_text
from conformance.verdict.coverage import coverage_of, partial_of
from conformance.verdict.matrix import areas_of
from conformance.verdict.problems import problems_of
from conformance.verdict.reasons import unjudged_of
from conformance.verdict.text import counted, cut, duration, joined, visible, without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.events.model import Finding
    from conformance.verdict.matrix import Cell
    from conformance.verdict.problems import Problem
    from conformance.verdict.report import Report, Result

# GitHub drops a step's summary over 1 MiB as a whole.
MOST_BYTES = 1_000_000
_LONGEST = 2_000
# Markup, HTML, entities; and what GitHub makes links of by itself: addresses, mentions, numbers.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&@]|:(?=//)|(?<=www)\.)")
_BADGES = {"conformant": "✅", "nonconformant": "❌", "unverified": "❔"}


def summary(report: Report, most: int = MOST_BYTES) -> str:
    """The report as Markdown of at most so many bytes."""
    blocks: list[str] = []
    size = 0
    note = "\n> This summary is cut: the report's other files have the rest.\n"
    for block in _blocks(report):
        size += len(block.encode()) + 1
        if size > most - len(note.encode()):
            return "\n".join([*blocks, note])
        blocks.append(block)
    return "\n".join(blocks)


def _blocks(report: Report) -> Iterator[str]:
    requests = counted(sum(report.requests.values()), "request")
    yield f"## {_BADGES[report.verdict]} {report.verdict}\n"
    yield f"{escaped(report.sentence)}.\n"
    for clause in filter(None, (partial_of(report), coverage_of(report))):
        yield f"{escaped(clause)}.\n"
    yield (
        f"{requests} in {duration(report.duration_seconds)} · profile {escaped(report.profile)} "
        f"· seed {report.seed} · started {escaped(report.started)} · run {code(report.run)}\n"
    )
    yield "\n".join(_matrix(report)) + "\n"
    for title, outcomes in (("Failures", ("failed", "broken")), ("Warnings", ("warned",))):
        problems = problems_of(report, *outcomes)
        if problems:
            yield f"### {title}\n"
        for problem in problems:
            yield _problem(report, problem)
    yield from _unjudged(report)
    yield from _waivers(report)
    yield from _notices(report)


def _matrix(report: Report) -> Iterator[str]:
    names = list(report.regions)
    yield f"| | {' | '.join(escaped(name) for name in names)} | across regions |"
    yield "|---|" + "---|" * (len(names) + 1)
    for area in areas_of(report):
        cells = [_cell(area.regional.get(name)) for name in names]
        yield f"| {area.name} | {' | '.join(cells)} | {_cell(area.shared)} |"


def _cell(cell: Cell | None) -> str:
    if cell is None or not cell.applicable:
        return ""
    marks = (
        ("❌", cell.roots("failed")),
        ("💥", cell.outcomes["broken"]),
        ("↳", cell.explained),
        ("⚠️", cell.roots("warned")),
        ("❔", cell.roots("inconclusive")),
        ("◌", cell.outcomes["unexercised"]),
        ("waived", cell.outcomes["waived"]),
    )
    return " ".join(
        [f"{cell.passed} / {cell.applicable}", *(f"{mark} {n}" for mark, n in marks if n)]
    )


def _problem(report: Report, problem: Problem) -> str:
    requirement = problem.requirement
    lines = [
        f"#### {escaped(requirement.id)} ({requirement.level}) · {escaped(problem.place)}\n",
        f"> {escaped(requirement.promise)}"
        + (f" ({escaped(requirement.source)})" if requirement.source else ""),
        "",
    ]
    for result in problem.distinct:
        lines += _result(result, problem.label(result))
    lines += _explained(problem)
    return "\n".join(lines)


def _explained(problem: Problem) -> Iterator[str]:
    """A line for each failure that this one explains, and the command that shows it again."""
    if problem.explains:
        yield "It explains, by the same requests:\n"
    for line in problem.consequences:
        where = f" ({escaped(', '.join(line.regions))})" if line.regions else ""
        yield f"- ↳ **{escaped(line.requirement)}**{where} {line.outcome}: {escaped(line.sentence)}"
        if line.curl:
            yield f"  {code(line.curl)}"
    if problem.explains:
        yield ""


def _result(result: Result, label: str) -> list[str]:
    lines = [f"**{escaped(label)}**\n"] if label else []
    if not result.findings:
        return [*lines, fenced(result.message), ""]
    first = result.findings[0]
    facts = [f"expected  {first.expected}", f"actual    {first.actual}"]
    facts += [f"note      {first.note}"] if first.note else []
    facts += [f"exchange  {joined(list(first.exchanges))}"] if first.exchanges else []
    facts += where_as_text(first.fails)
    lines.append(fenced("\n".join(visible(cut(line, _LONGEST)) for line in facts)))
    lines += _sides(first)
    if first.curl:
        lines.append(fenced(visible(first.curl), "sh"))
    if more := len(result.findings) - 1 + result.omitted:
        lines.append(f"{counted(more, 'more finding')}.")
    return [*lines, ""]


def _sides(finding: Finding) -> list[str]:
    """What each region has, in columns."""
    if not finding.sides:
        return []
    names, values = (
        " | ".join(escaped(visible(cut(text, _LONGEST))) for text in texts)
        for texts in (finding.sides, finding.sides.values())
    )
    return [f"| {names} |", "|---" * len(finding.sides) + "|", f"| {values} |", ""]


def _unjudged(report: Report) -> Iterator[str]:
    unjudged = unjudged_of(report, "inconclusive", "unexercised")
    if unjudged:
        yield "### Not judged\n\n| what | why |\n|---|---|"
    for group in unjudged:
        reason = escaped(visible(cut(group.reason, _LONGEST)))
        yield f"| {escaped(group.words(report))} | {reason} |"
    if unjudged:
        yield ""


def _waivers(report: Report) -> Iterator[str]:
    if report.waivers:
        yield "### Waivers\n\n| requirement | where | reason | owner | until | used |"
        yield "|---|---|---|---|---|---|"
    for waiver in report.waivers:
        named = [name for name in (waiver.region, waiver.operation) if name]
        where = " · ".join(named) or "anywhere"
        until = f"{waiver.expires} (expired)" if waiver.expired else str(waiver.expires)
        cells = (waiver.requirement, where, waiver.reason, waiver.owner, until, str(waiver.used))
        yield f"| {' | '.join(escaped(visible(cell)) for cell in cells)} |"
    if report.waivers:
        yield ""


def _notices(report: Report) -> Iterator[str]:
    if report.news:
        yield "### Notices\n"
    for notice in report.news:
        yield f"- **{notice.level}** {escaped(visible(cut(notice.message, _LONGEST)))}"


def escaped(text: str) -> str:
    """Text that Markdown shows literally: no markup, no link, no mention, one line."""
    return _SPECIAL.sub(r"\\\1", visible(text)).replace("\\@", "@\u2060")


def code(text: str) -> str:
    """Text as inline code; it may contain backticks."""
    fence = "`" * (_longest_run(text) + 1)
    return f"{fence} {visible(text)} {fence}" if "`" in text else f"{fence}{visible(text)}{fence}"


def fenced(text: str, language: str = "text") -> str:
    """Text as a block of code; it may contain fences."""
    fence = "`" * max(_longest_run(text) + 1, 3)
    return f"{fence}{language}\n{without_controls(text)}\n{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
