"""Two reports compared: each kind of change, the gate, and the three ways to show it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from conformance.reports.comparison import comparison_html, comparison_markdown
from conformance.reports.terminal.comparison import print_comparison
from conformance.verdict.compare import Comparison, compare
from conformance.verdict.conclude import conclude
from tests.support.samples import HOSTILE, cut, faulty_region, green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.samples import Sample

    Compared = Callable[[Sample, Sample], Comparison]


@pytest.fixture
def compared(tmp_path: Path) -> Compared:
    """Conclude two samples and compare them."""

    def both(old: Sample, new: Sample) -> Comparison:
        reports = [
            conclude(sample.write(tmp_path / f"{place}.ndjson"))
            for place, sample in enumerate((old, new))
        ]
        return compare(*reports)

    return both


def names(changes: tuple[Any, ...]) -> list[str]:
    return [change.requirement for change in changes]


def bent(requirement: str, **change: Any) -> Sample:
    sample = green()
    sample.judgement(requirement, "india").update(change)
    return sample


def shown(comparison: Comparison) -> str:
    target = io.StringIO()
    print_comparison(comparison, console=Console(file=target, width=100, highlight=False))
    return target.getvalue()


def test_what_newly_fails_gates(compared: Compared) -> None:
    """A MUST that held and does not hold any more is exit 1."""
    found = compared(green(), one_fault())
    assert names(found.newly_failing) == ["PAG-03", "PAG-05"]
    assert (found.fixed, found.still_failing, found.newly_unjudged) == ((), (), ())
    assert found.exit_code == 1


def test_what_failed_before_does_not(compared: Compared) -> None:
    """A known failure is told and lets the build pass."""
    found = compared(one_fault(), one_fault())
    assert names(found.still_failing) == ["PAG-03", "PAG-05"]
    assert (found.newly_failing, found.exit_code) == ((), 0)


def test_what_was_fixed_is_told(compared: Compared) -> None:
    """Good news is a kind of change."""
    found = compared(one_fault(), green())
    assert names(found.fixed) == ["PAG-03", "PAG-05"]
    assert found.exit_code == 0


def test_a_new_warning_gates_only_under_strict(compared: Compared) -> None:
    """A SHOULD does not fail a build unless it was told to."""
    new = faulty_region()
    assert compared(one_fault(), new).exit_code == 1
    warned = green()
    warned.judgement("AUT-08", "india")["findings"] = new.judgement("AUT-08", "india")["findings"]
    assert names(compared(green(), warned).newly_failing) == ["AUT-08"]
    assert compared(green(), warned).exit_code == 0
    warned.header["strict"] = True
    assert compared(green(), warned).exit_code == 1


def test_what_is_no_longer_judged_cannot_be_vouched_for(compared: Compared) -> None:
    """A MUST that lost its evidence, or whose check is gone, is exit 3, never a pass."""
    thin = bent("PAG-03", evidence={"pages": 1})
    assert names(compared(green(), thin).newly_unjudged) == ["PAG-03"]
    assert compared(green(), thin).exit_code == 3
    gone = green()
    gone.header["expected"] = [entry for entry in gone.header["expected"] if entry[0] != "PAG-03"]
    gone.judgements = [one for one in gone.judgements if one["requirement"] != "PAG-03"]
    assert names(compared(green(), gone).newly_unjudged) == ["PAG-03", "PAG-03"]


def test_a_run_cut_short_is_not_an_improvement(compared: Compared) -> None:
    """What was not reached is newly unjudged."""
    found = compared(green(), cut())
    assert found.exit_code == 3
    assert len(found.newly_unjudged) == 53


def test_evidence_that_shrank_is_told_most_shrunken_first(compared: Compared) -> None:
    """A pass on less is still a pass, and someone should know."""
    less = bent("PAG-03", evidence={"pages": 6})
    less.judgement("FIL-01", "india")["evidence"] = {"rows_compared": 50}
    found = compared(green(), less)
    assert [(one.requirement, one.before, one.after) for one in found.shrunk] == [
        ("PAG-03", 42, 6),
        ("FIL-01", 57, 50),
    ]
    assert found.exit_code == 0
    assert "2 with less evidence" in found.sentence


def test_the_terminal_ends_with_what_changed(compared: Compared) -> None:
    """One line tells it all; above it, what and why."""
    text = shown(compared(green(), one_fault()))
    assert "newly failing (2)" in text
    assert "✗ PAG-03  india · list-batch-calls  passed → failed" in text
    assert text.splitlines()[-1] == (
        "conformant → nonconformant: 2 newly failing, 0 fixed, 0 still failing, 0 newly unjudged"
    )


def test_nothing_changed_is_one_line(compared: Compared) -> None:
    """No news is short."""
    assert shown(compared(green(), green())).count("\n") == 1


def test_markdown_has_a_table_for_each_kind(compared: Compared) -> None:
    """A comment on a pull request."""
    text = comparison_markdown(compared(green(), one_fault()))
    assert text.startswith("## conformant → nonconformant")
    assert "| PAG-03 | india · list-batch-calls | passed | failed |" in text


@pytest.mark.parametrize("view", [comparison_markdown, comparison_html])
def test_hostile_text_is_escaped(compared: Compared, view: Callable[[Comparison], str]) -> None:
    """A message from a server is text in every view."""
    new = one_fault()
    new.judgement("PAG-03", "india")["findings"][0]["actual"] = HOSTILE
    text = view(compared(green(), new))
    assert "<img" not in text.replace("\\<img", "")
    assert "\u202e" not in text
