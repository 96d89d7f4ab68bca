"""A report weighed by a policy and a reference: let through, hold, or cannot tell. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from conformance.gate.policy import Subject
from conformance.verdict.text import cut, joined, visible
from conformance.verdict.verdict import EXIT_CODES, verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.events.messages import Notice
    from conformance.events.model import Key
    from conformance.gate.policy import Policy
    from conformance.verdict.reference import Reference
    from conformance.verdict.report import ExitCode, Outcome, Report, Result, Verdict

Answer = Literal["let through", "hold", "cannot tell"]
ANSWERS: dict[Verdict, Answer] = {
    "conformant": "let through",
    "nonconformant": "hold",
    "unverified": "cannot tell",
}
_BAD = ("failed", "warned")
_UNSURE = ("inconclusive", "broken")
# A failure that does not count is neither a pass nor one of the accepted failures of a waiver.
_LEFT_OUT: Outcome = "not_applicable"
_LONGEST = 160  # characters of a message that the one line repeats


@dataclass(frozen=True, slots=True)
class Decision:
    """What a report comes to under a policy.

    `unsure` are the requirements without which it cannot be told; none where the whole run cannot
    vouch. `notices` say which waivers expired or were not needed.
    """

    verdict: Verdict
    sentence: str
    unsure: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def answer(self) -> Answer:
        """The verdict as a gate says it."""
        return ANSWERS[self.verdict]

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the process."""
        return EXIT_CODES[self.verdict]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Results as they count, and those that would have held: known before, or only reported."""

    results: tuple[Result, ...]
    known: tuple[Result, ...]
    reported: tuple[Result, ...]


def decide(report: Report, policy: Policy, reference: Reference) -> Decision:
    """Weigh a concluded run."""
    weighed = weigh(report.results, policy, reference)
    verdict, sentence = verdict_of(
        weighed.results,
        report.notices,
        report.cut_short,
        strict=report.strict,
        require_exercised=bool(report.config.get("require_exercised")),
        profile=report.profile,
        outages=report.outages,
    )
    if verdict == "nonconformant":
        sentence = f"{sentence}{_first_message(weighed.results)}"
    stopped = [f"{report.cut_short}"] if report.cut_short and verdict == "nonconformant" else []
    parts = [sentence, *stopped, *_let_pass(weighed)]
    unsure = _unsure(weighed.results, report) if verdict == "unverified" else ()
    return Decision(verdict, visible("; ".join(parts)), unsure, _of_waivers(report))


def weigh(results: Sequence[Result], policy: Policy, reference: Reference) -> Weighed:
    """Make of each failure what the policy and the reference make of it."""
    known, reported, counted = [], [], []
    was_known = {result.key for result in results if _is_known(result, reference)}
    for result in results:
        action = policy.action(subject_of(result))
        if result.outcome in _BAD and _was_there(result, was_known):
            known.append(result)
            counted.append(replace(result, outcome=_LEFT_OUT))
        elif result.outcome in _BAD and action == "hold":
            counted.append(replace(result, outcome="failed"))
        elif (
            result.level == "MUST" and result.outcome in ("failed", *_UNSURE) and action == "report"
        ):
            reported.append(result)
            counted.append(replace(result, outcome=_LEFT_OUT))
        else:
            counted.append(result)
    return Weighed(tuple(counted), tuple(known), tuple(reported))


def subject_of(result: Result) -> Subject:
    """What a policy may name of a result."""
    return Subject(result.level, result.area, result.requirement, result.operation, result.region)


def combined(first: Report, again: Mapping[Key, Result]) -> Report:
    """A report whose uncertain results are those of a second run, as far as that judged them."""
    results = tuple(
        again.get(result.key, result) if result.outcome in _UNSURE else result
        for result in first.results
    )
    return replace(first, results=results)


def _is_known(result: Result, reference: Reference) -> bool:
    return result.outcome in _BAD and reference.has(result.key, result.outcome)


def _was_there(result: Result, known: set[Key]) -> bool:
    """Whether a failure is known, or all that explains it is."""
    if result.key in known:
        return True
    causes = [(name, result.operation, result.region) for name in result.caused_by]
    return bool(causes) and all(cause in known for cause in causes)


def _first_message(results: Iterable[Result]) -> str:
    """What was seen of the failure that comes first, where nothing explains it."""
    failed = [result for result in results if result.outcome == "failed"]
    roots = [result for result in failed if not result.caused_by] or failed
    return f" ({cut(roots[0].message, _LONGEST)})" if roots else ""


def _let_pass(weighed: Weighed) -> list[str]:
    parts = []
    if weighed.known:
        parts.append(f"known before: {_names(weighed.known)}")
    if weighed.reported:
        parts.append(f"reported only, by the policy: {_names(weighed.reported)}")
    return parts


def _names(results: Sequence[Result]) -> str:
    return joined(list(dict.fromkeys(result.requirement for result in results)))


def _unsure(results: Sequence[Result], report: Report) -> tuple[str, ...]:
    """The MUSTs to ask again; none where the run as a whole is in doubt."""
    if report.cut_short or any(notice.level == "error" for notice in report.notices):
        return ()
    names = (r.requirement for r in results if r.level == "MUST" and r.outcome in _UNSURE)
    return tuple(dict.fromkeys(names))


def _of_waivers(report: Report) -> tuple[str, ...]:
    """The notices about waivers; of a run that was cut short only those that it can know."""
    notices = [notice for notice in report.notices if notice.message.startswith("the waiver of ")]
    return tuple(notice.message for notice in notices if _can_be_known(notice, report))


def _can_be_known(notice: Notice, report: Report) -> bool:
    is_whole = report.cut_short is None and report.profile != "smoke"
    return is_whole or " expired on " in notice.message
