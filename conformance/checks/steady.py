"""Settling what a check found: asked again, with proof that the data stood still meanwhile.

A row that comes or goes during a walk shifts every offset behind it. So nothing counts as a finding before it
was seen again, twice, between two readings of the list that agree (design: live data move).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.lists import longest
from conformance.laws import sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.checks.lists import Walk
    from conformance.laws.finding import Finding
    from conformance.subject import Subject

    Experiment = Callable[[bool], list[Finding]]

ATTEMPTS = 8
SEEN = 2  # times that a finding is seen again before it counts
SUSPECTS = 12  # of many like findings, so many are settled; the first two that stand tell the rest
ENOUGH = 2


def settle(
    subject: Subject,
    requirement: str,
    experiment: Experiment,
    *,
    inherent: bool = False,
    passing: str = "",
    **evidence: Any,
) -> bool:
    """Judge what an experiment finds; whether it found something that counts.

    An experiment is told whether to ask the server again. What is wrong within one answer is `inherent`: no
    change of the data explains it for long. `passing` is the requirement that a finding breaks which is gone
    when asked again although the data never moved; it must show every exchange that it compares.
    """
    first = experiment(False)
    if not first:
        subject.judge(requirement, [], **evidence)
        return False
    found = _again(subject, experiment, first, inherent, alone=bool(passing) or inherent)
    if found is first and passing:
        subject.judge(passing, first)
        subject.judge(requirement, [], **evidence)
    else:
        subject.judge(requirement, found, **evidence)
    return bool(found)


def settle_some(subject: Subject, requirement: str, suspects: Sequence[Experiment], **more: Any) -> bool:
    """Settle as many of like experiments as tell whether they mean anything; what is left is no evidence."""
    found = 0
    step = max(1, len(suspects) // SUSPECTS)
    for experiment in suspects[::step]:
        found += settle(subject, requirement, experiment, **more)
        if found == ENOUGH:
            break
    return found > 0


def _again(
    subject: Subject, experiment: Experiment, first: list[Finding], inherent: bool, *, alone: bool
) -> list[Finding] | None:
    """What stands after asking again; none where the data never stood still; `first` itself if it passed.

    `alone`: a finding that passed counts where its exchanges are all that it rests on beside the list.
    """
    stood = 0
    before = longest(subject, again=True)
    for _ in range(max(SEEN, ATTEMPTS >> subject.client.restless)):
        found = experiment(True)
        if found and inherent:
            stood += 1
        else:
            after = longest(subject, again=True)
            still = _same(before, after)
            if not found:
                return first if alone and still and _stood_since(subject, first, after) else []
            stood += still
            before = after
        if stood == SEEN:
            return found
    # Where nothing ever stands still, less patience is shown the next time.
    subject.client.restless += 1
    return None


def _same(before: Walk, after: Walk) -> bool:
    return len(before.pages) == len(after.pages) and not sequence.changes(before.pages, after.pages)


def _stood_since(subject: Subject, first: list[Finding], now: Walk) -> bool:
    """Whether the list reads as it did before the finding was made, so that no change can explain it."""
    then = longest(subject)
    if not then.pages or not _same(then, now):
        return False
    read = max(page.exchange.began for page in then.pages if page.exchange)
    return all(exchange.began > read for finding in first for exchange in finding.exchanges)


def moved(subject: Subject, before: Walk) -> int:
    """How many changes can be seen since the longest walk was made, by reading it again."""
    return sequence.changes(before.pages, longest(subject, again=True).pages)
