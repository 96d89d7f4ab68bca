"""One proof: a mock that wears an entry and the whole suite against it, in processes of
their own.
"""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from conformance.mock import MockOptions
    from conformance.prove.entries import Entry
    from conformance.prove.record import Record


@dataclass(frozen=True, slots=True)
class Options:
    """How the suite is run: its seed and its profile."""

    seed: int = 1
    profile: str = "standard"


def warm(options: Options) -> None:
    """Load what every proof needs, and generate its requests: a fork begins with all of it."""
    import importlib

    from conformance.checks.context import CheckSettings, Context
    from conformance.checks.generated import generated
    from conformance.contract import load_contract
    from conformance.settings import Settings

    checks = Path(__file__).parent.parent / "checks"
    for module in (
        "openapi_spec_validator",
        "conformance.pytest_plugin.plugin",
        "conformance.runner.preparation",
        "conformance.runner.pytest_run",
        "conformance.runner.scheduler",
        "conformance.mock.server",
        "conformance.verdict.conclude",
        "conformance.reports.ending",
        *(f"conformance.checks.{path.stem}" for path in sorted(checks.glob("test_*.py"))),
    ):
        importlib.import_module(module)
    contract = load_contract()
    settings = CheckSettings.of(Settings(profile=options.profile), unsafe=True)  # type: ignore[arg-type]
    for operation in contract.operations:
        generated(Context(contract, operation, None, options.seed, settings), settings.cases)


def prove(entry: Entry, options: Options, answer: Connection) -> None:
    """The body of a child process: send the record of one entry."""
    with _silence() as said:
        try:
            record = _proved(entry, options)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the parent must hear of it
            record = _failed(f"{type(error).__name__}: {error}; {_last_words(said)}")
    answer.send(record)
    answer.close()


def _proved(entry: Entry, options: Options) -> Record:
    from conformance.mock import MockOptions, keys
    from conformance.prove.record import record_of
    from conformance.verdict.conclude import conclude

    mock = MockOptions(faults=entry.faults)
    urls, child = _serve(mock)
    for name, key in keys(mock).items():
        os.environ[f"FORMANT_API_KEY_{name.upper()}"] = key
    try:
        with tempfile.TemporaryDirectory(prefix="conformance-prove-") as out:
            _suite(urls, options, out)
            return record_of(conclude(Path(out) / "events.ndjson"))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _serve(mock: MockOptions) -> tuple[dict[str, str], int]:
    """The mock in a fork of this process: bound before it forks, so that nobody need wait
    for it.
    """
    from conformance.mock.server import MockServer

    server = MockServer(mock)
    child = os.fork()
    if child == 0:
        try:
            server.run(lambda urls: None)
        finally:
            os._exit(0)
    for bound, _ in server.sockets.values():
        bound.close()
    return server.urls, child


def _suite(urls: dict[str, str], options: Options, out: str) -> None:
    from conformance.runner.pytest_run import USAGE_ERROR, run_pytest
    from conformance.settings import Settings

    settings = Settings(
        region=urls,
        seed=options.seed,
        profile=options.profile,  # type: ignore[arg-type]  # one of the profiles, by click
        out=Path(out),
        allow_unsafe_methods=True,  # the servers are the proof's own
    )
    if run_pytest(settings, events_only=True) == USAGE_ERROR:
        raise RuntimeError("the suite did not run")


def _failed(error: str) -> Record:
    from conformance.prove.record import Record

    return Record("unverified", error=error[:600])


@contextlib.contextmanager
def _silence() -> Iterator[IO[bytes]]:
    """What the suite prints is not the proof's; it is kept for when something fails."""
    with tempfile.TemporaryFile() as sink:
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
        yield sink


def _last_words(sink: IO[bytes]) -> str:
    sink.seek(0)
    return sink.read().decode("utf-8", "replace")[-300:]
