"""`conformance watch`: gentle runs on a schedule; only what changed is reported."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conformance.cli.durations import Duration
from conformance.cli.errors import CONTEXT, refuse, report
from conformance.cli.run_options import table_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.settings import Settings
    from conformance.verdict.report import Report
    from conformance.watch.loop import Round
    from conformance.watch.metrics import MetricsServer

SHARED = (
    *("target", "region", "spec", "overlay", "config", "profile", "only", "skip"),
    *("only_operation", "tag", "path", "workers", "rate", "timeout", "max_time", "max_requests"),
    *("latency_budget", "shared_keys", "shared_data", "history", "out"),
)
ENDING = (signal.SIGTERM, signal.SIGINT)
# Gentle where nobody says otherwise: a watch asks all day long.
GENTLE = {"profile": "smoke", "rate": "2", "max_requests": "1000", "history": "watch.sqlite"}


@click.command(context_settings=CONTEXT)
@click.option(
    "--every",
    type=Duration(1),
    default="15m",
    show_default=True,
    help="The time from one run to the next, jittered by a tenth.",
)
@click.option("--rounds", type=click.IntRange(1), metavar="N", help="End after so many runs.")
@click.option(
    "--notify",
    "receivers",
    metavar="URL|COMMAND",
    multiple=True,
    help="Who gets what changed, as JSON: a webhook (Slack shows its `text`) or a command; repeatable.",
)
@click.option(
    "--metrics",
    "port",
    type=click.IntRange(0, 65_535),
    metavar="PORT",
    help="Serve OpenMetrics on 127.0.0.1:PORT/metrics.",
)
@click.option(
    "--metrics-file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write OpenMetrics to a file after each run.",
)
@table_options(SHARED)
def watch(
    every: float,
    rounds: int | None,
    receivers: tuple[str, ...],
    port: int | None,
    metrics_file: Path | None,
    **flags: Any,
) -> None:
    """Run on a schedule, keep every run in one history, report what starts failing, recovers or is
    flaky.

    Where nothing else is given: --profile smoke, --rate 2, --max-requests 1000 and
    --history watch.sqlite. It goes on through outages and restarts until SIGTERM or Ctrl-C.
    """
    from conformance.watch.loop import Watch

    _must_be_usable(receivers, metrics_file)
    settings = _settings(flags)
    assert settings.history is not None  # GENTLE
    ways = Live(replace(settings, history=None), receivers, _served(port), metrics_file)
    with _ended_by_signals(ways.ended):
        Watch(settings.history, every, ways).keep_watch(rounds)


@dataclass
class Live:
    """The world as it is: the suite, the receivers, the clock."""

    settings: Settings
    receivers: tuple[str, ...]
    server: MetricsServer | None
    metrics_file: Path | None

    def __post_init__(self) -> None:
        self.ended = threading.Event()

    def run(self) -> tuple[Report, Path]:
        """Run the suite in a process of its own, each time with another seed."""
        from conformance.settings.table import random_seed
        from conformance.watch.rounds import run_once

        return run_once(replace(self.settings, seed=random_seed()))

    def tell(self, lines: list[str], latest: Round | None) -> bool:
        """Print what changed, and tell every receiver."""
        from conformance.watch.receivers import NotTaken, hand_over, message

        for line in latest.transitions if latest else ():
            click.echo(f"{time.strftime('%Y-%m-%d %H:%M:%S')}  {line.sentence}")
        taken = True
        for receiver in self.receivers:
            try:
                hand_over(receiver, message(lines, latest))
            except NotTaken as error:
                self.complain(f"{error}; it is told again after the next run")
                taken = False
        return taken

    def show(self, latest: Round) -> None:
        """Publish the figures."""
        from conformance.reports.registry import whole
        from conformance.watch.metrics import open_metrics

        text = open_metrics(latest.report)
        if self.server:
            self.server.text = text
        if self.metrics_file is None:
            return
        try:
            with whole(self.metrics_file) as target:
                target.write(text)
        except OSError as error:
            self.complain(f"{self.metrics_file} cannot be written: {error.strerror}")

    def complain(self, sentence: str) -> None:
        """One line on stderr."""
        report(sentence)

    def clock(self) -> float:
        """The monotonic one."""
        return time.monotonic()

    def wait(self, seconds: float) -> bool:
        """Wait, or end at a signal."""
        return self.ended.wait(seconds)


def _settings(flags: dict[str, Any]) -> Settings:
    from conformance.runner.preparation import prepared_session
    from conformance.settings import ConfigError, load
    from conformance.settings.sources import given_names

    try:
        given = given_names(flags)
        gentle = {name: value for name, value in GENTLE.items() if name not in given}
        settings = load({**flags, **gentle})
        prepared_session(settings)
    except ConfigError as error:
        refuse(str(error))
    try:
        settings.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        refuse(f"--out {settings.out}: cannot be written: {error.strerror}.")
    return replace(settings, baseline=None, gate="verdict", quiet=True)


def _must_be_usable(receivers: tuple[str, ...], metrics_file: Path | None) -> None:
    """Refuse receivers and a file of which the first run would show that they cannot be used."""
    from conformance.watch.receivers import can_be_told

    if not all(map(can_be_told, receivers)):
        # Not repeated: the path of a webhook is its password.
        refuse("--notify: expected an http(s) URL, or a command whose program can be run.")
    if metrics_file and not metrics_file.parent.is_dir():
        refuse(f"--metrics-file {metrics_file}: there is no directory {metrics_file.parent}.")


def _served(port: int | None) -> MetricsServer | None:
    from conformance.watch.metrics import MetricsServer

    if port is None:
        return None
    try:
        server = MetricsServer(port)
    except OSError as error:
        refuse(f"--metrics {port}: {error.strerror}.")
    report(f"OpenMetrics on http://127.0.0.1:{server.port}/metrics")
    return server


@contextmanager
def _ended_by_signals(ended: threading.Event) -> Iterator[None]:
    """SIGTERM and Ctrl-C end a watch after the run that is under way."""
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
