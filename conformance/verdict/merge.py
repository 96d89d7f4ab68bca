"""Several streams made one: shards, regions or machines, with one verdict.

Streams of the same run are its parts, and their evidence adds up. Streams of different runs are
told apart by `run` on each judgement: where two judged the same, the worse outcome stands and both
are kept.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from conformance.events.errors import Unreadable
from conformance.events.messages import ExchangeRecord, Footer, Header, Judgement, MergedRun, Notice
from conformance.events.reader import read_events
from conformance.events.writer import EventWriter
from conformance.verdict.shards import judging_runs, missing_shards
from conformance.verdict.tally import tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from conformance.events.messages import Event, NotApplicable
    from conformance.events.model import Finding, Key, Region, Requirement, Walk

T = TypeVar("T")


class OtherDocument(Unreadable):
    """Two streams judged different documents; no verdict covers both."""

    def __init__(self, path: Path, document: str, first: str) -> None:
        super().__init__(
            f"{path}: judged {document}, the first stream {first}. Merge runs of one document."
        )


class NothingToMerge(Unreadable):
    """No stream was named."""

    def __init__(self) -> None:
        super().__init__("no event streams to merge: name at least one events.ndjson")


class OverwritesItsInput(Unreadable):
    """The merged stream would take the place of one it is made from."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the merged stream would overwrite it. Give --out another directory."
        )


class NotWritten(Unreadable):
    """The merged stream has no place; half of one would be read as a run that was cut short."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: the merged stream cannot be written: {problem}.")


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the streams; `expected` is its header's."""

    path: Path
    header: Header
    expected: list[Key]
    footer: Footer | None
    requests: dict[str, int]
    seconds: float

    @property
    def run(self) -> MergedRun:
        """The run as the merged header names it."""
        return MergedRun(
            run=self.header.run,
            started=self.header.started,
            seed=self.header.seed,
            profile=self.header.profile,
            regions=tuple(self.header.regions),
            requests=self.requests,
            duration_seconds=self.seconds,
            config=self.header.config,
        )

    @property
    def finished(self) -> str:
        """When it ended, or started where its end is not known."""
        return self.footer.finished if self.footer else self.header.started

    @property
    def stopped(self) -> str | None:
        """Why it did not reach its end; nothing if it did."""
        if self.footer is None:
            return f"the stream of run {self.header.run} has no footer"
        reason = self.footer.stopped or self.footer.error
        return f"run {self.header.run}: {reason}" if reason else None


def merge(paths: list[Path], out: Path) -> Path:
    """Write one stream from several into the directory `out`; return its path; raises
    Unreadable.
    """
    target = out if out.suffix == ".ndjson" else out / "events.ndjson"
    for path in paths:
        if target.resolve() == path.resolve():
            raise OverwritesItsInput(path)

    distinct, doubles = _distinct(paths)
    # In an order of their own: the verdict must not hang on that of the command line.
    parts = sorted(
        (_part(path) for path in distinct), key=lambda part: (part.header.started, part.header.run)
    )
    if not parts:
        raise NothingToMerge
    _same_document(parts)

    partial = target.with_name(f".{target.name}.partial")
    writer = EventWriter(partial)
    try:
        for event in _merged(parts, doubles):
            writer.write(event)
    finally:
        writer.close()
    if writer.problem is not None:
        partial.unlink(missing_ok=True)
        raise NotWritten(target, writer.problem)
    partial.replace(target)
    return target


def _distinct(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """The streams, and those that say again what another says: evidence counts once."""
    digests: dict[bytes, Path] = {}
    doubles = []
    for path in paths:
        next(read_events(path), None)  # it is a stream: a device that is none may have no end
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").digest()
        if digests.setdefault(digest, path) is not path:
            doubles.append(path)
    return list(digests.values()), doubles


def _part(path: Path) -> _Part:
    stream = tally(path)
    return _Part(
        path,
        stream.header,
        stream.expected,
        stream.footer,
        stream.requests,
        stream.duration_seconds,
    )


def _same_document(parts: list[_Part]) -> None:
    first = parts[0].header.document
    for part in parts:
        document = part.header.document
        name = f"{document.title} {document.version}"
        if name != f"{first.title} {first.version}":
            raise OtherDocument(part.path, name, f"{first.title} {first.version}")
        # A stream of an earlier release of the suite has no digest.
        if document.digest != first.digest and document.digest and first.digest:
            raise OtherDocument(
                part.path, f"{name} as {document.digest[:12]}", f"as {first.digest[:12]}"
            )


def _merged(parts: list[_Part], doubles: list[Path]) -> Iterator[Event]:
    runs = judging_runs([part.header for part in parts])
    yield _header(parts)
    for path in doubles:
        yield Notice(
            level="warning", message=f"{path.name} repeats another stream and was counted once"
        )
    for number, part in enumerate(parts, start=1):
        prefix = f"{number}." if len(parts) > 1 else ""
        run = runs[part.header.run]
        for event in read_events(part.path):
            if not isinstance(event, Header | Footer):
                yield _renamed(event, run, prefix)
    yield _footer(parts)


def _renamed(event: Event, run: str, prefix: str) -> Event:
    """An event with ids that are its stream's own, and a judgement with the run that made it."""
    match event:
        case ExchangeRecord():
            return replace(event, id=prefix + event.id)
        case Judgement():
            findings = tuple(_renamed_finding(finding, prefix) for finding in event.findings)
            return replace(event, run=run if event.run is UNSET else event.run, findings=findings)
        case _:
            return event


def _renamed_finding(finding: Finding, prefix: str) -> Finding:
    exchanges = tuple(prefix + name for name in finding.exchanges)
    walk = _renamed_walk(finding.walk, prefix) if finding.walk else None
    return replace(finding, exchanges=exchanges, walk=walk)


def _renamed_walk(walk: Walk, prefix: str) -> Walk:
    pages = tuple(
        replace(page, exchange=prefix + page.exchange) if page.exchange else page
        for page in walk.pages
    )
    return replace(walk, pages=pages)


def _header(parts: list[_Part]) -> Header:
    """The header of the run that started first, widened to what any of them was asked."""
    headers = [part.header for part in parts]
    first = headers[0]
    expected = tuple(dict.fromkeys(key for part in parts for key in part.expected))

    return replace(
        first,
        run="+".join(dict.fromkeys(header.run for header in headers)),
        # A SHOULD that one of the runs was asked to gate on gates the whole.
        strict=any(header.strict for header in headers),
        require_exercised=any(header.require_exercised for header in headers),
        regions=_regions(headers),
        catalogue=_catalogue(headers),
        operations=_union(
            (header.operations for header in headers), lambda operation: operation.id
        ),
        expected=expected,
        not_applicable=_not_applicable(headers, frozenset(expected)),
        waivers=_union((header.waivers for header in headers), lambda waiver: waiver),
        runs=_runs(parts),
    )


def _catalogue(headers: list[Header]) -> tuple[Requirement, ...]:
    """The requirements of all; of one that is stated in two ways the stricter stands."""
    strict: dict[str, Requirement] = {}
    for header in headers:
        for requirement in header.catalogue:
            known = strict.setdefault(requirement.id, requirement)
            if (known.level, requirement.level) == ("SHOULD", "MUST"):
                strict[requirement.id] = requirement
    return tuple(strict.values())


def _regions(headers: list[Header]) -> dict[str, Region]:
    """The regions of all; of one that several asked, what the last of them measured."""
    return {name: region for header in headers for name, region in header.regions.items()}


def _not_applicable(headers: list[Header], expected: frozenset[Key]) -> tuple[NotApplicable, ...]:
    """What applies to none: what one run leaves out another may have judged."""
    entries = _union((header.not_applicable for header in headers), lambda entry: entry[:3])
    return tuple(entry for entry in entries if entry[:3] not in expected)


def _runs(parts: list[_Part]) -> tuple[MergedRun, ...]:
    """The runs it is made of; of a stream that was merged before, those."""
    return tuple(run for part in parts for run in part.header.runs or (part.run,))


def _union(lists: Iterable[Iterable[T]], identity: Callable[[T], Any]) -> tuple[T, ...]:
    """The entries of all lists in order, each once; of two alike the first."""
    entries: dict[Any, T] = {}
    for entry in itertools.chain.from_iterable(lists):
        entries.setdefault(identity(entry), entry)
    return tuple(entries.values())


def _footer(parts: list[_Part]) -> Footer:
    requests: Counter[str] = Counter()
    for part in parts:
        requests.update(part.requests)
    stopped = [reason for part in parts if (reason := part.stopped)]
    stopped += missing_shards(_runs(parts))
    return Footer(
        finished=max(part.finished for part in parts),
        # Shards run side by side: the longest is what was waited for.
        duration_seconds=max(part.seconds for part in parts),
        requests=dict(requests),
        stopped="; ".join(stopped) or None,
    )
