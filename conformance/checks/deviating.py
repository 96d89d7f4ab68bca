"""What is wrong with the answers that findings rest on, and with which windows: for the verdict, which
explains a finding by a failure that is known to fail there in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.experiments.asks import axis_names
from conformance.checks.investigate import model_of
from conformance.laws.oracle.alone import PAST_THE_END, SAME_TOTAL
from conformance.laws.oracle.wrong import deviating
from conformance.laws.pages import STATUS, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.events.model import Deviating
    from conformance.laws.oracle.model import ListModel

NOT_THE_SAME, ANSWERED = "PAG-08", "ROB-06"  # a request that is refused now and then breaks both


def note_deviating(sender: Sender, evidence: Evidence) -> None:
    """Say of each judgement of a check what its findings' answers have wrong, against the list."""
    has_answers = any(judgement.answers for judgement in evidence.judgements.values())
    if not has_answers or sender.context.region is None:
        return
    model = model_of(sender)
    if model is None:
        return
    axes = axis_names(sender.context)
    for (requirement, region), judgement in list(evidence.judgements.items()):
        told = (
            deviating(answer, sender.operation, model, axes)
            for answer in judgement.answers.values()
        )
        judgement.deviating = [each for each in told if each is not None]
        for each in judgement.deviating:
            if not each.wrong:
                continue
            for broken in _broken(requirement, each, axes, model):
                evidence.note_case(broken, region, each.asked)


def _broken(
    requirement: str, seen: Deviating, axes: Mapping[str, str], model: ListModel
) -> Iterator[str]:
    """The requirements that an answer breaks by itself, of those that the list is needed to tell."""
    is_refused = any(part.startswith(STATUS) for part in seen.wrong)
    if requirement == NOT_THE_SAME and is_refused:
        yield ANSWERED
    if any(name.startswith("?") for name in seen.besides):
        return
    if TOTAL in seen.wrong:
        yield SAME_TOTAL
    if "start" in axes and seen.window[axes["start"]] >= model.total > 0:
        yield PAST_THE_END
