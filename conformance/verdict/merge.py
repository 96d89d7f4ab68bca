"""Several streams made one: shards, regions or machines, with one verdict.

Streams of the same run are its parts, and their evidence adds up. Streams of different runs are told apart
by `run` on each judgement: where two judged the same, the worse outcome stands and both are kept.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.events.errors import Unreadable, explained
from conformance.events.reader import Event, EventWriter, read_events
from conformance.verdict.tally import gather

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class OtherDocument(Unreadable):
    """Two streams judged different documents; no verdict covers both."""

    def __init__(self, path: Path, document: str, first: str) -> None:
        super().__init__(f"{path}: judged {document}, the first stream {first}. Merge runs of one document.")


class NothingToMerge(Unreadable):
    """No stream was named."""

    def __init__(self) -> None:
        super().__init__("no event streams to merge: name at least one events.ndjson")


class OverwritesItsInput(Unreadable):
    """The merged stream would take the place of one it is made from."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: the merged stream would overwrite it. Give --out another directory.")


@dataclass(frozen=True, slots=True)
class _Part:
    path: Path
    header: Event
    footer: Event | None
    requests: dict[str, int]
    seconds: float


def merge(paths: list[Path], out: Path) -> Path:
    """Write one stream from several into the directory `out`; return its path."""
    target = out if out.suffix == ".ndjson" else out / "events.ndjson"
    for path in paths:
        if target.resolve() == path.resolve():
            raise OverwritesItsInput(path)
    kept, doubles = _distinct(paths)
    parts = [_part(path) for path in kept]
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
    partial.replace(target)
    return target


def _distinct(paths: list[Path]) -> tuple[list[Path], list[Path]]:
    """The streams, and those that say again what another says: evidence counts once."""
    digests: dict[bytes, Path] = {}
    doubles = []
    for path in paths:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").digest()
        if digests.setdefault(digest, path) is not path:
            doubles.append(path)
    return list(digests.values()), doubles


def _part(path: Path) -> _Part:
    with explained(path):
        gathered = gather(path)
        footer = gathered.footer
        requests = footer["requests"] if footer else dict(gathered.requests)
        seconds = footer["duration_seconds"] if footer else gathered.last
        return _Part(path, gathered.header, footer, requests, seconds)


def _same_document(parts: list[_Part]) -> None:
    names = [
        f"{part.header['document'].get('title')} {part.header['document'].get('version')}" for part in parts
    ]
    for part, name in zip(parts, names, strict=True):
        if name != names[0]:
            raise OtherDocument(part.path, name, names[0])


def _merged(parts: list[_Part], doubles: list[Path]) -> Iterator[Event]:
    yield _header(parts)
    for path in doubles:
        message = f"{path.name} repeats another stream and was counted once"
        yield {"event": "notice", "level": "warning", "region": None, "message": message}
    for place, part in enumerate(parts, start=1):
        prefix = f"{place}." if len(parts) > 1 else ""
        with explained(part.path):
            for event in read_events(part.path):
                if event["event"] not in ("header", "footer"):
                    yield _renamed(event, part.header["run"], prefix)
    yield _footer(parts)


def _renamed(event: Event, run: str, prefix: str) -> Event:
    """An event with ids that are its stream's own, and a judgement with the run that made it."""
    if event["event"] == "exchange":
        return event | {"id": prefix + event["id"]}
    if event["event"] != "judgement":
        return event
    findings = [_finding(finding, prefix) for finding in event["findings"]]
    return event | {"run": event.get("run") or run, "findings": findings}


def _finding(finding: dict[str, Any], prefix: str) -> dict[str, Any]:
    renamed = finding | {"exchanges": [prefix + name for name in finding["exchanges"]]}
    if walk := finding.get("walk"):
        pages = [
            page | {"exchange": prefix + page["exchange"]} if page.get("exchange") else page
            for page in walk["pages"]
        ]
        renamed["walk"] = walk | {"pages": pages}
    return renamed


def _header(parts: list[_Part]) -> Event:
    headers = [part.header for part in parts]
    first = min(headers, key=lambda header: header["started"])
    expected = _union(headers, "expected", lambda entry: tuple(entry))
    asked = {tuple(entry) for entry in expected}
    ruled_out = _union(headers, "not_applicable", lambda entry: tuple(entry[:3]))
    return first | {
        "run": "+".join(dict.fromkeys(header["run"] for header in headers)),
        # A SHOULD that one of the runs was told to gate on gates the whole.
        "strict": any(header["strict"] for header in headers),
        "regions": {name: entry for header in headers for name, entry in header["regions"].items()},
        "catalogue": _union(headers, "catalogue", lambda entry: entry["id"]),
        "operations": _union(headers, "operations", lambda entry: entry["id"]),
        "expected": expected,
        "not_applicable": [entry for entry in ruled_out if tuple(entry[:3]) not in asked],
        "waivers": _union(headers, "waivers", lambda entry: tuple(sorted(map(str, entry.items())))),
        "runs": [run for part in parts for run in part.header.get("runs") or [_run(part)]],
    }


def _union(headers: list[Event], field: str, identity: Any) -> list[Any]:
    found: dict[Any, Any] = {}
    for header in headers:
        for entry in header.get(field) or ():
            found.setdefault(identity(entry), entry)
    return list(found.values())


def _run(part: _Part) -> dict[str, Any]:
    header = part.header
    return {
        "run": header["run"],
        "started": header["started"],
        "seed": header["seed"],
        "profile": header["profile"],
        "regions": list(header["regions"]),
        "requests": part.requests,
        "duration_seconds": part.seconds,
        "config": header.get("config") or {},
    }


def _footer(parts: list[_Part]) -> Event:
    requests: Counter[str] = Counter()
    for part in parts:
        requests.update(part.requests)
    finished = [part.footer["finished"] if part.footer else part.header["started"] for part in parts]
    stopped = [reason for part in parts if (reason := _stopped(part))]
    return {
        "event": "footer",
        "finished": max(finished),
        # Shards run side by side: the longest is what was waited for.
        "duration_seconds": max(part.seconds for part in parts),
        "requests": dict(requests),
        "stopped": "; ".join(stopped) or None,
        "error": None,
    }


def _stopped(part: _Part) -> str | None:
    run = part.header["run"]
    if part.footer is None:
        return f"the stream of run {run} has no footer"
    reason = part.footer.get("stopped") or part.footer.get("error")
    return f"run {run}: {reason}" if reason else None
