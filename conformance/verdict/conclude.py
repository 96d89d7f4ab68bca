"""From a stream of events to a report: pure, and the same however often it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.events.model import AREAS
from conformance.verdict.causes import with_causes
from conformance.verdict.outages import (
    blocked_in_words,
    caches_in_words,
    changes_in_words,
    edges_in_words,
    outages_in_words,
    silences_in_words,
    versions_in_words,
    with_gateways,
    with_outage,
    with_silences,
    with_versions,
)
from conformance.verdict.outcomes import result_of, unjudged
from conformance.verdict.report import Report, Result, unknown_requirement
from conformance.verdict.tally import tally, uncollected
from conformance.verdict.verdict import EXIT_CODES, verdict_of
from conformance.verdict.waivers import applied, waived

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from conformance.events.messages import Header
    from conformance.events.model import Key, Requirement
    from conformance.verdict.tally import StreamTally

    Catalogue = Mapping[str, Requirement]
    Order = tuple[int, int, str, int, str, int]


UNANSWERED = 1.0  # percent, where a stream of an earlier version does not say


def conclude(path: Path) -> Report:
    """Read a stream and conclude its outcomes and its verdict; raises Unreadable."""
    with uncollected():
        return _report(path, tally(path))


def _report(path: Path, stream: StreamTally) -> Report:
    header, footer = stream.header, stream.footer
    catalogue = {requirement.id: requirement for requirement in header.catalogue}

    waivers = [applied(waiver, on=header.started[:10]) for waiver in header.waivers]
    percent = float(header.config.get("unanswered_budget", UNANSWERED))
    judged = with_silences(_results(stream, catalogue), stream.answers, percent)
    results, waivers, waiver_notices = waived(judged, waivers)
    results = with_gateways(with_versions(with_causes(results, catalogue)))
    results = [with_outage(result, stream.answers.get(result.region or "")) for result in results]
    outages = [*outages_in_words(results, stream.answers, percent), *blocked_in_words(results)]
    outages += [
        *versions_in_words(results),
        *caches_in_words(results),
        *changes_in_words(results),
    ]

    notices = tuple(dict.fromkeys([*stream.notices, *waiver_notices]))
    verdict, sentence = verdict_of(
        results,
        notices,
        stream.cut_short,
        strict=header.strict,
        require_exercised=header.require_exercised,
        profile=header.profile,
        outages=outages,
        silences=[*silences_in_words(stream.answers), *edges_in_words(results)],
    )
    return Report(
        source=path,
        suite=header.suite,
        run=header.run,
        started=header.started,
        finished=footer.finished if footer else None,
        duration_seconds=stream.duration_seconds,
        seed=header.seed,
        profile=header.profile,
        strict=header.strict,
        document=header.document,
        regions=header.regions,
        requests=stream.requests,
        config=header.config,
        catalogue=catalogue,
        operations=header.operations,
        waivers=tuple(waivers),
        notices=notices,
        results=tuple(results),
        cut_short=stream.cut_short,
        verdict=verdict,
        exit_code=EXIT_CODES[verdict],
        sentence=sentence,
        outages=tuple(outages),
        asked=frozenset(stream.asked),
        runs=header.runs,
    )


def _results(stream: StreamTally, catalogue: Catalogue) -> list[Result]:
    """A result for what was judged, for what does not apply, and for what was expected and never
    came.
    """
    results: dict[Key, Result] = {}
    while stream.tallies:  # each is let go when its result is made
        key, tallies = stream.tallies.popitem()
        results[key] = result_of(key, _known(key, catalogue), key[0] in catalogue, tallies)

    for requirement, operation, region, reason in stream.header.not_applicable:
        key = requirement, operation, region
        if key not in results:
            results[key] = unjudged(key, _known(key, catalogue), "not_applicable", reason)

    for key in stream.expected:
        if key not in results:
            results[key] = _missing(key, _known(key, catalogue), stream.cut_short)
    return sorted(results.values(), key=_order(stream.header))


def _missing(key: Key, requirement: Requirement, stopped: str | None) -> Result:
    if stopped:
        return unjudged(key, requirement, "inconclusive", f"not judged: {stopped}")
    # A run that reached its end and lost a requirement on the way is a fault of the suite, never a
    # pass.
    return unjudged(
        key,
        requirement,
        "broken",
        "not judged, though the run reached its end: no check reported it",
    )


def _known(key: Key, catalogue: Catalogue) -> Requirement:
    return catalogue.get(key[0]) or unknown_requirement(key[0])


def _order(header: Header) -> Callable[[Result], Order]:
    """The order of results: the catalogue's, then the document's, then that of the regions."""
    areas = {name: place for place, name in enumerate(AREAS)}
    requirements = {requirement.id: place for place, requirement in enumerate(header.catalogue)}
    operations = {operation.id: place for place, operation in enumerate(header.operations)}
    regions = {name: place for place, name in enumerate(header.regions)}

    def order(result: Result) -> Order:
        return (
            areas[result.area],
            requirements.get(result.requirement, len(requirements)),
            result.requirement,
            operations.get(result.operation, len(operations)),
            result.operation,
            regions.get(result.region or "", len(regions)),
        )

    return order
