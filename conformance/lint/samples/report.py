"""The samples of a page, each with its requests, what the contract objects to, and how it ran."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance.contract.load import DOCUMENTS, spec_directory
from conformance.lint.samples import curl, javascript, python
from conformance.lint.samples.judge import objections
from conformance.lint.samples.page import samples_of
from conformance.lint.samples.running import SECONDS, run
from conformance.lint.samples.runtimes import runtime_of
from conformance.lint.samples.sent import CannotBeRead
from conformance.lint.samples.servers import Recorders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.contract import Contract
    from conformance.lint.samples.page import Sample
    from conformance.lint.samples.sent import Sent

READERS = {
    "curl": curl.requests_of,
    "javascript": javascript.requests_of,
    "python": python.requests_of,
}


@dataclass(slots=True)
class Judged:
    """One sample: sentences on what it sends and how it ran, and what is wrong with it."""

    sample: Sample
    notes: list[str] = field(default_factory=list)
    objections: list[str] = field(default_factory=list)


def judged_samples(text: str, contract: Contract) -> Iterator[Judged]:
    """Judge every sample of a page; run those whose runtime is present against the mock."""
    samples = list(samples_of(text))
    is_served = _is_bundled(contract) and bool(samples)
    with Recorders(contract) if is_served else nullcontext() as servers:
        for sample in samples:
            judged = Judged(sample)
            _read(judged, contract)
            if servers is None:
                judged.notes.append("not run: the mock serves the bundled documents only")
            else:
                _run(judged, servers)
            yield judged


def _is_bundled(contract: Contract) -> bool:
    own = spec_directory()
    bundled = {own / name for name in DOCUMENTS}
    return {document.path for document in contract.documents} <= bundled


def _read(judged: Judged, contract: Contract) -> None:
    requests: list[Sent] = []
    try:
        requests.extend(READERS[judged.sample.language](judged.sample.code))
    except CannotBeRead as reason:
        judged.notes.append(f"not read: {reason}")
    for sent in requests:
        judged.notes.append(f"sends {sent.shown}")
        judged.objections += objections(sent, contract)
    if not requests and not judged.notes:
        judged.notes.append("sends no request that is read here")


def _run(judged: Judged, servers: Recorders) -> None:
    runtime = runtime_of(judged.sample.language)
    region = servers.region_of(judged.sample.code)
    if isinstance(runtime, str):
        judged.notes.append(f"not run: {runtime}")
        return
    if region is None:
        judged.notes.append("not run: it names no server of the contract that the mock serves")
        return

    servers.answered.clear()
    code = servers.led_here(judged.sample.code, region)
    ended = run(runtime, code, servers.port(region), servers.variables(region))
    answered = [f"{method} {target}: {status}" for method, target, status in servers.answered]
    judged.notes.append(f"ran against the mock: {'; '.join(answered) or 'no request arrived'}")
    if ended.code is None:
        judged.objections.append(f"it did not end within {SECONDS:g} s")
    elif ended.code != 0:
        judged.objections.append(f"it failed with exit code {ended.code}: {ended.last_line}")
    elif not answered:
        judged.objections.append(f"it ran and sent no request: {ended.last_line}")
    judged.objections += [
        f"the mock refused {method} {target} with {status}"
        for method, target, status in servers.answered
        if status >= 400 and not (status == 404 and _names_example(target))
    ]


def _names_example(target: str) -> bool:
    """Whether a path ends in what looks like an identity: that of an example exists nowhere."""
    return any(any(map(str.isdigit, part)) for part in target.partition("?")[0].split("/")[2:])
