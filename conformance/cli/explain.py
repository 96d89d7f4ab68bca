"""`conformance explain`: one requirement, from why it matters to where its check lives."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

import click

from conformance.cli.completion import requirement_ids
from conformance.cli.errors import CONTEXT, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Requirement

_INDENT = 11
_WIDEST = 110


@click.command(context_settings=CONTEXT)
@click.argument("id", shell_complete=requirement_ids)
def explain(id: str) -> None:
    """Explain a requirement: why it matters, a good and a bad answer, what is asked, the evidence
    that a pass needs, how to mend or waive a failure, which faults break it, where its check lives.
    """
    from conformance.contract import load_requirements
    from conformance.settings.errors import suggestion

    catalogue = load_requirements()
    requirement = catalogue.get(id.upper())
    if requirement is None:
        hint = suggestion(id.upper(), catalogue)
        refuse(f"no requirement {id!r}.{hint} `conformance requirements` lists them.")

    click.echo(f"{requirement.id}  {requirement.level}  {requirement.area}")
    click.echo(textwrap.fill(requirement.statement, _width(), break_on_hyphens=False))
    click.echo()
    for label, text in _facts(requirement):
        if text:
            click.echo(_field(label, text))


def _facts(requirement: Requirement) -> Iterator[tuple[str, str]]:
    """Label and text of each fact, in the order in which somebody with a failure needs them."""
    from conformance.contract.guidance import Guidance, load_guidance
    from conformance.lint.places import checks_of, faults_of, is_judged_always, laws_of

    guidance = load_guidance().get(requirement.id, Guidance())
    yield "why", guidance.why
    yield "good", guidance.good
    yield "bad", guidance.bad

    checks = checks_of(requirement.id)
    for place, check in enumerate(checks):
        yield "" if place else "asked", check.sentence
    if is_judged_always(requirement.id):
        yield "" if checks else "asked", "Every answer of the run is judged, whichever check asked."
    yield "needs", _needed(requirement)
    yield "cause", _causes(requirement)
    yield "mend", guidance.fix
    for place, line in enumerate(_waiver(requirement)):
        yield "" if place else "waive", line

    faults = faults_of(requirement.id)
    yield "faults", ", ".join(faults)
    if faults:
        yield "try", f"conformance run --only {requirement.id} --fault {faults[0]}"
    for place, check in enumerate(checks):
        yield "" if place else "check", check.words
    for place, law in enumerate(laws_of(requirement.id)):
        yield "" if place else "law", law.words
    yield "source", _source(requirement)


def _needed(requirement: Requirement) -> str:
    from conformance.verdict.text import evidence

    counts = [evidence(kind, count) for kind, count in requirement.evidence.items()]
    needed = f"{', '.join(counts)} at least, for each operation and region"
    rows = requirement.rows_needed
    if rows is None:
        return needed
    least = f"{rows.at_least}" if rows.at_least else f"more than the {rows.above} page size"
    return f"{needed}; a list of {least} rows, or it is not exercised"


def _causes(requirement: Requirement) -> str:
    if not requirement.explained_by:
        return ""
    named = ", ".join(requirement.explained_by)
    return f"explained where the same requests fail {named}; shown all the same"


def _waiver(requirement: Requirement) -> tuple[str, ...]:
    if requirement.area in ("parity", "document"):  # judged of all regions together
        narrowed, places = "", []
    else:
        narrowed = " (region and operation may be left out)"
        places = ['region = "india"', 'operation = "list-*"']
    return (
        f"for a while, in conformance.toml{narrowed}:",
        "[[waivers]]",
        f'requirement = "{requirement.id}"',
        *places,
        'reason = "why it is accepted"',
        'owner = "who mends it"',
        "expires = 2027-03-31",
    )


def _source(requirement: Requirement) -> str:
    from conformance.reports.sources import linked

    parts = linked(requirement.source)
    return ", ".join(f"{words} ({address})" if address else words for words, address in parts)


def _field(label: str, text: str) -> str:
    start = label.ljust(_INDENT)
    return textwrap.fill(
        text,
        _width(),
        initial_indent=start,
        subsequent_indent=" " * _INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _width() -> int:
    return max(40, min(shutil.get_terminal_size().columns, _WIDEST))
