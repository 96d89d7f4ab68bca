"""From tallied judgements to an outcome, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from conformance.verdict.report import Outcome, Part, Result
from conformance.verdict.text import counted, cut, visible
from conformance.verdict.text import evidence as in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.events.model import Finding, Key, Level, Requirement, Unexercised
    from conformance.verdict.tally import Tally

TOO_LITTLE = "too little evidence"
_LONGEST = 400
_NOTHING: Mapping[str, int] = MappingProxyType({})  # one for all, of which there may be many


def result_of(key: Key, requirement: Requirement, known: bool, tallies: Sequence[Tally]) -> Result:
    """Conclude a triple; judged by several runs, the worse outcome stands and all are kept."""
    judged = [_judged(requirement, known, tally) for tally in tallies]
    if len(judged) > 1:
        judged.sort(key=lambda entry: _rank(requirement, entry.outcome))
    standing = judged[0]
    return Result(
        requirement=requirement.id,
        level=requirement.level,
        area=requirement.area,
        operation=key[1],
        region=key[2],
        outcome=standing.outcome,
        message=standing.message,
        evidence=standing.tally.evidence,
        needed=requirement.evidence,
        findings=tuple(finding for entry in judged for finding in entry.findings),
        omitted=sum(tally.omitted for tally in tallies),
        unlisted=tuple(asked for tally in tallies for asked in tally.unlisted),
        unlisted_at=tuple(at for tally in tallies for at in tally.unlisted_at),
        cases=tuple(asked for tally in tallies for asked in tally.cases),
        deviating=tuple(each for tally in tallies for each in tally.deviating),
        seconds=sum(tally.seconds for tally in tallies),
        checks=tuple(dict.fromkeys(check for tally in tallies for check in tally.checks)),
        parts=tuple(entry.part for entry in judged) if len(judged) > 1 else (),
        sampled=standing.tally.sampled,
        unexercised=standing.tally.unexercised if standing.outcome == "unexercised" else None,
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one run's tally comes to."""

    tally: Tally
    outcome: Outcome
    message: str
    findings: tuple[Finding, ...]

    @property
    def part(self) -> Part:
        return Part(self.tally.run, self.outcome, self.message, self.tally.evidence)


def _judged(requirement: Requirement, known: bool, tally: Tally) -> _Judged:
    findings = [_with_level(finding, requirement.level) for finding in tally.findings]
    # Reports show the first one: of a failure that is what failed, and no warning beside it.
    findings.sort(key=lambda finding: finding.level != "MUST")
    return _Judged(tally, *_outcome(requirement, known, tally, tuple(findings)), tuple(findings))


def _with_level(finding: Finding, level: Level) -> Finding:
    """A finding that has a level: its own, or the requirement's."""
    return finding if finding.level else replace(finding, level=level)


def unjudged(key: Key, requirement: Requirement, outcome: Outcome, message: str) -> Result:
    """A result for what no check judged."""
    needed = requirement.evidence
    return Result(
        requirement.id,
        requirement.level,
        requirement.area,
        key[1],
        key[2],
        outcome,
        message,
        _NOTHING,
        needed,
    )


def _outcome(
    requirement: Requirement, known: bool, tally: Tally, findings: tuple[Finding, ...]
) -> tuple[Outcome, str]:
    if any(finding.level == "MUST" for finding in findings):
        return "failed", _found([f for f in findings if f.level == "MUST"], tally.omitted)
    if "broken" in tally.states:
        return "broken", tally.reasons.get("broken") or "the suite itself failed here"
    if not known:
        return "broken", f"a check judged {requirement.id}, which the catalogue does not have"
    if findings:
        return "warned", _found(findings, tally.omitted)
    if "inconclusive" in tally.states:
        return "inconclusive", tally.reasons.get("inconclusive") or _shortage(requirement, tally)
    # Another check that found nothing to ask of what does not apply takes nothing from that.
    is_silent = not any(tally.evidence.values()) and not tally.unexercised
    if tally.states == ("not_applicable",) or ("not_applicable" in tally.states and is_silent):
        return "not_applicable", tally.reasons.get("not_applicable") or "it does not apply here"
    if tally.unexercised and "judged" not in tally.reasons:
        return "unexercised", _unexercised(tally.unexercised)
    if _short(requirement, tally):
        return "inconclusive", _shortage(requirement, tally)
    return "passed", _seen(tuple(tally.evidence.items()))


def _rank(requirement: Requirement, outcome: Outcome) -> int:
    # An inconclusive MUST gates and a warning does not; of a SHOULD the warning says more.
    middle = (
        ("inconclusive", "warned") if requirement.level == "MUST" else ("warned", "inconclusive")
    )
    ranks = ("failed", "broken", *middle, "unexercised", "passed", "not_applicable")
    return ranks.index(outcome)


def _short(requirement: Requirement, tally: Tally) -> dict[str, int]:
    """The kinds of evidence that a pass lacks, with how much of each it needs: one observation,
    where no more could be asked than was.
    """
    return {
        name: needed
        for name, least in requirement.evidence.items()
        if tally.evidence.get(name, 0) < (needed := min(least, 1) if tally.exhausted else least)
    }


def _shortage(requirement: Requirement, tally: Tally) -> str:
    short = _short(requirement, tally)
    if not short:
        return "no pass can be claimed, and the check did not say why"
    parts = [
        f"{in_words(name, needed)}, found {tally.evidence.get(name, 0)}"
        for name, needed in short.items()
    ]
    why = tally.reasons.get("judged")
    return f"{TOO_LITTLE} for a pass: needed {'; '.join(parts)}{f' ({why})' if why else ''}"


@lru_cache(maxsize=4096)
def _seen(evidence: tuple[tuple[str, int], ...]) -> str:
    seen = [in_words(name, count) for name, count in evidence if count]
    return f"held on {', '.join(seen)}" if seen else "held, as far as the document alone tells"


def _unexercised(lack: Unexercised) -> str:
    return f"{lack.show}: needs {lack.needed} {lack.unit}, there are {lack.found}"


def _found(findings: Sequence[Finding], omitted: int) -> str:
    first = findings[0]
    expected, actual = (visible(cut(text, _LONGEST)) for text in (first.expected, first.actual))
    sentence = f"expected {expected}; actual {actual}"
    more = len(findings) - 1 + omitted
    return f"{sentence} ({counted(more, 'more finding')})" if more else sentence
