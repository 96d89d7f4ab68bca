"""The event stream of a run: what is expected of it, and what the checks report, written as it comes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance.runner.header import footer, header
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.checks.evidence import Judgement
    from conformance.client.redaction import Redactor
    from conformance.plan import Entry
    from conformance.runner.check_run import CheckRun
    from conformance.runner.session import Session


class Recorder:
    """The event stream of the process that controls the run; raises ConfigError where --out is unusable."""

    def __init__(self, session: Session, expected: Iterable[Entry]) -> None:
        from conformance.events.reader import EventWriter

        self.session = session
        out = session.settings.out
        try:
            out.mkdir(parents=True, exist_ok=True)
            self.path = out / "events.ndjson"
            self.path.unlink(missing_ok=True)
            self.writer = EventWriter(self.path)
        except OSError as error:
            raise ConfigError(f"--out {out}: cannot be written: {error.strerror}.") from None

        self.requests = dict.fromkeys(session.regions, 0)
        self.stopped: str | None = None
        self.writer.write(header(session, expected))
        for region, problem in session.problems.items():
            self.note("error", region, problem)
        self._lost = set(session.problems.values())  # reasons that the stream has already

    def take(self, reported: dict[str, Any]) -> None:
        """Write what a check reported, as `reported` made it."""
        for region, count in reported["requests"].items():
            self.requests[region] += count
        self.writer.write_lines(reported["lines"])

        lost = reported["lost"]
        if lost and lost not in self._lost and lost != self.stopped:
            self._lost.add(lost)
            self.note("error", reported["region"], lost)

    def note(self, level: str, region: str | None, message: str) -> None:
        """Write a notice."""
        self.writer.write(notice(level, region, message))

    def close(self) -> None:
        """Write how the run ended."""
        self.writer.write(footer(self.session, self.requests, self.stopped))
        self.writer.close()


def reported(check: CheckRun, redact: Redactor) -> dict[str, Any]:
    """What a check has to report, without any key, in a form that costs little to hand on.

    `lines` are its events as the stream has them; the rest says the same in short: `requests` that each
    region got, `region` of the check and why it was `lost`, what each requirement was `judged` to be.
    """
    from conformance.events.reader import encoded

    region, unrecorded = check.context.region, check.evidence.unrecorded
    requests = Counter({region: unrecorded} if unrecorded else {})
    for exchange in check.exchanges:
        requests[exchange.region] += exchange.attempts

    judgements = check.evidence.judgements
    events = [exchange.to_event(redact, check.name) for exchange in check.exchanges]
    events += [_judgement(check, name, at, found, redact) for (name, at), found in judgements.items()]
    levels = {name: check.context.contract.requirements[name].level for name, _ in judgements}

    return {
        "lines": b"".join(map(encoded, events)),
        "requests": dict(requests),
        "region": region,
        "lost": check.lost,
        "judged": [[name, _outcome(found, levels[name])] for (name, _), found in judgements.items()],
    }


def notice(level: str, region: str | None, message: str) -> dict[str, Any]:
    """An event that says something about the run."""
    return {"event": "notice", "level": level, "region": region, "message": message}


def _judgement(
    check: CheckRun, name: str, region: str | None, judgement: Judgement, redact: Redactor
) -> dict[str, Any]:
    return {
        "event": "judgement",
        "requirement": name,
        "operation": check.context.operation_id,
        "region": region,
        "check": check.name,
        "state": judgement.state,
        "reason": judgement.reason,
        "evidence": dict(judgement.evidence),
        "seconds": round(check.seconds, 4),
        "findings": [finding.to_event(redact) for finding in judgement.findings],
        "omitted": judgement.omitted,
    }


def _outcome(judgement: Judgement, level: str) -> str:
    """What a judgement will come to, as far as one check alone can say."""
    if judgement.findings:
        levels = [finding.level or level for finding in judgement.findings]
        return "failed" if "MUST" in levels else "warned"
    return "passed" if judgement.state == "judged" else judgement.state
