"""The Markdown summary, and the page of a step in GitHub Actions that it is added to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.reports.github import add_step_summary
from conformance.reports.markdown import MOST_BYTES, code, escaped, fenced, summary
from conformance.verdict.compare import compare
from tests.support.samples import HOSTILE, cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


def test_the_verdict_comes_first_then_the_matrix_then_the_failures(concluded: Concluded) -> None:
    """A pull request shows the top; what to do is below."""
    text = summary(concluded(one_fault()))
    order = ["## ❌ nonconformant", "| pagination |", "### Failures", "#### PAG-03", "curl -sS"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert "seed 7421" in text
    assert "↳ **PAG-05** (india) failed: expected the walk ends after 61 rows" in text


def test_what_was_not_judged_and_waived_is_told(concluded: Concluded) -> None:
    """Nothing that weakens the verdict is left out."""
    sample = faulty_region()
    waiver = {
        "requirement": "AUT-08",
        "reason": "no gateway",
        "owner": "voice",
        "expires": "2027-03-31",
    }
    sample.header["waivers"] = [waiver]
    text = summary(concluded(sample))
    assert "### Not judged" in text
    assert "| AUT-08 | anywhere | no gateway | voice | 2027-03-31 | 1 |" in text
    assert "cut short" in summary(concluded(cut()))


@pytest.mark.parametrize("most", [600, 2_000, 20_000])
def test_it_is_cut_with_a_note(concluded: Concluded, most: int) -> None:
    """GitHub drops what is too large as a whole; what fits is kept and says that it is cut."""
    sample = many()
    for place in range(60):
        name = f"list-things-{place:02}" if place else "list-batch-calls"
        [shown] = one_fault().judgement("PAG-03", "india")["findings"]
        found = sample.judgement("PAG-03", "india", name)
        found["findings"] = [shown | {"actual": f"{shown['actual']} of {name}"}]
    text = summary(concluded(sample), most)
    assert len(text.encode()) <= most
    assert text.endswith("> This summary is cut: the report's other files have the rest.\n")
    assert text.startswith("## ❌ nonconformant")


def test_hostile_text_makes_no_markup(concluded: Concluded) -> None:
    """No image, no heading, no mention, no way out of a block of code."""
    text = summary(concluded(hostile()))
    assert HOSTILE not in text
    assert "\u202e" not in text
    assert escaped("<img src=x> @everyone https://x | # _") == (
        "\\<img src=x\\> @\u2060everyone https\\://x \\| \\# \\_"
    )
    assert code("a`b") == "`` a`b ``"
    assert fenced("```\nout").startswith("````text\n")


def test_a_step_of_github_gets_the_summary(
    concluded: Concluded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What other commands wrote stays; nothing is written where GitHub is not."""
    page = tmp_path / "step.md"
    page.write_text("before\n")
    report = concluded(one_fault())
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    add_step_summary(report)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    add_step_summary(report)
    assert page.read_text("utf-8").startswith("before\n## ❌ nonconformant")


def test_a_step_that_is_full_is_left_alone(
    concluded: Concluded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page over the limit would be dropped with all that is on it."""
    page = tmp_path / "step.md"
    page.write_text("x" * MOST_BYTES)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    add_step_summary(concluded(green()))
    assert page.stat().st_size == MOST_BYTES


def test_with_a_baseline_the_step_says_first_what_changed(
    concluded: Concluded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a pull request what is new is what matters."""
    old, report = concluded(green()), concluded(one_fault())
    page = tmp_path / "step.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    add_step_summary(report, compare(old, report))
    text = page.read_text("utf-8")
    assert text.index("### Newly failing (2)") < text.index("## ❌ nonconformant")
