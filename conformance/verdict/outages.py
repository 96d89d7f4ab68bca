"""Outages of a run in words, and what is put down to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec.structs import replace as with_fields

from conformance.events.model import Finding
from conformance.verdict.answers import GATEWAY
from conformance.verdict.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.verdict.answers import Answers
    from conformance.verdict.report import Result

REQUIREMENT = "ROB-06"
VERSIONS = "PAG-08"
COMPARING = ("ROB-04", "ROB-09")  # compare answers that versions of a list make differ
CHANGED = re.compile(r" changed after \d\d:\d\d:\d\d: ")
CACHED = re.compile(r"^status 200 \(from a cache: (.+)\)$")
BLOCKED = re.compile(r"^(status 4\d\d \(.+?\))(?: at |$)")
FAILING = re.compile(r"^status \d{3} for (.+ \(answered .+\))$")
STATUS = re.compile(r"^status (\d{3})\b")
LATER = ", and an answer later"  # as ROB-06 says of what failed once
SERVER_ERRORS = "SCH-06"
EDGE, EDGE_REFUSALS = "ROB-08", "edge_refusals"
REFUSED_KEY = "401"
NAMED = 3  # of what an edge is known by: status, media type, and its first name
SHOWN = 5  # exchanges that a finding names


def _what_happened(answers: Answers) -> str:
    if {kind for _, kind in answers.failed} == {REFUSED_KEY}:
        return "refused the key"
    if len(answers.failed) == 1:
        return "failed once"
    return "was unavailable" if answers.were_together else "failed now and then"


def with_silences(
    results: Iterable[Result], answers: Mapping[str, Answers], percent: float
) -> list[Result]:
    """The results, ROB-06 failed in each region that left too many requests without an answer."""
    judged: list[Result] = []
    said: set[str] = set()
    for result in results:
        region = result.region or ""
        is_told = region not in said or _was_silent(result)
        is_its = result.requirement == REQUIREMENT and is_told
        if is_its and region in answers and answers[region].exceed(percent):
            said.add(region)
            result = _silent(result, answers[region], percent)
        judged.append(result)
    return judged


def _was_silent(result: Result) -> bool:
    """Whether a result fails for nothing but requests that got no answer for a while."""
    return result.outcome == "failed" and all(
        finding.actual.endswith(LATER) and _status(finding) is None for finding in result.findings
    )


def _silent(result: Result, answers: Answers, percent: float) -> Result:
    found = Finding(
        expected=f"an answer at the first attempt, but for {percent:g} % of the requests",
        actual=answers.silence,
        level="MUST",
        exchanges=tuple(silence.exchange for silence in answers.silent[:SHOWN]),
    )
    message = f"expected {found.expected}; actual {found.actual}"
    return replace(result, outcome="failed", message=message, findings=(found, *result.findings))


def with_outage(result: Result, answers: Answers | None) -> Result:
    """A failure of ROB-06 with the extent of the outage that it was; any other result unchanged."""
    is_outage = result.requirement == REQUIREMENT and result.outcome == "failed"
    if not is_outage or answers is None or not answers.failed or not result.findings:
        return result
    if result.findings[0].actual == (answers.silence if answers.silent else None):
        return result
    first = with_fields(result.findings[0], note=answers.words)
    message = f"{result.message} ({answers.words})"
    return replace(result, message=message, findings=(first, *result.findings[1:]))


def blocked_in_words(results: Iterable[Result]) -> list[str]:
    """What answered plain requests in place of the API in each region, where ROB-06 found that."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        if result.requirement != REQUIREMENT or result.outcome != "failed" or not result.region:
            continue
        matches = [BLOCKED.match(finding.actual) for finding in result.findings]
        found = [match[1] for match in matches if match]
        counts[result.region].update(found)
        if found and len(found) == len(result.findings):
            counts[result.region][found[0]] += result.omitted
    return [
        f"{region} answered {counted(blocks.total(), 'plain request')} with {_commonest(blocks)}"
        for region, blocks in counts.items()
        if blocks
    ]


def _commonest(kinds: Counter[str]) -> str:
    """The kind that is met most, and how many others there are."""
    [(most, _)] = kinds.most_common(1)
    others = len(kinds) - 1
    return f"{most} and {counted(others, 'other kind')}" if others else most


def with_versions(results: Iterable[Result]) -> list[Result]:
    """The results, what breaks in a list with several versions put down to that."""
    results = list(results)
    regions = {result.region for result in results if _shows_versions(result)}
    return [
        replace(result, caused_by=(VERSIONS,))
        if result.region in regions and _may_follow(result)
        else result
        for result in results
    ]


def _shows_versions(result: Result) -> bool:
    """Whether PAG-08 failed because answers of two versions alternate."""
    found = _version_finding(result)
    return found is not None and "(total " in found.actual


def _version_finding(result: Result) -> Finding | None:
    """What PAG-08 has against answers of another version of a list, among other findings."""
    if result.requirement != VERSIONS or result.outcome != "failed":
        return None
    told = (found for found in result.findings if " answers show another one" in found.actual)
    return next(told, None)


def _may_follow(result: Result) -> bool:
    is_of_lists = result.area in ("pagination", "filters") or result.requirement in COMPARING
    is_open = result.outcome == "failed" and not result.caused_by
    return is_of_lists and is_open and result.requirement != VERSIONS


def caches_in_words(results: Iterable[Result]) -> list[str]:
    """Which regions serve strangers from a cache, as the answers themselves say."""
    regions: dict[str, str] = {}
    for result in results:
        is_leak = result.area == "authentication" and result.outcome == "failed"
        for finding in result.findings if is_leak else ():
            match = CACHED.search(finding.actual)
            if match and result.region:
                regions.setdefault(result.region, match[1])
    return [
        f"{region} serves answers from a cache to requests without the key ({headers})"
        for region, headers in regions.items()
    ]


def changes_in_words(results: Iterable[Result]) -> list[str]:
    """Which regions were another server at the end of the run than at its beginning."""
    return [
        result.message
        for result in results
        if result.requirement == VERSIONS
        and result.outcome == "inconclusive"
        and CHANGED.search(result.message)
    ]


def versions_in_words(results: Iterable[Result]) -> list[str]:
    """Which regions showed more than one version of a list that did not move."""
    told: dict[str | None, list[str]] = defaultdict(list)
    for result in results:
        found = _version_finding(result)
        if found is not None:
            told[result.region].append(_versions(found.actual))
    return [f"{region} {first}{_in_others(others)}" for region, (first, *others) in told.items()]


def _in_others(others: list[str]) -> str:
    """That further lists show the same, counted."""
    return f" (and so in {counted(len(others), 'other list')})" if others else ""


def _versions(actual: str) -> str:
    if "(total " in actual:
        return f"shows two versions of the list: {actual}"
    return f"gives rows that are not in the list: {actual}"


def outages_in_words(
    results: Iterable[Result], answers: Mapping[str, Answers], percent: float
) -> list[str]:
    """What happened in each region in which ROB-06 failed: an outage, or silence."""
    results = list(results)
    failing = _failing(results)
    regions = dict.fromkeys(
        result.region
        for result in results
        if result.requirement == REQUIREMENT and result.outcome == "failed" and result.region
        if not result.caused_by
    )
    words = []
    for region in regions:
        seen = answers.get(region)
        is_silence = seen is not None and seen.exceed(percent)
        if seen and seen.failed and not (is_silence and seen.were_silent):
            happened = failing.get(region) or _what_happened(seen)
            words.append(f"{region} {happened}: {seen.words}")
        if seen and is_silence:
            words.append(f"{region} {seen.silence}")
    return words


def _failing(results: Iterable[Result]) -> dict[str, str]:
    """What the requests have in common that fail in each region, where that is known."""
    return {
        result.region: f"fails for {match[1]}"
        for result in results
        if result.requirement == REQUIREMENT and result.region
        for finding in result.findings
        if (match := FAILING.match(finding.actual))
    }


def with_gateways(results: Iterable[Result]) -> list[Result]:
    """The results, SCH-06 put down to ROB-06 where it has nothing but statuses with which the same
    region fails plain requests: a gateway's, or 500 now and then.
    """
    results = list(results)
    statuses: dict[str | None, set[str]] = defaultdict(set)
    for result in results:
        if (
            result.requirement == REQUIREMENT
            and result.outcome == "failed"
            and not result.caused_by
        ):
            statuses[result.region] |= set(filter(None, map(_lapse, result.findings)))
    return [
        replace(result, caused_by=(REQUIREMENT,))
        if result.requirement == SERVER_ERRORS
        and result.outcome == "failed"
        and {_status(finding) for finding in result.findings} <= statuses[result.region]
        else result
        for result in results
    ]


def _lapse(finding: Finding) -> str | None:
    """The status of a plain request that failed, where it is a gateway's or one of the moment."""
    status = _status(finding)
    is_gateways = status is not None and int(status) in GATEWAY
    return status if is_gateways or finding.actual.endswith(LATER) else None


def _status(finding: Finding) -> str | None:
    match = STATUS.match(finding.actual)
    return match[1] if match else None


def silences_in_words(answers: Mapping[str, Answers]) -> list[str]:
    """What each region left without an answer at first, where that is not too much, and which of
    them are slow.
    """
    silent = [f"{region} {seen.silence}" for region, seen in answers.items() if seen.silent]
    slow = [f"{region} {seen.slowness}" for region, seen in answers.items() if seen.slowness]
    return [*silent, *slow]


def edges_in_words(results: Iterable[Result]) -> list[str]:
    """How many requests to each region never reached the API, and what refused them."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        count = result.evidence.get(EDGE_REFUSALS, 0)
        if result.requirement == EDGE and result.region and count:
            by = result.findings[0].actual.replace(" without it", "") if result.findings else ""
            by = ", ".join(by.split(", ")[:NAMED])
            counts[result.region][by] += count
    words = []
    for region, kinds in counts.items():
        by = _commonest(kinds)
        words.append(
            f"{counted(kinds.total(), 'request')} to {region} ended at its edge"
            f"{f' ({by})' if by else ''}, unexercised"
        )
    return words
