"""From a stream of events to a report: pure, and the same however often it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.events import parse
from conformance.verdict.causes import with_causes
from conformance.verdict.outcomes import result_of, unjudged
from conformance.verdict.report import AREAS, Notice, Report, Requirement, Result, unknown_requirement
from conformance.verdict.tally import Gathered, Key, gather, uncollected
from conformance.verdict.verdict import EXIT_CODES, verdict_of
from conformance.verdict.waivers import waived

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Report", "conclude"]

Catalogue = dict[str, Requirement]


def conclude(path: Path) -> Report:
    """Read a stream and conclude its outcomes and its verdict."""
    with uncollected():
        return _concluded(path)


def _concluded(path: Path) -> Report:
    gathered = gather(path)
    header = gathered.header
    catalogue = {entry["id"]: parse.requirement(entry) for entry in header["catalogue"]}
    waivers = [parse.waiver(entry, header["started"][:10]) for entry in header.get("waivers") or ()]
    results, waivers, found = waived(_results(gathered, catalogue), waivers)
    results = with_causes(results, catalogue)
    notices = [*gathered.notices, *found]
    verdict, sentence = verdict_of(results, notices, cut_short(gathered), bool(header["strict"]))
    return Report(
        source=path,
        **_run(gathered),
        catalogue=catalogue,
        waivers=tuple(waivers),
        notices=tuple(_once(notices)),
        results=tuple(results),
        cut_short=cut_short(gathered),
        verdict=verdict,
        exit_code=EXIT_CODES[verdict],
        sentence=sentence,
    )


def cut_short(gathered: Gathered) -> str | None:
    """Why the run did not reach its end; nothing if it did."""
    footer = gathered.footer
    if footer is None:
        return "the stream has no footer, so the run was killed or is still going"
    reason = footer.get("stopped") or footer.get("error")
    return reason.rstrip(".") if reason else None


def _run(gathered: Gathered) -> dict[str, Any]:
    header, footer = gathered.header, gathered.footer or {}
    return {
        "suite": header["suite"],
        "run": header["run"],
        "started": header["started"],
        "finished": footer.get("finished"),
        "duration_seconds": footer.get("duration_seconds", round(gathered.last, 3)),
        "seed": header["seed"],
        "profile": header["profile"],
        "strict": bool(header["strict"]),
        "document": header.get("document") or {},
        "regions": tuple(parse.region(name, entry) for name, entry in header["regions"].items()),
        "requests": footer.get("requests") or dict(gathered.requests),
        "config": header.get("config") or {},
        "operations": tuple(parse.operation(entry) for entry in header.get("operations") or ()),
        "runs": tuple(header.get("runs") or ()),
    }


def _results(gathered: Gathered, catalogue: Catalogue) -> list[Result]:
    found: dict[Key, Result] = {}
    while gathered.tallies:
        key, tallies = gathered.tallies.popitem()
        found[key] = result_of(key, _known(key, catalogue), key[0] in catalogue, tallies)
    for requirement, operation, region, reason in gathered.header.get("not_applicable") or ():
        key = requirement, operation, region
        if key not in found:
            found[key] = unjudged(key, _known(key, catalogue), "not_applicable", reason)
    for key in gathered.expected:
        if key not in found:
            found[key] = _missing(key, _known(key, catalogue), cut_short(gathered))
    return sorted(found.values(), key=_order(gathered, catalogue))


def _missing(key: Key, requirement: Requirement, stopped: str | None) -> Result:
    if stopped:
        return unjudged(key, requirement, "inconclusive", f"not judged: {stopped}")
    # A run that reached its end and lost a requirement on the way is a fault of the suite, never a pass.
    return unjudged(
        key, requirement, "broken", "not judged, though the run reached its end: no check reported it"
    )


def _known(key: Key, catalogue: Mapping[str, Requirement]) -> Requirement:
    return catalogue.get(key[0]) or unknown_requirement(key[0])


def _order(gathered: Gathered, catalogue: Catalogue) -> Any:
    requirements = {name: place for place, name in enumerate(catalogue)}
    operations = {entry["id"]: place for place, entry in enumerate(gathered.header.get("operations") or ())}
    regions = {name: place for place, name in enumerate(gathered.header["regions"])}
    areas = {name: place for place, name in enumerate(AREAS)}

    def order(result: Result) -> tuple[int, int, str, int, str, int]:
        return (
            areas.get(result.area, len(areas)),
            requirements.get(result.requirement, len(requirements)),
            result.requirement,
            operations.get(result.operation, len(operations)),
            result.operation,
            regions.get(result.region or "", len(regions)),
        )

    return order


def _once(notices: list[Notice]) -> list[Notice]:
    return list(dict.fromkeys(notices))
