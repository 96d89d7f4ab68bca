"""The event stream of a run: what is expected of it, and what the checks report, written as it comes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

from conformance.events.messages import Notice
from conformance.events.writer import EventWriter, encoded
from conformance.runner.header import footer, header
from conformance.runner.records import exchange_record, judgement_record
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from conformance.checks.evidence import Judgement
    from conformance.client.redaction import Redactor
    from conformance.events.messages import Event, NoticeLevel
    from conformance.events.model import Level
    from conformance.plan import Entry
    from conformance.runner.check_run import CheckRun
    from conformance.runner.session import Session


class Reported(Struct, frozen=True):
    """What a check has to report, without any key, in a form that costs little to hand on.

    `lines` are its events as the stream has them; the rest says the same in short: `requests` that each
    region got, `region` of the check and why it was `lost`, what each requirement was `judged` to be.
    """

    lines: bytes
    requests: dict[str, int]
    region: str | None
    lost: str | None
    judged: list[tuple[str, str]]


class Recorder:
    """The event stream of the process that controls the run; raises ConfigError where --out is unusable."""

    def __init__(self, session: Session, expected: Iterable[Entry]) -> None:
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

    def take(self, reported: Reported) -> None:
        """Write what a check reported, as `reported` made it."""
        for region, count in reported.requests.items():
            self.requests[region] += count
        self.writer.write_lines(reported.lines)

        lost = reported.lost
        if lost and lost not in self._lost and lost != self.stopped:
            self._lost.add(lost)
            self.note("error", reported.region, lost)

    def note(self, level: NoticeLevel, region: str | None, message: str) -> None:
        """Write a notice."""
        self.writer.write(Notice(level=level, region=region, message=message))

    def close(self) -> None:
        """Write how the run ended."""
        self.writer.write(footer(self.session, self.requests, self.stopped))
        self.writer.close()


def reported(check: CheckRun, redact: Redactor) -> Reported:
    """What a check has to report."""
    region, unrecorded = check.context.region, check.evidence.unrecorded
    requests: Counter[str] = Counter()
    if region and unrecorded:
        requests[region] = unrecorded
    for exchange in check.exchanges:
        requests[exchange.region] += exchange.attempts

    judgements = check.evidence.judgements
    levels = {name: check.context.contract.requirements[name].level for name, _ in judgements}
    return Reported(
        lines=b"".join(encoded(event) for event in _events(check, redact)),
        requests=dict(requests),
        region=region,
        lost=check.lost,
        judged=[(name, _outcome(judgement, levels[name])) for (name, _), judgement in judgements.items()],
    )


def _events(check: CheckRun, redact: Redactor) -> Iterator[Event]:
    for exchange in check.exchanges:
        yield exchange_record(exchange, redact, check.name)
    for (name, region), judgement in check.evidence.judgements.items():
        key = name, check.context.operation_id, region
        yield judgement_record(judgement, key, check.name, check.seconds, redact)


def _outcome(judgement: Judgement, level: Level) -> str:
    """What a judgement will come to, as far as one check alone can say."""
    if judgement.findings:
        levels = [finding.level or level for finding in judgement.findings]
        return "failed" if "MUST" in levels else "warned"
    return "passed" if judgement.state == "judged" else judgement.state
