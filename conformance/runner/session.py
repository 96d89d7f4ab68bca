"""A run: its contract and plan, its servers and clients, and the checks that are made of them."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from conformance.client import RegionClient
from conformance.client.redaction import Redactor
from conformance.client.room import Room
from conformance.client.stop import StopSignal
from conformance.contract import load_contract
from conformance.events.writer import EventWriter
from conformance.runner.claim import Claim
from conformance.runner.cleanup import FINISHED, STOPPED, Cleanup
from conformance.runner.exchange_log import ExchangeLog
from conformance.runner.forecast import further
from conformance.runner.generator import Generator
from conformance.runner.kept import KeptExamples, secrets_of
from conformance.runner.keys import KeySource, must_show_certificates, with_keys
from conformance.runner.learned import Learned
from conformance.runner.machine import affordable
from conformance.runner.preflight import RegionState, preflight
from conformance.runner.reach import Reaching
from conformance.runner.requests_planned import RequestsPlanned
from conformance.runner.selected import (
    examples_store,
    judged_by,
    must_leave_the_key_alone,
    plan_of,
    servers_of,
)
from conformance.runner.waiting import awaited

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.checks.context import Context
    from conformance.checks.rows_seen import RowsSeen
    from conformance.client import Exchange, Request
    from conformance.client.credentials import Secret
    from conformance.contract.operation import Operation
    from conformance.laws.schemas import Schemas
    from conformance.reports.terminal.progress import Gauge
    from conformance.runner.check_run import CheckRun
    from conformance.runner.part import Share
    from conformance.settings import Settings

# The command line makes sure of the settings before pytest does, with the same files.
_contract = lru_cache(maxsize=2)(load_contract)


@dataclass(frozen=True, slots=True)
class CheckRecording:
    """Records what one check asks in the log of its session, which has none to the disk before the
    run.
    """

    session: Session
    check: str

    def record(self, exchange: Exchange) -> None:
        """Record an exchange."""
        self.session.log.record(exchange, self.check)

    def count(self, exchange: Exchange) -> None:
        """Count an exchange without recording it."""
        self.session.log.count(exchange, self.check)


class Session:
    """What the checks of one process share.

    Raises ConfigError for settings that cannot be used, ContractError for files that cannot.
    """

    def __init__(self, settings: Settings, share: Share | None = None) -> None:
        self.settings = settings
        self.share = share
        self.contract = judged_by(_contract(settings.spec, settings.overlay), settings)
        self.servers = servers_of(settings, self.contract, share.urls if share else None)
        if not self.servers.own:
            self.contract = with_keys(
                self.contract, self.servers.regions, certificate=settings.client_cert is not None
            )
        self.claim = Claim(settings.out)
        self.plan = plan_of(settings, self.contract, self.servers.regions, unsafe=self.unsafe)
        self.secrets = self._secrets()
        self.run = share.run if share else uuid.uuid4().hex[:12]
        must_leave_the_key_alone(settings, self.contract)
        self._reaching = Reaching(settings, self.run)
        keys = dict.fromkeys(key for secret in self.secrets.values() for key in secret.all)
        self.redact = Redactor([*keys, *self._reaching.secrets, *secrets_of(settings.examples)])
        self._part = EventWriter(share.part, self._lost_part) if share and share.part else None
        self.log = ExchangeLog(self.redact, self._part)
        self.regions: dict[str, str] = dict.fromkeys(self.servers.regions, "")
        self.states: dict[str, RegionState] = {}
        self.clients: dict[str, RegionClient] = {}
        self.started = time.monotonic()
        self._waits: tuple[str, ...] = ()  # what the run waits for before it begins
        self.stop = StopSignal()  # ends every wait of the run
        ends = self.started + settings.max_time if settings.max_time else None
        self._generator = Generator(self.stop, ends)
        self._room = Room(settings.max_body)
        self._learned = Learned(self.contract, self.clients)
        self.cleanup = Cleanup(self.contract)
        self._remaining: list[
            tuple[str, str]
        ] = []  # what the run created and could not delete, in sentences
        self._schemas: dict[str, Schemas] = {}
        self._unsettled: dict[str, Counter[str | None]] = {}
        self.kept = KeptExamples(examples_store(settings), self.redact)
        self._rows_seen: dict[str, RowsSeen] = {}
        regions = tuple(self.servers.regions)
        self.planned = RequestsPlanned(settings, regions, self._further(), share)

    def _secrets(self) -> dict[str, Secret]:
        """The keys of what is asked, and of what gives values to that; raises ConfigError."""
        asked = [one for one in self.contract.operations if one.id not in self.plan.unasked]
        needed = {name for one in asked for name in one.feeds.values()}
        needed |= {one.item.path for one in asked if one.item}
        others = [one for one in self.contract.operations if {one.id, one.path} & needed]
        operations = [*asked, *others] or self.contract.operations
        if not asked:
            must_show_certificates(self.contract.operations)
        return dict(self.servers.secrets(KeySource.of(self.contract.keys, operations)))

    def _lost_part(self) -> None:
        """Ask nothing further: what is asked leaves no record."""
        problem = self._part.problem if self._part else ""
        self.stop.set(f"the exchanges of a process cannot be written: {problem}")

    def _further(self) -> frozenset[str]:
        """The operations of which the front is asked in brief."""
        if self.settings.profile != "standard":
            return frozenset()
        return further(one for one in self.contract.operations if self.plan.judged_on(one.id))

    @property
    def unsafe(self) -> bool:
        """Whether methods that could change state may be sent: to no server but the run's own,
        unasked.
        """
        return self.servers.own or self.settings.allow_unsafe_methods

    def gauge(self) -> Gauge:
        """How many requests this process sent, and which regions it waits for, and why."""
        from conformance.reports.terminal.progress import Gauge

        clients = list(self.clients.values())
        waits = [
            f"{client.name}: rate limited, next request in {client.throttle.backing_off:.0f} s"
            for client in clients
            if client.throttle.backing_off >= 1
        ]
        return Gauge(sum(client.requests for client in clients), (*self._waits, *waits))

    def open(self) -> None:
        """Start the servers that are the run's own, and ask every region one plain question."""
        if self.clients:
            return

        self.regions = dict(self.servers.start())
        if self.share:
            self._connect()
            problems = dict(self.share.problems)
        else:
            self.states = dict(
                awaited(
                    self._first_answers, self.settings.wait_for, self.stop.wait, waiting=self._wait
                )
            )
            self._waits = ()
            problems = self.problems
        for name, problem in problems.items():
            self.clients[name].stop(problem)

    def _connect(self) -> None:
        """A new client of each region; senders hold this very mapping since before there were any."""
        for client in self.clients.values():
            client.close()
        self.clients.update((name, self._client(name, url)) for name, url in self.regions.items())

    def _first_answers(self) -> dict[str, RegionState]:
        """What each region answers to a client that knows nothing of it."""
        self._connect()
        return preflight(self.contract, self.clients, self.plan.unasked)

    def _wait(self, states: Mapping[str, RegionState], left: float) -> None:
        """Note, for whoever watches, what is waited for."""
        problems = [self.redact(state.problem) for state in states.values() if state.problem]
        self._waits = (f"waiting {left:.0f} s more: {'; '.join(problems)}",)

    @property
    def problems(self) -> dict[str, str]:
        """Why a region is asked nothing further, by region, in words that hold no key."""
        waited = f" (waited {self.settings.wait_for:g} s)" if self.settings.wait_for else ""
        return {
            name: self.redact(state.problem) + ("" if state.final else waited)
            for name, state in self.states.items()
            if state.problem
        }

    def _client(self, name: str, url: str, stop: StopSignal | None = None) -> RegionClient:
        return RegionClient(
            name,
            url,
            self.secrets,
            self.redact,
            timeout=self.settings.timeout,
            max_body=self.settings.max_body,
            max_requests=self.planned.most(name),
            max_time=self.settings.max_time,
            workers=affordable(self.settings.workers, len(self.regions)),
            rate=self.settings.rate,
            process=self.share.worker if self.share else "",
            processes=self.share.count if self.share else 1,
            stop=stop or self.stop,
            retry_at=self.contract.rate_limits.retry_at if self.contract.rate_limits else None,
            on_limit=partial(self.planned.limited, name),
            planned=lambda: self.planned.extent.requests(name),
            reach=self._reaching.of(url, own=self.servers.own),
            room=self._room,
            effects=self.cleanup,
        )

    def check_run(
        self,
        name: str,
        function: Callable[..., None],
        requirements: tuple[str, ...],
        operation: str | None,
        region: str | None,
    ) -> CheckRun:
        """A check at one place of the plan; without an operation it judges the document."""
        from conformance.checks.check_settings import CheckSettings
        from conformance.checks.context import Context, Sender
        from conformance.checks.evidence import Evidence
        from conformance.checks.rows_seen import RowsSeen
        from conformance.runner.check_run import CheckRun

        checked = self._operation(operation) if operation else None
        self.planned.extent.begin(name)
        context = Context(
            self.contract,
            checked,
            region,
            self.settings.seed,
            CheckSettings.of(
                self.settings,
                unsafe=self.unsafe,
                reduced=lambda: self.planned.extent.is_reduced(name),
            ),
            self._schemas_of(checked) if checked else None,
            self._learned.of,
            self._generator.draw,
        )
        recording = CheckRecording(self, name)
        # What does not apply to the operation is neither judged in passing nor found lacking.
        judged = self.plan.judged_on(context.operation_id)
        evidence = Evidence(context, judged)
        unsettled = self._unsettled.setdefault(context.operation_id, Counter())
        rows_seen = self._rows_seen.setdefault(context.operation_id, RowsSeen())
        sender = Sender(
            context,
            self.clients,
            evidence.observe,
            evidence.observe_streamed,
            recording,
            unsettled,
            rows_seen,
            partial(self._kept_of, context),
        )
        own = tuple(requirement for requirement in requirements if requirement in judged)
        return CheckRun(name, function, own, context, sender, evidence, self._learned.renew)

    def _kept_of(self, context: Context) -> list[Request]:
        if context.region is None:
            return []
        return self.kept.requests(context, self.clients[context.region].base)

    def keep_failing(self, check: CheckRun) -> None:
        """Keep the requests that a check's findings rest on first, for the next run."""
        region = check.context.region
        if region in self.clients and check.context.checked:
            requests = [found.exchanges[0].request for found in check.findings if found.exchanges]
            self.kept.keep(check.context, self.clients[region].base, requests)

    def _operation(self, name: str) -> Operation:
        return next(operation for operation in self.contract.operations if operation.id == name)

    def _schemas_of(self, operation: Operation) -> Schemas:
        from conformance.laws.schemas import Schemas

        if operation.id not in self._schemas:
            self._schemas[operation.id] = Schemas(self.contract, operation)
        return self._schemas[operation.id]

    def release(self, operation: str) -> None:
        """Drop the answers and schemas of an operation whose checks have all been reported."""
        if operation in self._schemas:
            self._schemas.pop(operation).release()
        for client in self.clients.values():
            client.release(operation)

    def notes(self) -> list[tuple[str, str]]:
        """What the clients have to say of each region: its name and a sentence."""
        return [
            (name, f"region {name} {note}")
            for name, client in self.clients.items()
            for note in client.notes
        ] + self._remaining

    def close(self) -> None:
        """Stop every client, delete what the run created, and stop the servers that are its own."""
        self._generator.close()
        for client in self.clients.values():
            client.close()
        self.cleanup.settle(self.settings.timeout)
        self._remaining += self.cleanup.run(
            lambda name: self._client(name, self.regions[name], StopSignal()),
            STOPPED if self.stop.reason else FINISHED,
        )
        if self._part:
            self.log.close()
            self._part.close()
        self.servers.stop()
