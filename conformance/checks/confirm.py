"""Settling what a check found: asked again, with proof that the data stood still meanwhile.

A row that comes or goes during a walk shifts every offset behind it. So nothing counts as a finding before it
was seen again, twice, between two readings of the list that agree (design: live data move).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.lists import longest
from conformance.laws import sequence
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.checks.context import Subject
    from conformance.checks.lists import Walk
    from conformance.laws.finding import Finding

    Experiment = Callable[[bool], list[Finding]]
    Beyond = Callable[[int], bool]

CHANGES = 2.0  # a second: how fast data may move (design: live data)
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
    beyond: Beyond | None = None,
    **evidence: Any,
) -> bool:
    """Judge what an experiment finds; whether it found something that counts.

    An experiment is told whether to ask the server again. What is wrong within one answer is `inherent`: no
    change of the data explains it for long. `beyond` tells of a finding that compares answers whether it is
    more than so many changes of the data explain: then it breaks PAG-08 if it is gone when asked again,
    although the list reads as it did before. It must show every exchange that it compares.
    """
    first = experiment(False)
    if not first:
        subject.judge(requirement, [], **evidence)
        return False
    found = _again(subject, experiment, first, inherent, beyond)
    if found is first and beyond:
        subject.judge("PAG-08", first)
        subject.judge(requirement, [], **evidence)
    else:
        subject.judge(requirement, found, **evidence)
    return bool(found)


def settle_some(
    subject: Subject, requirement: str, suspects: Sequence[tuple[Experiment, Beyond | None]], **more: Any
) -> bool:
    """Settle as many of like experiments as tell whether they mean anything; what is left is no evidence."""
    found = 0
    step = max(1, len(suspects) // SUSPECTS)
    for experiment, beyond in suspects[::step]:
        found += settle(subject, requirement, experiment, beyond=beyond, **more)
        if found == ENOUGH:
            break
    return found > 0


def _again(
    subject: Subject, experiment: Experiment, first: list[Finding], inherent: bool, beyond: Beyond | None
) -> list[Finding] | None:
    """What stands after asking again; none where the data never stood still; `first` itself if it passed."""
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
                return first if still and _unexplained(subject, first, after, inherent, beyond) else []
            stood += still
            before = after
        if stood == SEEN:
            return found
    # Where nothing ever stands still, less patience is shown the next time.
    subject.client.restless += 1
    return None


def _unexplained(
    subject: Subject, first: list[Finding], now: Walk, inherent: bool, beyond: Beyond | None
) -> bool:
    """Whether no change of the data makes a finding that passed.

    The list reads as it did before the finding was made. Rows may have come and gone again meanwhile, no
    more of them than the time allows, and nothing within one answer is explained by them.
    """
    then = longest(subject)
    if not then.pages or not _same(then, now):
        return False
    own = {id(page.exchange): page.exchange.began for page in then.pages if page.exchange}
    read = max(own.values())
    shown = [exchange for finding in first for exchange in finding.exchanges if id(exchange) not in own]
    if any(exchange.began <= read for exchange in shown):
        return False
    ended = max(page.exchange.began for page in now.pages if page.exchange)
    return beyond(explained(ended - min(own.values()))) if beyond else inherent


def explained(seconds: float) -> int:
    """How many rows may have come, gone or moved in so much time."""
    return 1 + int(CHANGES * seconds)


def apart(subject: Subject, experiment: Experiment, changes: int) -> bool:
    """Whether the two answers to one window that are compared are more than so many changes apart."""
    for finding in experiment(False):
        if any(exchange.status >= 500 for exchange in finding.exchanges):
            continue  # said by the laws of robustness
        one, other = (read_page(exchange, subject.operation, 0, 0) for exchange in finding.exchanges[:2])
        if one is None or other is None or sequence.apart(one, other, changes):
            return True
    return False


def _same(before: Walk, after: Walk) -> bool:
    return len(before.pages) == len(after.pages) and not sequence.changes(before.pages, after.pages)


def moved(subject: Subject, before: Walk) -> int:
    """How many changes can be seen since the longest walk was made, by reading it again."""
    return sequence.changes(before.pages, longest(subject, again=True).pages)
