"""The verdict and its exit code, as the design fixes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.sample_events import finding, footer
from tests.support.samples import cut, faulty_region, green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]

BAD = finding("a", "b", [])
LACK = {"show": "default limit", "needed": 21, "found": 3, "unit": "rows"}


def bent(requirement: str, **change: Any) -> Sample:
    sample = green()
    sample.judgement(requirement, "india").update(change)
    return sample


def ended(sample: Sample, **change: Any) -> Sample:
    sample.footer = footer({"global": 3}, **change) if change else None
    return sample


def strict(sample: Sample) -> Sample:
    sample.header["strict"] = True
    return sample


def exercised(sample: Sample) -> Sample:
    sample.header["require_exercised"] = True
    return sample


def several_lacks() -> Sample:
    sample = bent("PAG-03", unexercised=LACK)
    more = [("PAG-11", "maximum", 101, "rows"), ("FIL-01", "filter agent_id", 2, "values")]
    for requirement, show, needed, unit in more:
        lack = {"show": show, "needed": needed, "found": 1, "unit": unit}
        sample.judgement(requirement, "global")["unexercised"] = lack
    return sample


def empty() -> Sample:
    sample = green()
    sample.judgements, sample.header["expected"] = [], []
    return sample


def noticed(level: str) -> Sample:
    sample = green()
    sample.notices = [
        {"event": "notice", "level": level, "region": "india", "message": "india did not answer"}
    ]
    return sample


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        (green(), 0),
        (one_fault(), 1),
        (faulty_region(), 1),
        (bent("AUT-08", findings=[BAD]), 0),
        (strict(bent("AUT-08", findings=[BAD])), 1),
        (strict(green()), 0),
        (bent("PAG-03", evidence={}), 3),
        (bent("AUT-08", evidence={}), 0),
        (bent("PAG-03", evidence={}, unexercised=LACK), 0),
        (exercised(bent("PAG-03", evidence={}, unexercised=LACK)), 3),
        (bent("PAG-03", findings=[BAD], unexercised=LACK), 1),
        (bent("PAG-03", state="broken", reason="KeyError"), 3),
        (cut(), 3),
        (ended(green()), 3),
        (ended(green(), stopped="-x"), 3),
        (ended(green(), error="region india was lost"), 3),
        (ended(one_fault()), 1),
        (ended(one_fault(), stopped="-x"), 1),
        (empty(), 3),
        (noticed("error"), 3),
        (noticed("warning"), 0),
    ],
    ids=lambda value: "" if not isinstance(value, int) else str(value),
)
def test_exit_codes(concluded: Concluded, sample: Sample, code: int) -> None:
    """A failure outweighs doubt, doubt outweighs any number of passes, and nothing judged
    is doubt.
    """
    report = concluded(sample)
    assert report.exit_code == code
    assert report.verdict == {0: "conformant", 1: "nonconformant", 3: "unverified"}[code]


@pytest.mark.parametrize(
    ("sample", "part"),
    [
        (green(), "84 MUSTs passed, each with its evidence"),
        (one_fault(), "PAG-03 (india) failed, which explains 1 other failure"),
        (cut(), "the run was cut short: interrupted by Ctrl-C"),
        (ended(green()), "cut short: the stream has no footer"),
        (empty(), "nothing was judged"),
        (bent("PAG-03", evidence={}), "PAG-03 (india) inconclusive: too little evidence"),
        (
            bent("PAG-03", evidence={}, reason="the list has no rows"),
            "the list has no rows (list-batch-calls in india): 1 requirement cannot be judged; "
            "give it rows, or let no overlay state its `pagination`",
        ),
        (
            strict(bent("AUT-08", findings=[BAD])),
            "AUT-08 (india) warned, and a SHOULD gates under --strict",
        ),
        (noticed("error"), "india did not answer"),
        (
            several_lacks(),
            "not exercised: default limit (needs 21 rows), maximum (101), "
            "filter agent_id (needs 2 values)",
        ),
        (exercised(several_lacks()), "--require-exercised: not exercised: default limit"),
    ],
)
def test_the_sentence_says_why(concluded: Concluded, sample: Sample, part: str) -> None:
    """One sentence names the requirement, the region, and the reason."""
    assert part in concluded(sample).sentence


def test_what_the_verdict_says_is_not_said_again(concluded: Concluded) -> None:
    """A region that was never reached is one sentence with one full stop, not three paragraphs."""
    reason = "region india cannot be reached. Nothing was checked."
    sample = green()
    sample.judgements, sample.footer = [], footer({}, stopped=reason)
    sample.notices.append(
        {"event": "notice", "level": "error", "region": "india", "message": reason}
    )
    sample.notices.append(
        {"event": "notice", "level": "info", "region": None, "message": "another matter"}
    )
    report = concluded(sample)
    assert (
        report.sentence
        == "the run was cut short: region india cannot be reached. Nothing was checked"
    )
    assert [notice.message for notice in report.news] == ["another matter"]
    assert len(report.notices) == 2
