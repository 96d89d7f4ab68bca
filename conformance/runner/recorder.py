"""The event stream of a run: what is expected of it, and what the checks report, written as it comes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from conformance.checks.context import Subject

if TYPE_CHECKING:
    from conformance.checks.context import Judgement
    from conformance.client.secrets import Redactor
    from conformance.runner.session import Run


class Stream:
    """The event stream of the process that controls the run."""

    def __init__(self, run: Run, expected: list[list[Any]]) -> None:
        from conformance.events.reader import EventWriter

        self.run = run
        out = run.settings.out
        try:
            out.mkdir(parents=True, exist_ok=True)
            self.path = out / "events.ndjson"
            self.path.unlink(missing_ok=True)
            self.writer = EventWriter(self.path)
        except OSError as error:
            raise pytest.UsageError(f"--out {out}: cannot be written: {error.strerror}.") from None
        self.requests = dict.fromkeys(run.regions, 0)
        self.stopped: str | None = None
        self.writer.write(run.header(expected))

    def take(self, reported: dict[str, Any]) -> None:
        """Write what a check reported, as `reported` made it."""
        for region, count in reported["requests"].items():
            self.requests[region] += count
        self.writer.write_lines(reported["lines"])
        self.stopped = self.stopped or reported["lost"]


def subject_of(item: pytest.Item) -> Subject | None:
    """What a check runs on; none for a test that is no check."""
    callspec = getattr(item, "callspec", None)
    found = callspec.params.get("subject") if callspec else None
    # Where nothing applies (parity with one region alone) pytest puts a placeholder and skips the test.
    return found if isinstance(found, Subject) else None


def same_operation(item: pytest.Item, subject: Subject) -> bool:
    """Whether a check is about the same operation."""
    other = subject_of(item)
    return other is not None and other.operation_id == subject.operation_id


def judged_by(item: pytest.Item) -> tuple[str, ...]:
    """The requirements that a check is marked with."""
    mark = item.get_closest_marker("requirements")
    return mark.args if mark else ()


def expected(items: list[pytest.Item], run: Run) -> list[list[Any]]:
    """What the stream must judge: requirement, operation and region."""
    if not items:  # under pytest-xdist only the workers collect, so everything selected is expected
        return _all_selected(run)
    found: dict[tuple[str, str, str | None], None] = {}
    for item in items:
        subject = subject_of(item)
        for name in judged_by(item) if subject else ():
            if subject and name in run.selected:
                found[(name, subject.operation_id, subject.region_name)] = None
    return [list(key) for key in found]


def _all_selected(run: Run) -> list[list[Any]]:
    found: list[list[Any]] = []
    for name in sorted(run.selected):
        trait = run.contract.requirements[name].applies_to
        if trait == "document":
            found.append([name, "document", None])
            continue
        for operation in run.contract.operations:
            if not operation.applies(trait) or run.unasked(operation) is not None:
                continue
            if trait != "parity":
                found += [[name, operation.id, region] for region in run.regions]
            elif len(run.regions) > 1:
                found.append([name, operation.id, None])
    return found


def reported(item: pytest.Item, subject: Subject, redact: Redactor) -> dict[str, Any]:
    """What a check has to report, without any key, in a form that costs little to hand on.

    `lines` are its events as the stream has them; `requests`, `lost` and `judged` say the same in short:
    how many requests each region got, why it went silent, what each requirement came to.
    """
    from conformance.events.reader import encoded

    requests = Counter({subject.region_name: subject.unrecorded} if subject.unrecorded else {})
    for exchange in subject.exchanges:
        requests[exchange.region] += exchange.attempts
    events = [exchange.to_event(redact, item.nodeid) for exchange in subject.exchanges]
    events += [
        _judgement(item, subject, name, region, judgement, redact)
        for (name, region), judgement in subject.judgements.items()
    ]
    if subject.lost:
        events.append(notice("error", subject.region_name, subject.lost))
    levels = {name: subject.contract.requirements[name].level for name, _ in subject.judgements}
    return {
        "lines": b"".join(map(encoded, events)),
        "requests": dict(requests),
        "lost": subject.lost,
        "judged": [
            [name, _outcome(judgement, levels[name])] for (name, _), judgement in subject.judgements.items()
        ],
    }


def notice(level: str, region: str | None, message: str) -> dict[str, Any]:
    """An event that says something about the run."""
    return {"event": "notice", "level": level, "region": region, "message": message}


def _judgement(
    item: pytest.Item, subject: Subject, name: str, region: str | None, judgement: Judgement, redact: Redactor
) -> dict[str, Any]:
    return {
        "event": "judgement",
        "requirement": name,
        "operation": subject.operation_id,
        "region": region,
        "check": item.nodeid,
        "state": judgement.state,
        "reason": judgement.reason,
        "evidence": dict(judgement.evidence),
        "seconds": round(subject.seconds, 4),
        "findings": [finding.to_event(redact) for finding in judgement.findings],
        "omitted": judgement.omitted,
    }


def _outcome(judgement: Judgement, level: str) -> str:
    """What a judgement will come to, as far as one check alone can tell."""
    if judgement.findings:
        levels = [finding.level or level for finding in judgement.findings]
        return "failed" if "MUST" in levels else "warned"
    return "passed" if judgement.state == "judged" else judgement.state
