"""The pytest plugin: options, what tests run on, and from their judgements to the verdict."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from conformance.engine import Engine
    from conformance.run import Run
    from conformance.subject import Subject

OPTIONS: dict[str, dict[str, Any]] = {
    "target": {"choices": ["mock", "live"], "help": "what to check; default: the bundled mock"},
    "region": {"action": "append", "metavar": "NAME=URL", "help": "a region's base URL (repeatable)"},
    "spec": {"help": "another OpenAPI document"},
    "overlay": {"help": "another overlay"},
    "profile": {"choices": ["smoke", "standard", "deep"], "help": "how much to ask"},
    "only": {"action": "append", "metavar": "ID", "help": "only these requirements (glob, repeatable)"},
    "skip": {"action": "append", "metavar": "ID", "help": "without these requirements (glob, repeatable)"},
    "out": {"help": "where reports go"},
    "config": {"help": "configuration file; default conformance.toml"},
    "seed": {"type": int, "help": "seed of everything generated"},
    "walk": {"choices": ["sample", "all"], "help": "whether long lists are walked whole"},
    "workers": {"type": int, "help": "requests in flight for each region"},
    "rate": {"type": float, "help": "most requests a second for each region"},
    "timeout": {"type": float, "help": "seconds to wait for an answer"},
    "allow-unsafe-methods": {
        "action": "store_true",
        "help": "probe methods that could change state on live hosts",
    },
    "baseline": {"help": "an earlier report.json to compare with"},
    "gate": {"choices": ["verdict", "new"], "help": "new: with --baseline, fail only for what newly fails"},
    "fault": {"action": "append", "metavar": "NAME", "help": "a fault or benign variant of the bundled mock"},
}
RUN = pytest.StashKey["Run"]()
SESSION = pytest.StashKey["Stream"]()
ENGINE: pytest.StashKey[Engine] = pytest.StashKey()


class Nonconformant(Exception):  # noqa: N818 - named as a fact
    """A MUST that a check found broken."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The suite's options; the same as those of `conformance run`."""
    group = parser.getgroup("conformance")
    for name, more in OPTIONS.items():
        destination = f"conformance_{name.replace('-', '_')}"
        group.addoption(f"--{name}", dest=destination, default=None, **more)
    group.addoption("--conformance-quiet", action="store_true", help="print the verdict and failures only")
    # What proves the suite reads events only, hundreds of runs of them.
    group.addoption("--conformance-events-only", action="store_true", help=argparse.SUPPRESS)
    group.addoption("--conformance-verbose", action="store_true", help="print the exchanges of findings")


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark; a wrong setting is a usage error."""
    config.addinivalue_line("markers", "requirements(*ids): the requirements that a check judges")


def _flags(config: pytest.Config) -> dict[str, Any]:
    names = [name.replace("-", "_") for name in OPTIONS if name != "config"]
    flags = {name: getattr(config.option, f"conformance_{name}", None) for name in names}
    # pytest has a --strict of its own; whoever gives it wants both.
    if getattr(config.option, "strict", None) is True:
        flags["strict"] = True
    return flags


def run_of(config: pytest.Config) -> Run:
    """The run of this process, made when the first check is collected."""
    if RUN not in config.stash:
        from conformance.config import ConfigError, load
        from conformance.contract import ContractError
        from conformance.mock.registry import UnknownFault, resolve
        from conformance.reporting.earlier import must_be_report
        from conformance.reporting.unreadable import Unreadable
        from conformance.run import Run

        given = getattr(config, "workerinput", {}).get("conformance")
        flags = _flags(config)
        if given:
            flags["seed"] = given["seed"]
        file = getattr(config.option, "conformance_config", None)
        try:
            settings = load(flags, Path(file) if file else None)
            resolve(settings.fault)
            must_be_report(settings.baseline, settings.gate)
            config.stash[RUN] = Run(settings, given["urls"] if given else None)
        except (ConfigError, ContractError, UnknownFault, Unreadable) as error:
            raise pytest.UsageError(str(error)) from None
    return config.stash[RUN]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each operation that has the trait and each region."""
    mark = metafunc.definition.get_closest_marker("requirements")
    if mark is None or "subject" not in metafunc.fixturenames:
        return
    from conformance.subject import Subject

    run = run_of(metafunc.config)
    for name in mark.args:
        if name not in run.contract.requirements:
            raise pytest.UsageError(f"{metafunc.definition.nodeid} judges {name}, which is in no catalogue.")
    trait = run.contract.requirements[mark.args[0]].applies_to
    subjects: list[Subject] = []
    ids: list[str] = []
    if trait == "document":
        subjects, ids = [Subject(run.contract, None, None, run.settings.seed, run.selected)], ["document"]
    elif trait != "parity" or len(run.regions) > 1:
        for operation in run.contract.operations:
            for region in [None] if trait == "parity" else run.regions:
                if operation.applies(trait) and run.unasked(operation) is None:
                    subjects.append(Subject(run.contract, operation, region, run.settings.seed, run.selected))
                    ids.append(operation.id + (f"-{region}" if region else ""))
    metafunc.parametrize("subject", subjects, ids=ids)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests none of whose requirements is selected."""
    checks = [item for item in items if item.get_closest_marker("requirements")]
    if not checks:
        return
    run = run_of(config)
    for item in checks:
        # A library's warning is no matter of the servers, and must not reach a verdict.
        item.add_marker(pytest.mark.filterwarnings("ignore"))
    out = [item for item in checks if not run.selected.intersection(_judged(item))]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def _subject(item: pytest.Item) -> Subject | None:
    from conformance.subject import Subject

    callspec = getattr(item, "callspec", None)
    found = callspec.params.get("subject") if callspec else None
    # Where nothing applies (parity with one region alone) pytest puts a placeholder and skips the test.
    return found if isinstance(found, Subject) else None


class Stream:
    """The event stream of the process that controls the run."""

    def __init__(self, run: Run, expected: list[list[Any]]) -> None:
        from conformance.reporting.events import EventWriter

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

    def take(self, events: list[dict[str, Any]]) -> None:
        """Write what a test reported."""
        for event in events:
            if event["event"] == "exchange":
                self.requests[event["region"]] += event["attempts"]
            if event["event"] == "tally":
                self.requests[event["region"]] += event["requests"]
                continue
            if event["event"] == "lost":
                self.stopped = self.stopped or event["message"]
                event = {
                    "event": "notice",
                    "level": "error",
                    "region": event["region"],
                    "message": event["message"],
                }
            self.writer.write(event)


def _expected(items: list[pytest.Item], run: Run) -> list[list[Any]]:
    if not items:  # under pytest-xdist only the workers collect, so everything selected is expected
        return _all_selected(run)
    found: dict[tuple[str, str, str | None], None] = {}
    for item in items:
        subject = _subject(item)
        for name in _judged(item) if subject else ():
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


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, Any, Any]:
    """Start the mock, ask every region one plain question, open the stream."""
    config = session.config
    worker = hasattr(config, "workerinput")
    if RUN not in config.stash or config.option.collectonly:
        return (yield)
    run = run_of(config)
    run.open()
    checks = [(subject, item) for item in session.items if (subject := _subject(item))]
    for subject, _ in checks:
        subject.clients = run.clients
        subject.settings = run.conditions([subject.region_name] if subject.region_name else run.regions)
    if not worker:
        from conformance.run import Unverified

        refusal = None
        try:
            run.preflight()
        except Unverified as error:
            refusal = str(error)
        items = session.items or []
        stream = config.stash[SESSION] = Stream(run, _expected(items, run))
        if refusal:
            stream.stopped = refusal
            stream.take([{"event": "notice", "level": "error", "region": None, "message": refusal}])
            raise session.Interrupted(refusal)
        from conformance.engine import Engine

        config.stash[ENGINE] = Engine((subject, item.obj) for subject, item in checks)  # type: ignore[attr-defined]
    try:
        return (yield)
    except KeyboardInterrupt:
        if SESSION in config.stash:
            config.stash[SESSION].stopped = "interrupted"
        raise
    finally:
        if ENGINE in config.stash:
            config.stash[ENGINE].stop()


def _asked_for(config: pytest.Config) -> bool:
    """Whether the paths on the command line hold the checks; the suite's own tests need no regions."""
    checks = Path(__file__).parent / "checks"
    paths = [Path(one.split("::")[0]).resolve() for one in config.args]
    return any(checks == path or checks in path.parents or path in checks.parents for path in paths)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist which servers to ask, with which seed."""
    if not _asked_for(node.config):
        return
    run = run_of(node.config)
    run.open()
    node.workerinput["conformance"] = {"urls": run.regions, "seed": run.settings.seed}


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a check, or wait for it; a broken MUST fails the test, a lost region skips it."""
    subject = _subject(pyfuncitem)
    if subject is None:
        return None
    from conformance.engine import run_check

    config = pyfuncitem.config
    if ENGINE not in config.stash or not config.stash[ENGINE].result(subject):
        run_check(subject, pyfuncitem.obj)
    if subject.lost:
        for name in _judged(pyfuncitem):
            subject.unjudged(name, subject.lost)
        pytest.skip(subject.lost)
    for name in _judged(pyfuncitem):
        subject.judge(name, [])  # a check that found nothing to judge has judged, with no evidence
    problems = [
        f"{name}: expected {finding.expected}; actual {finding.actual}"
        for (name, _), judgement in subject.judgements.items()
        for finding in judgement.findings
        if (finding.level or subject.contract.requirements[name].level) == "MUST"
    ]
    if problems:
        raise Nonconformant(config.stash[RUN].redact("\n".join(problems)))
    return True


def _judged(item: pytest.Item) -> tuple[str, ...]:
    mark = item.get_closest_marker("requirements")
    return mark.args if mark else ()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """Attach the events of a test to its report, which pytest-xdist carries to the process in control."""
    report: pytest.TestReport = yield
    subject = _subject(item)
    if subject is None:
        return report
    crashed = call.excinfo is not None and not call.excinfo.errisinstance(
        (Nonconformant, pytest.skip.Exception)
    )
    redact = item.config.stash[RUN].redact
    if call.when == "call" or crashed:
        if crashed and call.excinfo is not None and not call.excinfo.errisinstance(KeyboardInterrupt):
            text = redact(f"{call.excinfo.typename}: {call.excinfo.value}"[:500])
            for name in _judged(item):
                subject.unjudged(name, f"the suite itself failed: {text}", "broken")
        report.conformance = _events(item, subject, redact)  # type: ignore[attr-defined]
        subject.forget()
    if call.excinfo is not None and call.excinfo.errisinstance(Nonconformant):
        report.longrepr = str(call.excinfo.value)
    elif report.longrepr is not None and report.failed:
        report.longrepr = redact(str(report.longrepr))
    return report


def _events(item: pytest.Item, subject: Subject, redact: Any) -> list[dict[str, Any]]:
    events = [exchange.to_event(redact, item.nodeid) for exchange in subject.exchanges]
    for (name, region), judgement in subject.judgements.items():
        events.append(
            {
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
        )
    if subject.unrecorded:
        events.append({"event": "tally", "region": subject.region_name, "requests": subject.unrecorded})
    if subject.lost:
        events.append({"event": "lost", "region": subject.region_name, "message": subject.lost})
    return events


class _Writer:
    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found = getattr(report, "conformance", None)
        if found and SESSION in self.config.stash:
            self.config.stash[SESSION].take(found)


def pytest_sessionstart(session: pytest.Session) -> None:
    """In the process in control, write down what the tests report."""
    if not hasattr(session.config, "workerinput"):
        if _asked_for(session.config):
            run_of(session.config)  # a wrong setting is said before anything is collected
        session.config.pluginmanager.register(_Writer(session.config), "conformance-writer")
        _watch(session.config)


def _watch(config: pytest.Config) -> None:
    # pytest's own reporter writes to the same terminal; a line that redraws itself would tear its lines.
    options = config.option
    quiet = options.conformance_quiet or options.conformance_events_only
    if config.pluginmanager.has_plugin("terminalreporter") or quiet:
        return
    from conformance.reporting.progress import Progress
    from conformance.watching import Watching

    watching = Watching(Progress(), lambda name: run_of(config).contract.requirements.get(name))
    config.pluginmanager.register(watching, "conformance-watching")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Close the stream, conclude, write the reports; the verdict is the exit status."""
    config = session.config
    if RUN in config.stash:
        config.stash[RUN].close()
    if SESSION not in config.stash:
        return
    config.stash[SESSION].take(config.stash[RUN].notes())
    from conformance.reporting.ending import ended

    stream = config.stash[SESSION]
    if session.shouldfail or session.shouldstop:
        stream.stopped = stream.stopped or str(session.shouldfail or session.shouldstop)
    if exitstatus == pytest.ExitCode.INTERRUPTED:
        stream.stopped = stream.stopped or "interrupted"
    stream.writer.write(stream.run.footer(stream.requests, stream.stopped))
    stream.writer.close()
    if config.option.conformance_events_only:
        return
    settings = stream.run.settings
    ending = config.stash[ENDING] = ended(stream.path, settings.out, settings.baseline, settings.gate)
    session.exitstatus = ending.exit_code


ENDING = pytest.StashKey[Any]()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the summary last."""
    if ENDING in config.stash:
        options = config.option
        config.stash[ENDING].tell(quiet=options.conformance_quiet, verbose=options.conformance_verbose)
