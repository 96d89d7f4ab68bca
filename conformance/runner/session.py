"""A run: regions and their keys, the mock if it is asked for, preflight, and the event stream."""

from __future__ import annotations

import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from conformance import __version__
from conformance.client import RegionClient, Request
from conformance.client.secrets import Redactor, Secret
from conformance.contract import Contract, load_contract, pointer
from conformance.settings import ConfigError, Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.checks.context import Subject
    from conformance.contract.operation import Operation
    from conformance.laws.schemas import Schemas
    from conformance.mock.process import MockProcess

SAFE = ("GET", "HEAD", "OPTIONS")  # RFC 9110 9.2.1
LOOPBACK = ("127.0.0.1", "localhost", "::1")


# The command line makes sure of the settings before pytest does, with the same files.
_contract = lru_cache(maxsize=2)(load_contract)


class Unverified(Exception):
    """Nothing can be checked: a region is unreachable, or refuses the key."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What checks need to know of the settings."""

    profile: str
    walk: str
    cases: int
    latency_budget: float
    shared_keys: bool
    shared_data: bool
    unsafe: bool


@dataclass(frozen=True, slots=True)
class Process:
    """One of the processes that share a run under pytest-xdist."""

    urls: dict[str, str]  # of the regions, which the process in control has started
    name: str
    count: int  # how many there are


class Run:
    """Everything that the checks of one process share."""

    def __init__(self, settings: Settings, process: Process | None = None) -> None:
        self.settings = settings
        self.process = process
        self.contract: Contract = _contract(settings.spec, settings.overlay)
        self.selected = select(self.contract, settings)
        self.mock: MockProcess | None = None
        self.regions = process.urls if process else self._regions()
        self.secrets = self._secrets()
        self.redact = Redactor(list(self.secrets.values()))
        self.clients: dict[str, RegionClient] = {}
        self.started = time.monotonic()
        self.measured: dict[str, dict[str, Any]] = {}
        self._reported: str | None = None
        self._schemas: dict[str, Schemas] = {}

    @property
    def bundled(self) -> bool:
        """Whether the bundled mock is what is checked."""
        return self.settings.target == "mock" and not self.settings.region

    def _regions(self) -> dict[str, str]:
        if self.settings.region:
            return dict(self.settings.region)
        if self.settings.target == "live":
            return dict(self.contract.regions)
        return {"global": "", "india": ""}

    def _secrets(self) -> dict[str, Secret]:
        if self.bundled:
            from conformance.mock import MockOptions, keys

            found = keys(MockOptions(faults=self.settings.fault))
            return {name: Secret(_variable(name), found[name]) for name in self.regions}
        return {name: _from_environment(name) for name in self.regions}

    def open(self) -> None:
        """Start the mock, if it is asked for, and the clients."""
        if self.bundled and not all(self.regions.values()):
            from conformance.mock import MockOptions
            from conformance.mock.process import MockProcess

            self.mock = MockProcess(MockOptions(faults=self.settings.fault, seed=0))
            self.mock.__enter__()
            self.regions = dict(self.mock.urls)
        for name, url in self.regions.items():
            if name not in self.clients:
                self.clients[name] = RegionClient(
                    name,
                    url,
                    self.secrets,
                    self.redact,
                    timeout=self.settings.timeout,
                    workers=self.settings.workers,
                    rate=self.settings.rate,
                    process=self.process.name if self.process else "",
                    processes=self.process.count if self.process else 1,
                )

    def subject(self, operation: Operation | None, region: str | None) -> Subject:
        """What one check is handed; the schemas of an operation are compiled once for all of its checks."""
        from conformance.checks.context import Subject

        schemas = self._schemas_of(operation) if operation else None
        return Subject(self.contract, operation, region, self.settings.seed, self.selected, schemas)

    def _schemas_of(self, operation: Operation) -> Schemas:
        from conformance.laws.schemas import Schemas

        if operation.id not in self._schemas:
            self._schemas[operation.id] = Schemas(self.contract, operation)
        return self._schemas[operation.id]

    def now(self, subject: Subject) -> bool:
        """Note which operation is reported now, and whether it is another; answers of the last are let go."""
        previous, self._reported = self._reported, subject.operation_id
        if previous is not None and previous != self._reported:
            self._schemas.pop(previous, None)
            for client in self.clients.values():
                client.forget(previous)
        return previous != self._reported

    def close(self) -> None:
        """Stop what was started."""
        for client in self.clients.values():
            client.close()
        if self.mock:
            self.mock.__exit__(None, None, None)
            self.mock = None

    def unasked(self, operation: Operation) -> str | None:
        """Why an operation gets no requests; none if it gets them."""
        if operation.plain_path is None:
            return "its path needs a value that the document does not give"
        if operation.method not in SAFE and not self.conditions(self.regions).unsafe:
            return f"{operation.method} could change state; --allow-unsafe-methods lets it be asked"
        return None

    def conditions(self, regions: Iterable[str]) -> Conditions:
        """The conditions under which these regions are checked."""
        local = all(
            urlsplit(self.regions[name]).hostname in LOOPBACK or not self.regions[name] for name in regions
        )
        return Conditions(
            profile=self.settings.profile,
            walk=self.settings.walk,
            cases=self.settings.cases,
            latency_budget=self.settings.latency_budget,
            shared_keys=self.settings.shared_keys,
            shared_data=self.settings.shared_data,
            unsafe=local or self.settings.allow_unsafe_methods,
        )

    def preflight(self) -> None:
        """Ask every region one plain question; raises Unverified with one sentence."""
        plain = next(
            (one for one in self.contract.operations if one.plain_path and one.method == "GET"), None
        )
        path, operation = (plain.plain_path or "/", plain.id) if plain else ("/", "")
        with ThreadPoolExecutor(len(self.clients)) as pool:
            answers = list(
                pool.map(
                    lambda client: client.knock(Request("GET", path), operation),
                    self.clients.values(),
                )
            )
        for exchange in answers:
            url = self.regions[exchange.region]
            if exchange.response is None:
                raise Unverified(
                    f"region {exchange.region} ({url}) cannot be reached: {exchange.error}. "
                    "Nothing was checked."
                )
            if exchange.status in (401, 403) and plain:
                kind = pointer.get(exchange.json, self.contract.error_type or "/error/type")
                said = f" {kind}" if isinstance(kind, str) else ""
                raise Unverified(
                    self.redact(
                        f"region {exchange.region} ({url}) did not accept the key: {exchange.status}{said}. "
                        "Nothing was checked."
                    )
                )
            total = pointer.get(exchange.json, plain.pagination.total) if plain and plain.pagination else None
            self.measured[exchange.region] = {
                "latency_ms": round(exchange.seconds * 1000, 1),
                "rows": total if type(total) is int else None,
            }

    def header(self, expected: list[list[Any]]) -> dict[str, Any]:
        """The first event of the stream."""
        info = self.contract.document.get("info") or {}
        settings = self.settings
        config = settings.shown()
        return {
            "event": "header",
            "schema": 1,
            "suite": __version__,
            "run": uuid.uuid4().hex[:12],
            "started": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "seed": settings.seed,
            "profile": settings.profile,
            "strict": settings.strict,
            "document": {
                "title": str(info.get("title", "")),
                "version": str(info.get("version", "")),
                "path": _shown(self.contract.path),
                "overlay": _shown(self.contract.overlay) if self.contract.overlay else "",
            },
            "regions": {
                name: {"url": url, "key": self.secrets[name].variable, "latency_ms": None, "rows": None}
                | self.measured.get(name, {})
                for name, url in self.regions.items()
            },
            "config": config,
            "catalogue": [requirement.to_event() for requirement in self.contract.requirements.values()],
            "operations": [
                {
                    "id": one.id,
                    "method": one.method,
                    "path": one.path,
                    "line": one.line,
                    "traits": list(one.traits),
                }
                for one in self.contract.operations
            ],
            "expected": expected,
            "not_applicable": self._not_applicable(),
            "waivers": config["waivers"],
        }

    def _not_applicable(self) -> list[list[Any]]:
        found: list[list[Any]] = []
        for requirement in self.contract.requirements.values():
            if requirement.id not in self.selected or requirement.applies_to == "document":
                continue
            if requirement.applies_to == "parity" and len(self.regions) < 2:
                found += [
                    [requirement.id, one.id, None, "one region alone"] for one in self.contract.operations
                ]
            for one in self.contract.operations:
                reason = (
                    self.unasked(one)
                    if one.applies(requirement.applies_to)
                    else f"the operation has no trait {requirement.applies_to}"
                )
                places = [None] if requirement.applies_to == "parity" else self.regions
                found += [[requirement.id, one.id, name, reason] for name in places if reason]
        return found

    def notes(self) -> list[tuple[str, str]]:
        """What is to be said of each region: its name and a sentence."""
        return [
            (name, f"region {name} {note}") for name, client in self.clients.items() for note in client.notes
        ]

    def footer(self, requests: dict[str, int], stopped: str | None) -> dict[str, Any]:
        """The last event of the stream."""
        return {
            "event": "footer",
            "finished": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "duration_seconds": round(time.monotonic() - self.started, 3),
            "requests": requests,
            "stopped": stopped,
            "error": None,
        }


def _shown(path: Any) -> str:
    try:
        return str(path.resolve().relative_to(os.getcwd()))  # noqa: PTH109
    except ValueError:
        return f"{path.parent.name}/{path.name}"


def _variable(region: str) -> str:
    return f"FORMANT_API_KEY_{region.upper()}"


def _from_environment(region: str) -> Secret:
    for variable in (_variable(region), "FORMANT_API_KEY"):
        value = os.environ.get(variable, "").strip()
        if value:
            if not (value.isascii() and value.isprintable() and " " not in value):
                raise ConfigError(f"{variable} holds a space or a character that no header can carry.")
            return Secret(variable, value)
    raise ConfigError(
        f"{_variable(region)} is not set. Region {region} needs a key: "
        "set it, or FORMANT_API_KEY for all regions."
    )


def select(contract: Contract, settings: Settings) -> frozenset[str]:
    """The ids that --only and --skip leave; raises ConfigError for a pattern that matches none."""
    ids = list(contract.requirements)
    for option, patterns in (("--only", settings.only), ("--skip", settings.skip)):
        for pattern in patterns:
            if not any(fnmatchcase(one, pattern.upper()) for one in ids):
                raise ConfigError(
                    f"{option} {pattern}: no requirement of that id; `conformance requirements` lists them."
                )
    only, skip = ([p.upper() for p in part] for part in (settings.only, settings.skip))
    chosen = [one for one in ids if not only or any(fnmatchcase(one, p) for p in only)]
    return frozenset(one for one in chosen if not any(fnmatchcase(one, p) for p in skip))
