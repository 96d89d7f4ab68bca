"""The table of options: every setting of a run, once.

The flags of `conformance run` and of pytest, the CONFORMANCE_* variables, the keys of
conformance.toml and docs/configuration.md are all made from it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from conformance.settings.headers import HeaderField, Headers
from conformance.settings.kinds import (
    Choice,
    Duration,
    File,
    Integer,
    Many,
    Number,
    Strictness,
    Switch,
    Text,
)
from conformance.settings.option import ENVIRONMENT, FILE, FLAG, Option, option, rows_of
from conformance.settings.proxies import Proxies
from conformance.settings.regions import Regions
from conformance.settings.shards import Shard, Shards
from conformance.settings.stores import RedisStore, Stores
from conformance.settings.waivers import Waivers

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.events.model import Waiver

SERVERS = "Servers and documents"
SCOPE = "What is asked"
SENDING = "How it is asked"
REACHING = "How servers are reached"
JUDGING = "How it is judged"
OUTPUT = "Output"

CASES = {"smoke": 6, "standard": 100, "deep": 400}
DEEP = 0.01  # the sensitivity of the deep profile
LARGEST_SEED = 2**53 - 1  # what every reader of JSON keeps exact (RFC 8259 6)


def random_seed() -> int:
    """A seed short enough to be typed again."""
    return random.SystemRandom().randrange(1, 100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The effective configuration of a run. Keys of the API are no part of it."""

    target: Literal["mock", "live"] = option(
        "mock",
        Choice(("mock", "live")),
        "What to check: the bundled mock, or the servers that the document names.",
        group=SERVERS,
    )
    region: dict[str, str] = option(
        dict,
        Regions(),
        "A region and its base URL, in place of --target's.",
        group=SERVERS,
    )
    spec: tuple[Path, ...] = option(
        (),
        Many(File("an OpenAPI document")),
        "The OpenAPI document; several of one API are joined.",
        group=SERVERS,
        default_text="the bundled ones",
    )
    overlay: tuple[Path, ...] = option(
        (),
        Many(File("an OpenAPI overlay")),
        "An overlay of the documents; several are applied in order.",
        group=SERVERS,
        default_text="the bundled ones; none with --spec",
    )
    fault: tuple[str, ...] = option(
        (),
        Many(Text("the name of a fault", "NAME[@REGION]")),
        "A fault or a benign variant of the bundled mock.",
        group=SERVERS,
    )
    config: Path | None = option(
        None,
        File("a configuration file"),
        "The configuration file.",
        group=SERVERS,
        sources=(FLAG, ENVIRONMENT),
        asks=False,  # its values stand in the command themselves
        default_text="conformance.toml, where there is one",
    )

    profile: Literal["smoke", "standard", "deep"] = option(
        "standard", Choice(("smoke", "standard", "deep")), "How much to ask.", group=SCOPE
    )
    sensitivity: float | None = option(
        None,
        Number(0.001, 0.9, "RATE", "wrong answers in all"),
        "How rare a fault at random may be that each MUST is asked often enough to show, with 95 %.",
        group=SCOPE,
        default_text="0.01 for deep, else none",
    )
    walk: Literal["sample", "all"] = option(
        "sample",
        Choice(("sample", "all")),
        "How much of a long list to read: its head and tail, or all of it.",
        group=SCOPE,
    )
    only: tuple[str, ...] = option(
        (),
        Many(Text("a requirement's id or a glob", "ID")),
        "Only these requirements.",
        group=SCOPE,
    )
    skip: tuple[str, ...] = option(
        (),
        Many(Text("a requirement's id or a glob", "ID")),
        "All but these requirements.",
        group=SCOPE,
    )
    only_operation: tuple[str, ...] = option(
        (),
        Many(Text("an operationId or a glob", "OPERATION")),
        "Only these operations.",
        group=SCOPE,
    )
    tag: tuple[str, ...] = option(
        (),
        Many(Text("a tag of the document or a glob", "TAG")),
        "Only operations with one of these tags.",
        group=SCOPE,
    )
    path: tuple[str, ...] = option(
        (),
        Many(Text("a path of the document or a glob", "PATH")),
        "Only operations on these paths.",
        group=SCOPE,
    )
    shard: Shard | None = option(
        None,
        Shards(),
        "Only this part of the checks, of as many; `conformance merge` joins the parts.",
        group=SCOPE,
    )
    seed: int = option(
        random_seed,
        Integer(0, LARGEST_SEED),
        "The seed of everything that is generated.",
        group=SCOPE,
        default_text="random, and reported",
    )
    hooks: Path | None = option(
        None,
        File("a Python file"),
        "Hooks of Schemathesis: loaded before requests are generated.",
        group=SCOPE,
    )
    examples: Path | RedisStore | None = option(
        None,
        Stores(),
        "Where failing requests are kept, to be asked first in the next run: a directory, or a Redis "
        "that several machines share; `off` keeps none.",
        group=SCOPE,
        asks=False,
        default_text="the user's cache; off for the bundled mock",
    )
    allow_unsafe_methods: bool = option(
        False,
        Switch(),
        "Send methods that could change state (POST, PUT, PATCH, DELETE) to servers that the run did not "
        "start itself.",
        group=SCOPE,
    )

    workers: int = option(
        6,
        Integer(1, 64),
        "Requests in flight for each region; with -- -n, of each process.",
        group=SENDING,
        asks=False,
    )
    rate: float | None = option(
        None,
        Number(0.1, 10_000, "PER-SECOND", "requests a second"),
        "The most requests a second for each region.",
        group=SENDING,
        asks=False,
        default_text="no limit",
    )
    timeout: float = option(
        10.0,
        Number(0.1, 600),
        "How long an exchange may take, from connecting to the last byte.",
        group=SENDING,
    )
    max_time: float | None = option(
        None,
        Number(1, 86_400),
        "How long each region may be asked; what is not asked by then is inconclusive.",
        group=SENDING,
        default_text="no limit",
    )
    max_requests: int | None = option(
        None,
        Integer(1, 1_000_000_000),
        "How many requests each region may be sent; what is not asked by then is inconclusive.",
        group=SENDING,
        default_text="no limit",
    )
    max_body: int = option(
        64_000_000,
        Integer(1_000, 1_000_000_000, "BYTES"),
        "How much of a body is read, as sent and as decoded; a longer one is cut and reported.",
        group=SENDING,
    )

    wait_for: float = option(
        0.0,
        Duration(),
        "How long to wait until every region answers, before anything is checked.",
        group=SENDING,
        asks=False,
        default_text="not at all",
    )

    header: tuple[HeaderField, ...] = option(
        (),
        Many(Headers()),
        "A header field that every request gets; its value may be a variable, as in X-Key:$GATEWAY_KEY.",
        group=REACHING,
        short="-H",
    )
    proxy: str | None = option(
        None,
        Proxies(),
        "An HTTP proxy for every region; its credentials stand in HTTPS_PROXY or HTTP_PROXY.",
        group=REACHING,
        default_text="HTTPS_PROXY, HTTP_PROXY, NO_PROXY",
    )
    ca_bundle: Path | None = option(
        None,
        File("a file of certificates", "FILE.pem"),
        "The authorities whose certificates are trusted.",
        group=REACHING,
        default_text="SSL_CERT_FILE, REQUESTS_CA_BUNDLE, or the system's",
    )
    client_cert: Path | None = option(
        None,
        File("a file with a certificate", "FILE.pem"),
        "The certificate that the client shows, with its key unless --client-key has that.",
        group=REACHING,
    )
    client_key: Path | None = option(
        None,
        File("a file with a key", "FILE.pem"),
        "The key of --client-cert.",
        group=REACHING,
    )
    insecure: bool = option(
        False,
        Switch(),
        "Verify no certificate; every report says so.",
        group=REACHING,
    )
    identify: bool = option(
        True,
        Switch(),
        "Name suite and run in User-Agent, each request in X-Request-ID; --no-identify neither.",
        group=REACHING,
        asks=False,
    )

    strict: bool = option(False, Switch(), "A broken SHOULD fails the run too.", group=JUDGING)
    require_exercised: bool = option(
        False,
        Switch(),
        "A MUST that the data cannot exercise leaves the run unverified.",
        group=JUDGING,
    )
    latency_budget: float = option(
        5.0, Number(0.001, 600), "How long an answer may take (SCH-09).", group=JUDGING
    )
    edge: Literal["strict", "lenient"] = option(
        "lenient",
        Strictness(),
        "Whether what stands before the API (firewall, gateway) is held to the document too.",
        group=JUDGING,
    )
    unanswered_budget: float = option(
        1.0,
        Number(0, 100, "PERCENT", "percent"),
        "How many requests in a hundred may get no answer until they are sent again (ROB-06).",
        group=JUDGING,
    )
    shared_keys: bool = option(
        False,
        Switch(),
        "One key is meant to be accepted by every region (PAR-06 is not judged).",
        group=JUDGING,
    )
    shared_data: bool = option(
        False,
        Switch(),
        "Regions are meant to serve the same rows (PAR-07 is not judged).",
        group=JUDGING,
    )
    baseline: Path | None = option(
        None,
        File("a report.json or a baseline file", "FILE"),
        "An earlier report (.json) or a file of known failures (.toml) to compare with.",
        group=JUDGING,
        asks=False,
    )
    history: Path | None = option(
        None,
        File("a file of SQLite", "FILE.sqlite"),
        "Append the run to a history, which `conformance history` shows.",
        group=OUTPUT,
        asks=False,
    )
    gate: Literal["verdict", "new"] = option(
        "verdict",
        Choice(("verdict", "new")),
        "What decides the exit code: the verdict, or only what --baseline does not have.",
        group=JUDGING,
        asks=False,
    )
    waivers: tuple[Waiver, ...] = option(
        (), Waivers(), "Expected failures, each until a day.", group=JUDGING, sources=(FILE,)
    )

    out: Path = option(
        Path("reports"),
        File("a directory", "DIR"),
        "Where the reports go.",
        group=OUTPUT,
        asks=False,
    )
    quiet: bool = option(
        False,
        Switch(),
        "Print failures and the verdict only.",
        group=OUTPUT,
        asks=False,
        short="-q",
        pytest_flag="--conformance-quiet",
    )
    verbose: bool = option(
        False,
        Switch(),
        "Print the exchanges behind the findings too.",
        group=OUTPUT,
        asks=False,
        short="-v",
        pytest_flag="--conformance-verbose",
    )

    @property
    def rarest(self) -> float | None:
        """How rare a fault at random each MUST is to show; None: however rare."""
        return self.sensitivity or (DEEP if self.profile == "deep" else None)

    @property
    def cases(self) -> int:
        """How many requests are generated for an operation and a region."""
        return CASES[self.profile]

    def shown(self, text: Callable[[Any], str] = str) -> dict[str, Any]:
        """The settings as JSON has them; `text` writes what JSON has no form for."""
        from msgspec import to_builtins

        values = {option.name: getattr(self, option.name) for option in OPTIONS.values()}
        # Dataclasses would be written field by field, a secret value among them.
        values["header"] = [text(field) for field in self.header]
        if isinstance(self.examples, RedisStore):
            values["examples"] = text(self.examples)
        shown: dict[str, Any] = to_builtins(values, enc_hook=str)
        return shown


OPTIONS: dict[str, Option] = rows_of(Settings)
