"""Confirming findings: asked again, with proof that the data stood still meanwhile.

A row that comes or goes during a walk shifts every offset behind it. So a finding counts only after
it was seen again, twice, between two readings of the list that agree (design: live data move).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.lists import longest
from conformance.laws import sequence
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.lists import Walk
    from conformance.client import Exchange
    from conformance.laws.finding import Finding

    # Called with whether to ask the server again, rather than take answers that are known.
    Experiment = Callable[[bool], list[Finding]]
    # Whether a finding is more than so many changes of the data explain.
    Exceeds = Callable[[int], bool]

CHANGES = 2.0  # a second: how fast data may move (design: live data)
ATTEMPTS = 8
CONFIRMATIONS = 2  # times that a finding is seen again before it counts
# Of a list that moves: two readings agree by chance where a row goes and comes back in between.
CONFIRMATIONS_OF_MOVING = 4
# Attempts in step with what goes and comes at set times would see it the same each time.
UNLIKE, LONGEST_PAUSE = 0.618, 0.5  # the golden section, which hits no period; seconds
SUSPECTS = 12  # of many like findings, so many are confirmed
ENOUGH = 2  # like findings confirmed, after which the rest would add nothing


def confirm(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    experiment: Experiment,
    *,
    inherent: bool = False,
    exceeds: Exceeds | None = None,
    gone: str = "PAG-08",
    **counts: Any,
) -> bool:
    """Judge what an experiment finds, once it is confirmed; whether it found something that counts.

    What is wrong within one answer is `inherent`: no change of the data explains it for long. A
    finding that compares answers may say with `exceeds` whether it is more than so many changes of
    the data explain: then it breaks `gone` if it is gone when asked again, although the list reads
    as it did before. Such a finding must show every exchange that it compares. `counts` is the
    evidence by kind.
    """
    first = experiment(False)
    if not first:
        evidence.judge(requirement, [], **counts)
        return False

    confirmed = _asked_again(sender, experiment, first, inherent, exceeds)

    vanished = confirmed is first
    if vanished and exceeds:
        evidence.judge(gone, first)
        if gone != requirement:
            evidence.judge(requirement, [], **counts)
    else:
        evidence.judge(requirement, confirmed, **counts)

    return bool(confirmed)


def confirm_samples(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    suspects: Sequence[tuple[Experiment, Exceeds | None]],
    **counts: Any,
) -> bool:
    """Confirm as many of like experiments as show whether they mean anything; the rest is no
    evidence.
    """
    confirmed = 0
    step = max(1, len(suspects) // SUSPECTS)

    for experiment, exceeds in suspects[::step]:
        confirmed += confirm(sender, evidence, requirement, experiment, exceeds=exceeds, **counts)
        if confirmed == ENOUGH:
            break

    return confirmed > 0


def _asked_again(
    sender: Sender,
    experiment: Experiment,
    first: list[Finding],
    inherent: bool,
    exceeds: Exceeds | None,
) -> list[Finding] | None:
    """What was confirmed; None where the data never stood still.

    `first` itself where the finding vanished and no change of the data explains that it was ever
    seen.
    """
    confirmations = 0
    before = longest(sender, again=True)

    for attempt in range(max(CONFIRMATIONS_OF_MOVING, _attempts(sender))):
        if sender.has_moved:
            sender.pause(attempt * UNLIKE % 1 * LONGEST_PAUSE)
        findings = experiment(True)

        if findings and inherent:
            confirmations += 1
        else:
            after = longest(sender, again=True)
            stood_still = _same(sender, before, after)
            if not stood_still:
                sender.note_moved()
            if not findings:
                counts = stood_still and _unexplained(sender, first, after, inherent, exceeds)
                return first if counts else []
            confirmations += stood_still
            before = after

        if confirmations >= (CONFIRMATIONS_OF_MOVING if sender.has_moved else CONFIRMATIONS):
            return findings

    sender.note_unsettled()
    return None


def _attempts(sender: Sender) -> int:
    """How often to try: half as often for each time that the region's data never stood still
    before.
    """
    return ATTEMPTS >> sender.unsettled


def _unexplained(
    sender: Sender, first: list[Finding], now: Walk, inherent: bool, exceeds: Exceeds | None
) -> bool:
    """Whether no change of the data explains a finding that vanished.

    The list must read as it did before the finding was made. Rows may have come and gone meanwhile,
    no more of them than the time allows where the list is one that moves; what is wrong within one
    answer is explained by none.
    """
    then = longest(sender)
    if not then.pages or not _same(sender, then, now):
        return False

    reading = {id(page.exchange): page.exchange.began for page in then.pages if page.exchange}
    compared = [
        exchange
        for finding in first
        for exchange in finding.exchanges
        if id(exchange) not in reading
    ]
    if not _all_after(compared, max(reading.values())):
        return False

    if exceeds is None:
        return inherent
    ended = max(page.exchange.began for page in now.pages if page.exchange)
    # A list that was never seen to move may have begun to: by one row.
    seconds = ended - min(reading.values()) if sender.has_moved else 0.0
    return exceeds(possible_changes(seconds))


def _all_after(exchanges: Sequence[Exchange], moment: float) -> bool:
    """Whether every exchange began after a moment: an earlier one saw the list before it
    was read.
    """
    return all(exchange.began > moment for exchange in exchanges)


def possible_changes(seconds: float) -> int:
    """How many rows may have come, gone or moved in so much time."""
    return 1 + int(CHANGES * seconds)


def windows_differ(context: Context, experiment: Experiment, changes: int) -> bool:
    """Whether the two answers to one window that are compared differ by more than so many
    changes.
    """
    for finding in experiment(False):
        if any(not 0 < exchange.status < 500 for exchange in finding.exchanges):
            continue  # a failure or no answer is said by the laws of robustness
        first, second = (
            read_page(exchange, context.operation, 0, 0) for exchange in finding.exchanges[:2]
        )
        if first is None or second is None or sequence.apart(first, second, changes):
            return True
    return False


def _same(sender: Sender, before: Walk, after: Walk) -> bool:
    """Whether two readings show no row that came, went or moved, in the list, under a filter or in
    another order.
    """
    if len(before.pages) != len(after.pages) or sequence.changes(before.pages, after.pages):
        return False
    operation = sender.operation
    places = {*operation.filters.values(), *(sort.by for sort in operation.sorts)}
    return not sequence.refiled(before.pages, after.pages, places)


def changes_since(sender: Sender, before: Walk) -> int:
    """How many changes are seen since the longest walk was made, by reading the list again."""
    return sequence.changes(before.pages, longest(sender, again=True).pages)
