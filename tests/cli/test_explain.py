"""`conformance explain`: everything that somebody with a failure asks, for every requirement."""

from __future__ import annotations

import pytest

from conformance.contract import load_requirements
from conformance.contract.guidance import FIELDS, load_guidance
from conformance.lint.places import ROOT, checks_of, laws_of

CATALOGUE = load_requirements()


def test_it_says_why_how_and_where(conformance) -> None:
    """From why it matters to the line of the check."""
    text = conformance("explain", "pag-03").stdout
    assert text.startswith("PAG-03  MUST  pagination\nhas_more is offset + rows < total")
    labels = ["why", "good", "bad", "asked", "needs", "cause", "mend", "waive", "faults", "check"]
    lines = text.splitlines()
    places = [next(i for i, line in enumerate(lines) if line.startswith(label)) for label in labels]
    assert places == sorted(places)
    for part in ('requirement = "PAG-03"', "has-more-always", "conformance/checks/test_pages.py:"):
        assert part in text


def test_a_requirement_that_judges_every_answer_says_so(conformance) -> None:
    """It has no check of its own that asks for something."""
    assert "Every answer of the run is judged" in conformance("explain", "SCH-09").stdout


def test_every_requirement_has_its_guidance_and_no_other() -> None:
    """Why it matters, a good and a bad answer, how to mend it."""
    guidance = load_guidance()
    assert set(guidance) == set(CATALOGUE)
    for name, entry in guidance.items():
        assert all(getattr(entry, field).strip() for field in FIELDS), name


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_requirement_has_a_check_or_a_law_that_is_there(name: str) -> None:
    """The place that is printed is a line of a file."""
    places = [*checks_of(name), *laws_of(name)]
    assert places
    for place in places:
        lines = (ROOT / place.path).read_text("utf-8").splitlines()
        around = lines[place.line - 1 : place.line + 8]
        assert any(f"def {place.name}" in line for line in around), place.words
