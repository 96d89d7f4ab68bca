"""One proof: a mock with one entry and the whole suite against it, each in its own process."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from multiprocessing.connection import Connection

    from conformance.mock import MockOptions
    from conformance.prove.entries import Entry
    from conformance.prove.record import Record


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of the suite's runs."""

    seed: int = 1
    profile: str = "standard"


def warm(options: Options) -> None:
    """Load the modules and generate the requests that every proof needs, before the first fork."""
    import importlib

    from conformance.checks.check_settings import CheckSettings
    from conformance.checks.context import Context
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
    asked = Settings(profile=options.profile)  # type: ignore[arg-type]
    for operation in contract.operations:
        for is_reduced in (bool, lambda: True):
            settings = CheckSettings.of(asked, unsafe=True, reduced=is_reduced)
            generated(Context(contract, operation, None, options.seed, settings))


def prove(entry: Entry, options: Options, answer: Connection) -> None:
    """The body of a child process: prove one entry and send its record through `answer`."""
    with _captured_output() as output:
        try:
            record = _proved(entry, options)
        except BaseException as error:  # noqa: BLE001 - the parent reports any error
            record = _failed(f"{type(error).__name__}: {error}; {_last_output(output)}")
    answer.send(record)
    answer.close()


def _proved(entry: Entry, options: Options) -> Record:
    from conformance.mock import MockOptions, keys
    from conformance.mock.fronts.programs import PROGRAMS, DidNotStart
    from conformance.prove.record import Record, record_of
    from conformance.verdict.conclude import conclude

    deployment = entry.deployment
    program = PROGRAMS[deployment.program] if deployment and deployment.program else None
    if program and not program.is_installed:
        return Record(entry.expected, skipped=f"{program.binary} is not installed")
    mock = MockOptions(faults=entry.faults, rows=deployment.rows if deployment else None)
    urls, child = _serve(mock)
    children = [child]
    if deployment and deployment.dead:
        urls = {**urls, "global": "http://127.0.0.1:9"}
    if deployment and deployment.front:
        url, front = _stand_before(deployment.front, urls["global"])
        urls, children = {**urls, "global": url}, [child, front]
    for name, key in keys(mock).items():
        os.environ[f"FORMANT_API_KEY_{name.upper()}"] = key
    try:
        with tempfile.TemporaryDirectory(prefix="conformance-prove-") as out:
            if program:
                folder = Path(out, "front")
                folder.mkdir(mode=0o777)
                url, front = program.start(folder, int(urls["global"].rpartition(":")[2]))
                urls, children = {**urls, "global": url}, [child, front]
            _suite(urls, options, out, _settings_of(entry))
            return record_of(conclude(Path(out) / "events.ndjson"))
    except DidNotStart as missing:
        return Record(entry.expected, skipped=str(missing))
    finally:
        for one in children:
            os.kill(one, signal.SIGKILL)
            os.waitpid(one, 0)


def _settings_of(entry: Entry) -> Mapping[str, object]:
    """What is asked of a server, beside the usual settings."""
    from conformance.prove.deployments import ONE_DOCUMENT, ORDERS

    if entry.deployment:
        return entry.deployment.settings
    if entry.writes:
        return ORDERS
    return {} if entry.whole else ONE_DOCUMENT


def _serve(mock: MockOptions) -> tuple[dict[str, str], int]:
    """Start the mock in a fork; its URLs and its process id.

    The sockets are bound before the fork, so that the suite need not wait for the mock.
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


def _stand_before(name: str, url: str) -> tuple[str, int]:
    """Start a front of a name before a server, in a fork; its URL and its process id."""
    from conformance.mock.fronts import FRONTS
    from conformance.mock.fronts.server import FrontServer

    server = FrontServer(FRONTS[name].make(), int(url.rpartition(":")[2]))
    child = os.fork()
    if child == 0:
        try:
            server.serve_forever()
        finally:
            os._exit(0)
    server.socket.close()
    return server.url, child


def _suite(urls: dict[str, str], options: Options, out: str, more: Mapping[str, object]) -> None:
    from conformance.runner.pytest_run import USAGE_ERROR, run_pytest
    from conformance.settings import Settings

    usual: dict[str, Any] = {
        "region": urls,
        "seed": options.seed,
        "profile": options.profile,
        "out": Path(out),
        "examples": Path("off"),
        "allow_unsafe_methods": True,  # the proof started the servers itself
    }
    settings = Settings(**(usual | dict(more)))
    if run_pytest(settings, events_only=True) == USAGE_ERROR:
        raise RuntimeError("the suite did not run")


def _failed(error: str) -> Record:
    from conformance.prove.record import Record

    return Record("unverified", error=error[:600])


@contextlib.contextmanager
def _captured_output() -> Iterator[IO[bytes]]:
    """Keep what the suite prints off the terminal, for the message of an error."""
    with tempfile.TemporaryFile() as sink:
        os.dup2(sink.fileno(), 1)
        os.dup2(sink.fileno(), 2)
        yield sink


def _last_output(sink: IO[bytes]) -> str:
    sink.seek(0)
    return sink.read().decode("utf-8", "replace")[-300:]
