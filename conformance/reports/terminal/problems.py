"""Problems on a terminal: requirement, place, expected, actual, the command that repeats it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.reports.terminal.lines import Line
from conformance.verdict.reasons import Unjudged, unjudged_of
from conformance.verdict.text import counted, cut, evidence, joined, visible

if TYPE_CHECKING:
    from conformance.events.model import Finding
    from conformance.reports.terminal.lines import Screen
    from conformance.verdict.problems import Problem
    from conformance.verdict.report import Report, Result

# More would scroll the first ones off the screen; the report has all of them.
MOST_PROBLEMS = 12
MOST_NAMED = 8
_LONGEST = 600
_MARKS = {"failed": "✗", "broken": "✗", "warned": "!"}
_STYLES = {"failed": "bold red", "broken": "bold red", "warned": "yellow"}


def print_problems(screen: Screen, report: Report, problems: list[Problem], verbose: bool) -> None:
    """Print problems, most basic first; of those beyond a screenful only the number."""
    shown = problems if verbose else problems[:MOST_PROBLEMS]
    for problem in shown:
        _print_problem(screen, report, problem, verbose)
    if more := problems[len(shown) :]:
        names = joined(list(dict.fromkeys(problem.requirement.id for problem in more)), MOST_NAMED)
        screen.line(
            Line().add(
                f"… and {len(more)} more like these: {names}; the report has them all", "dim"
            )
        )
        screen.blank()


def _print_problem(screen: Screen, report: Report, problem: Problem, verbose: bool) -> None:
    style = _STYLES[problem.outcome]
    start = (
        Line().add(f"{_MARKS[problem.outcome]} ", style).add(f"{problem.requirement.id}  ", style)
    )
    whole = (
        Line()
        .add(visible(problem.requirement.promise), "bold")
        .add(f"    {visible(problem.place)}", "cyan")
    )
    if screen.fits(Line().add(" " * (len(start) + len(whole)))):
        start.pieces += whole.pieces
        screen.line(start)
    else:
        label = "".join(text for text, _ in start.pieces)
        screen.field(label, visible(problem.requirement.promise), "bold", label_style=style)
        screen.field("  where     ", visible(problem.place), "cyan")
    for result in problem.distinct:
        _print_result(screen, report, result, verbose, problem.label(result))
    _print_explained(screen, problem)
    screen.blank()


def _print_result(
    screen: Screen, report: Report, result: Result, verbose: bool, named: str
) -> None:
    if named:
        screen.line(Line().add(f"  {visible(named)}", "bold"))
    if not result.findings:
        screen.field("  because   ", visible(cut(result.message, _LONGEST)))
        return
    findings = result.findings if verbose else result.findings[:1]
    for finding in findings:
        _print_finding(screen, finding)
    more = len(result.findings) - len(findings) + result.omitted
    seen = [evidence(name, count) for name, count in result.evidence.items() if count]
    if exchanges := result.findings[0].exchanges:
        seen.append(f"exchange {joined(list(exchanges))}")
    if more:
        seen.append(counted(more, "more finding"))
    seen.append(f"seed {report.seed}")
    screen.field("  evidence  ", visible(" · ".join(seen)), "dim")


def _print_finding(screen: Screen, finding: Finding) -> None:
    screen.field("  expected  ", visible(cut(finding.expected, _LONGEST)))
    screen.field("  actual    ", visible(cut(finding.actual, _LONGEST)))
    if finding.note:
        screen.field("  note      ", visible(cut(finding.note, _LONGEST)))
    if finding.curl:
        # For pasting: escaped only if it could not be pasted anyway.
        screen.command("  again     ", visible(finding.curl))


def _print_explained(screen: Screen, problem: Problem) -> None:
    """Print a line for each failure that this one explains, and the command that shows it again."""
    consequences = problem.consequences
    several = len({name for line in consequences for name in line.regions}) > 1
    commands = {finding.curl for result in problem.results for finding in result.findings[:1]}

    for line in consequences:
        where = f" ({', '.join(line.regions)})" if several and line.regions else ""
        label = f"  ↳ {line.requirement}{visible(where)}  "
        screen.field(label, line.sentence, label_style="red" if line.outcome == "failed" else "dim")
        if line.curl and line.curl not in commands:
            screen.command("    again   ", visible(line.curl))
            commands.add(line.curl)


def print_unjudged(screen: Screen, report: Report) -> None:
    """Print inconclusive results by reason, except those that a failure explains."""
    unjudged = [
        Unjudged(group.outcome, group.reason, unexplained)
        for group in unjudged_of(report, "inconclusive")
        if (unexplained := [result for result in group.results if not result.caused_by])
    ]
    for group in unjudged[:MOST_PROBLEMS]:
        words = f"{visible(group.words(report))}  inconclusive ({group.level})"
        screen.field("? ", words, "magenta", label_style="magenta")
        screen.field("  because   ", visible(cut(group.reason, _LONGEST)))
    if len(unjudged) > MOST_PROBLEMS:
        screen.line(Line().add(f"… and for {len(unjudged) - MOST_PROBLEMS} more reasons", "dim"))
    if unjudged:
        screen.blank()


def print_unexercised(screen: Screen, report: Report) -> None:
    """Print what the data of the accounts could not show, a line for each reason."""
    unexercised = unjudged_of(report, "unexercised")
    for group in unexercised:
        screen.field("◌ ", f"{visible(group.words(report))}  not exercised", "dim")
        screen.field("  because   ", visible(cut(group.reason, _LONGEST)))
    if unexercised:
        screen.blank()


def print_exchanges(screen: Screen, report: Report) -> None:
    """Print the exchanges behind the findings, as they went over the wire."""
    from conformance.reports.exchanges import exchanges_of_findings, wire_lines

    for exchange in exchanges_of_findings(report).values():
        screen.line(
            Line().add(f"exchange {visible(exchange.id)} · {visible(exchange.region)}", "bold")
        )
        for line in wire_lines(exchange):
            screen.line(Line().add(f"  {line}"))
        screen.blank()
