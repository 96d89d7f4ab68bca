"""Waivers: what they accept, until when, and what is said of those that no longer earn
their place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.sample_events import finding
from tests.support.samples import green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]

WAIVER = {
    "requirement": "PAG-0[35]",
    "region": "india",
    "operation": None,
    "reason": "fixed in release 41",
    "owner": "voice-api",
    "expires": "2026-12-24",
}


def waiving(sample: Sample, **change: Any) -> Sample:
    sample.header["waivers"] = [WAIVER | change]
    return sample


def test_a_waived_failure_does_not_gate(concluded: Concluded) -> None:
    """The run conforms but for what was accepted, and says how much that was."""
    report = concluded(waiving(one_fault()))
    assert (report.verdict, report.counts["waived"], report.counts["failed"]) == (
        "conformant",
        2,
        0,
    )
    assert "2 waived" in report.sentence
    assert report.waivers[0].used == 2


def test_a_waived_result_says_who_accepted_what_until_when(concluded: Concluded) -> None:
    """The message keeps the failure that was accepted."""
    message = concluded(waiving(one_fault())).having("waived")[0].message
    for part in ("voice-api", "2026-12-24", "fixed in release 41", "has_more true"):
        assert part in message


@pytest.mark.parametrize(
    "change", [{"region": "global"}, {"operation": "other"}, {"requirement": "AUT-*"}]
)
def test_a_waiver_for_something_else_accepts_nothing(
    concluded: Concluded, change: dict[str, str]
) -> None:
    """Requirement, region and operation must all match."""
    report = concluded(waiving(one_fault(), **change))
    assert (report.exit_code, report.counts["waived"]) == (1, 0)
    assert any("was not needed" in notice.message for notice in report.notices)


@pytest.mark.parametrize(("expires", "code"), [("2026-11-23", 1), ("2026-11-24", 0)])
def test_a_waiver_holds_through_its_last_day(concluded: Concluded, expires: str, code: int) -> None:
    """The run's own date decides, so a report rendered later reads the same."""
    assert concluded(waiving(one_fault(), expires=expires)).exit_code == code


def test_an_expired_waiver_is_reported(concluded: Concluded) -> None:
    """Its owner is named."""
    report = concluded(waiving(one_fault(), expires="2026-01-01"))
    assert "expired on 2026-01-01; voice-api" in report.notices[0].message


def test_a_waiver_of_what_now_passes_is_reported(concluded: Concluded) -> None:
    """An expected failure that stopped happening is worth knowing."""
    report = concluded(waiving(green()))
    assert "now passes; remove it" in report.notices[0].message
    assert report.exit_code == 0


def test_an_inconclusive_can_be_waived(concluded: Concluded) -> None:
    """A staging account without rows is accepted by name."""
    sample = waiving(green(), requirement="PAG-03")
    sample.judgement("PAG-03", "india")["evidence"] = {}
    assert concluded(sample).exit_code == 0


def test_suite_trouble_cannot_be_waived(concluded: Concluded) -> None:
    """A waiver accepts what the API does, never what the suite failed to do."""
    sample = waiving(green(), requirement="PAG-03")
    sample.judgement("PAG-03", "india")["state"] = "broken"
    assert concluded(sample).exit_code == 3


def test_a_waived_failure_explains_nothing(concluded: Concluded) -> None:
    """What falls with an accepted failure still shows, for nobody accepted it."""
    report = concluded(waiving(one_fault(), requirement="PAG-03"))
    assert [(r.requirement, r.caused_by) for r in report.having("failed")] == [("PAG-05", ())]


def test_everything_waived_is_not_conformant(concluded: Concluded) -> None:
    """Accepting every doubt leaves nothing that was shown."""
    sample = waiving(green(regions=["india"]), requirement="*", region=None)
    for judgement in sample.judgements:
        judgement["findings"] = [finding("a", "b", [])]
    assert concluded(sample).exit_code == 3
