"""The terminal at the end of a run: head, matrix, problems, and the verdict as the last line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from conformance.reports.reproduce import mock_command
from conformance.reports.terminal.lines import Line, Screen
from conformance.reports.terminal.matrix import print_matrix
from conformance.reports.terminal.problems import (
    print_exchanges,
    print_problems,
    print_unexercised,
    print_unjudged,
)
from conformance.verdict.coverage import coverage_of, partial_of
from conformance.verdict.problems import problems_in_words, problems_of
from conformance.verdict.text import counted, cut, duration, joined, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from conformance.verdict.compare import Comparison
    from conformance.verdict.report import Report

_VERDICTS = {"conformant": "bold green", "nonconformant": "bold red", "unverified": "bold magenta"}
SHOWN = 100  # characters of what was expected, and of what was seen
_NOTICES = {"error": "red", "warning": "yellow", "info": "dim"}


def print_summary(
    report: Report,
    *,
    console: Console | None = None,
    quiet: bool = False,
    verbose: bool = False,
    files: Sequence[Path] = (),
    comparison: Comparison | None = None,
) -> None:
    """Print a report; with `quiet` only the failures and the verdict."""
    screen = Screen(console, in_github="GITHUB_ACTIONS" in os.environ)
    if not quiet:
        _head(screen, report)
        print_matrix(screen, report)
        _notices(screen, report)
    print_problems(screen, report, problems_of(report, "failed", "broken"), verbose)
    if not quiet:
        print_problems(screen, report, problems_of(report, "warned"), verbose)
        print_unjudged(screen, report)
        print_unexercised(screen, report)
        if verbose:
            print_exchanges(screen, report)
    _mock(screen, report)
    if comparison is not None:
        _changes(screen, report, comparison, quiet)
    _annotations(screen, report)
    _last(screen, report, () if quiet else files)


def print_verdict(
    report: Report, *, console: Console | None = None, files: Sequence[Path] = ()
) -> None:
    """Print the files that were written and the verdict."""
    _last(Screen(console, in_github=False), report, files)


def _last(screen: Screen, report: Report, files: Sequence[Path]) -> None:
    if files:
        screen.paragraph(Line().add(visible(named(files)), "dim"))
    coverage = coverage_of(report)
    if coverage:
        screen.paragraph(Line().add(visible(coverage)))
    screen.paragraph(verdict_line(report))


def _mock(screen: Screen, report: Report) -> None:
    """Say how to start the bundled mock again, which the commands above need."""
    command = mock_command(report)
    if command and report.having("failed", "warned"):
        screen.command("mock again  ", visible(command))
        screen.blank()


def _changes(screen: Screen, report: Report, comparison: Comparison, quiet: bool) -> None:
    from conformance.reports.terminal.comparison import change_line, print_changes

    if not quiet:
        print_changes(screen, comparison, brief=True)
    line = change_line(comparison)
    if report.gate == "new":
        line.add(f" · only new failures count: exit {report.exit_code}", "bold")
    screen.line(line)


def verdict_line(report: Report) -> Line:
    """The last line: the verdict, its reason, requests and time."""
    requests = sum(report.requests.values())
    cost = f"{counted(requests, 'request')} in {duration(report.duration_seconds)}"
    line = Line().add(report.verdict, _VERDICTS[report.verdict])
    line.add(f": {visible(_why(report))}")
    if partial := partial_of(report):
        line.add(f" · {partial}", "magenta")
    return line.add(f" · {cost}")


def named(files: Sequence[Path]) -> str:
    """The files written: the first with its directory, the others beside it."""
    return " · ".join([str(files[0]), *(file.name for file in files[1:])])


def _why(report: Report) -> str:
    if report.verdict != "nonconformant":
        return report.sentence
    counts, failed = report.counts, report.having("failed")
    explained = sum(bool(result.caused_by) for result in failed)
    parts = [*report.outages]
    parts += [f"{problems_in_words(report)} ({_problem_ids(report)})"] if failed else []
    if explained:
        cause = "it" if _is_one(report) else "them"
        parts.append(f"{counted(explained, 'more failure')} explained by {cause}")
    gates = "" if failed else " (gates under --strict)"
    parts += [f"{counted(counts['warned'], 'SHOULD')} warned{gates}"] if counts["warned"] else []
    parts += [
        f"{counts[kind]:,} {kind}" for kind in ("inconclusive", "broken", "waived") if counts[kind]
    ]
    parts += [f"cut short: {report.cut_short}"] if report.cut_short else []
    return ", ".join(parts)


def _is_one(report: Report) -> bool:
    return len(problems_of(report, "failed", "broken")) == 1


def _problem_ids(report: Report) -> str:
    """The requirements of the problems, the most basic ones; of one alone, what was seen."""
    problems = problems_of(report, "failed", "broken")
    ids = joined(list(dict.fromkeys(problem.requirement.id for problem in problems)))
    found = next(iter(problems[0].results[0].findings), None)
    if len(problems) > 1 or report.outages or found is None:
        return ids
    return f"{ids}: expected {cut(found.expected, SHOWN)}; actual {cut(found.actual, SHOWN)}"


def _head(screen: Screen, report: Report) -> None:
    title = Line().add(f"formant-conformance {report.suite}", "bold")
    run = Line().add(f" · {report.profile} · seed {report.seed} · run {visible(report.run)}", "dim")
    _beside_or_below(screen, title, run)
    if report.config.get("insecure"):
        screen.line(Line().add("  TLS: no certificate was verified (--insecure)", "yellow"))
    names = max((len(name) for name in report.regions), default=0)
    urls = max((len(region.url) for region in report.regions.values()), default=0)
    for name, region in report.regions.items():
        facts = [f"key {region.key}"] if region.key else []
        facts += [f"{region.latency_ms:.0f} ms"] if region.latency_ms is not None else []
        facts += [counted(region.rows, "row")] if region.rows is not None else []
        line = Line().add(f"  {visible(name):<{names}}  ", "bold").add(visible(region.url))
        gap = " " * (urls - len(region.url) + 2)
        _beside_or_below(screen, line, Line().add(gap + "   ".join(facts), "dim"))
    screen.blank()


def _beside_or_below(screen: Screen, line: Line, more: Line) -> None:
    both = Line()
    both.pieces = line.pieces + more.pieces
    if screen.fits(both):
        screen.line(both)
        return
    screen.line(line)
    screen.field("    ", "".join(text for text, _ in more.pieces).strip(" ·"), "dim")


def _notices(screen: Screen, report: Report) -> None:
    shown = [notice for notice in report.news if notice.level != "info"]
    for notice in shown:
        screen.field(f"{notice.level}: ", visible(notice.message), _NOTICES.get(notice.level, ""))
    if shown:
        screen.blank()


def _annotations(screen: Screen, report: Report) -> None:
    if not screen.in_github:
        return
    from conformance.reports.github import annotation_commands

    for annotation in annotation_commands(report):
        screen.raw(annotation)
