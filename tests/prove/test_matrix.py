"""The kill matrix: what counts as killed, as missed, as a false alarm."""

from __future__ import annotations

import pytest

from conformance.prove import matrix
from conformance.prove.entries import Entry, NoSuchEntry, entries, sampled
from conformance.prove.record import Record, Said

LEVELS = {"PAG-03": "MUST", "PAG-05": "MUST", "AUT-08": "SHOULD"}
FAULT = Entry("has-more-always", "fault", "", "PAG-03")


def said(requirement, outcome="failed", caused_by=(), level="MUST"):
    return Said(requirement, level, "india", outcome, "expected a; actual b", caused_by)


def judged(entry, *outcomes, verdict="nonconformant"):
    return matrix.row(entry, Record(verdict, tuple(outcomes)), LEVELS)


def test_killed_by_its_own_requirement() -> None:
    """Others that fall with it are named apart."""
    row = judged(FAULT, said("PAG-03"), said("PAG-05", caused_by=("PAG-03",)))
    assert (row.trouble, row.killed_by, row.also) == ("", ("PAG-03",), ("PAG-05",))


def test_seen_only_by_another() -> None:
    """A fault that another requirement alone fails for is not explained."""
    assert judged(FAULT, said("PAG-05")).trouble == "seen only by PAG-05, not by PAG-03"


def test_survived() -> None:
    """Nothing failed, or its own requirement could not tell: both name what happened."""
    assert judged(FAULT).trouble.startswith("survived: PAG-03")
    assert "inconclusive" in judged(FAULT, said("PAG-03", "inconclusive")).trouble


def test_a_warning_kills_what_is_only_recommended() -> None:
    """A SHOULD may be warned of; a MUST must fail."""
    assert judged(Entry("x", "fault", "", "AUT-08"), said("AUT-08", "warned")).trouble == ""
    assert judged(FAULT, said("PAG-03", "warned")).trouble


def test_false_alarms() -> None:
    """A failure on a variant, any warning on the healthy server, another verdict than deserved."""
    variant = Entry("slow-line", "benign", "")
    assert judged(variant, verdict="conformant").trouble == ""
    assert judged(variant, said("PAR-08", "warned"), verdict="conformant").trouble == ""
    assert judged(variant, said("PAG-03")).trouble.startswith("false alarm: PAG-03 failed in india")
    assert judged(variant, verdict="unverified").trouble.startswith(
        "unverified instead of conformant"
    )
    healthy = Entry("healthy", "healthy", "")
    assert judged(healthy, said("PAR-08", "warned"), verdict="conformant").trouble.startswith(
        "false alarm"
    )
    empty = Entry("empty", "benign", "", expected="unverified")
    assert judged(empty, verdict="unverified").trouble == ""


def test_a_suite_that_failed_proves_nothing() -> None:
    """An error of the suite is trouble, whatever else."""
    row = matrix.row(FAULT, Record("unverified", error="no end after 180 s"), LEVELS)
    assert row.trouble == "the suite itself failed: no end after 180 s"
    assert row.again == "conformance prove --faults has-more-always"


def test_musts_without_faults_are_named() -> None:
    """Every MUST has two faults at least."""
    rows = [judged(FAULT, said("PAG-03"))] * 2
    assert matrix.bare(rows, LEVELS) == ["PAG-05"]


def test_globs_choose_by_name_and_by_requirement() -> None:
    """The healthy server, variants and faults alike; what matches nothing is an error
    that says so.
    """
    assert [one.name for one in entries("healthy")] == ["healthy"]
    assert {one.requirement for one in entries("pag-03")} == {"PAG-03"}
    assert [one.kind for one in entries("slow-line")] == ["benign"]
    with pytest.raises(NoSuchEntry, match="matches no fault"):
        entries("no-such-*")


def test_a_sample_covers_every_requirement() -> None:
    """Fewer servers, and still two faults for each requirement and the healthy mock."""
    whole, part = entries(), sampled(entries())
    assert {one.requirement for one in part} == {one.requirement for one in whole}
    assert part[0].kind == "healthy"
    assert len(part) < len(whole) / 2
