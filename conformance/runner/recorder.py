"""The event stream of a run: what is expected of it, and what the checks report, written as it
comes.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from msgspec import UNSET, Struct, UnsetType

from conformance.events.messages import Notice
from conformance.events.writer import EventWriter, encoded
from conformance.runner.exchange_log import ExchangeLog
from conformance.runner.header import footer, header
from conformance.runner.records import judgement_record
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conformance.checks.evidence import Judgement
    from conformance.client.redaction import Redactor
    from conformance.events import messages
    from conformance.events.messages import NoticeKind, NoticeLevel
    from conformance.events.model import Level
    from conformance.plan import Entry
    from conformance.runner.check_run import CheckRun
    from conformance.runner.claim import Claim
    from conformance.runner.part_file import PartFile
    from conformance.runner.session import Session


class Reported(Struct, frozen=True):
    """What a check has to report, without any key, in a form that costs little to hand on.

    `lines` are its events as the stream has them, less what is written already; the rest says the
    same in short: `requests` that each region got, and of these how many left no record, `region`
    of the check and why it was `lost`, what each requirement was `judged` to be.
    """

    lines: bytes
    requests: dict[str, int]
    unrecorded: dict[str, int]
    region: str | None
    lost: str | None
    judged: list[tuple[str, str]]


class Recorder:
    """The event stream of the process that controls the run; raises ConfigError where --out is
    unusable.

    `log` records the exchanges of this process, `parts` are the files of others by the name of the worker.
    """

    def __init__(
        self,
        session: Session,
        expected: Iterable[Entry],
        parts: Mapping[str, PartFile] | None = None,
    ) -> None:
        self.session = session
        self.path = session.settings.out / "events.ndjson"
        with usable(session.claim):
            self.path.unlink(missing_ok=True)
            self.writer = EventWriter(self.path, self._lost_stream)

        self.log = ExchangeLog(session.redact, self.writer)
        self.parts = {} if parts is None else parts
        self.stopped: str | None = None
        self._elsewhere: Counter[str] = (
            Counter()
        )  # requests of other processes that no part file has

        self.writer.write(header(session, expected))
        if session.settings.insecure:
            self.note("warning", None, "no certificate of a server was verified (--insecure)")
        for region, problem in session.problems.items():
            self.note("error", region, problem)
        self._lost = set(session.problems.values())  # reasons that the stream has already

    @property
    def trouble(self) -> str | None:
        """Why the stream is not whole, if so, in a sentence."""
        problem = self.writer.problem
        return f"{self.path}: {problem}. Nothing was verified." if problem else None

    def _lost_stream(self) -> None:
        """Ask nothing further: no verdict could come of it."""
        self.session.stop.set(f"the event stream cannot be written: {self.writer.problem}")

    @property
    def requests(self) -> dict[str, int]:
        """How many requests each region got up to now."""
        counts = Counter(dict.fromkeys(self.session.regions, 0))
        counts.update(self.log.requests)
        counts.update(self._elsewhere)
        for part in self.parts.values():
            counts.update(part.requests)
        return dict(counts)

    def take(self, reported: Reported, worker: str | None = None) -> None:
        """Write what a check reported, in this process or in a worker of pytest-xdist."""
        part = self.parts.get(worker) if worker else None
        if part:
            self._elsewhere.update(reported.unrecorded)
            self.writer.write_lines(part.new_lines())
        elif worker:
            self._elsewhere.update(reported.requests)
        self.writer.write_lines(reported.lines)

        lost = reported.lost
        if lost and lost not in self._lost and lost != self.stopped:
            self._lost.add(lost)
            self.note("error", reported.region, lost)

    def note(
        self,
        level: NoticeLevel,
        region: str | None,
        message: str,
        kind: NoticeKind | UnsetType = UNSET,
    ) -> None:
        """Write a notice."""
        self.writer.write(Notice(level=level, region=region, message=message, kind=kind))

    def close(self) -> None:
        """Write what other processes asked and never reported, and how the run ended."""
        self.log.close()
        for part in self.parts.values():
            self.writer.write_lines(part.new_lines())
            part.remove()
        self.writer.write(footer(self.session, self.requests, self.stopped))
        self.writer.close()


@contextmanager
def usable(claim: Claim) -> Iterator[None]:
    """Make the directory that a run writes into, claim it, and write there; raises ConfigError
    where that cannot be.
    """
    out = claim.out
    try:
        out.mkdir(parents=True, exist_ok=True)
        claim.take()
        with TemporaryFile(dir=out):
            yield
    except OSError as error:
        raise ConfigError(f"--out {out}: cannot be written: {error.strerror}.") from None


def reported(check: CheckRun, log: ExchangeLog, redact: Redactor) -> Reported:
    """What a check that ended has to report."""
    sent = log.take(check.name)
    judgements = check.evidence.judgements
    levels = {name: check.context.contract.requirements[name].level for name, _ in judgements}
    return Reported(
        lines=sent.lines + b"".join(encoded(event) for event in _judged(check, redact)),
        requests=sent.requests,
        unrecorded=sent.unrecorded,
        region=check.context.region,
        lost=check.lost,
        judged=[
            (name, _outcome(judgement, levels[name])) for (name, _), judgement in judgements.items()
        ],
    )


def _judged(check: CheckRun, redact: Redactor) -> Iterator[messages.Judgement]:
    for (name, region), judgement in check.evidence.judgements.items():
        key = name, check.context.operation_id, region
        yield judgement_record(judgement, key, check.name, check.seconds, redact)


def _outcome(judgement: Judgement, level: Level) -> str:
    """What a judgement will come to, as far as one check alone can say."""
    if judgement.findings:
        return "failed" if level == "MUST" else "warned"
    if judgement.state != "judged":
        return judgement.state
    return "unexercised" if judgement.unexercised else "passed"
