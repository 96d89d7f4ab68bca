"""The pytest plugin: options, what tests run on, and from their judgements to the verdict."""

from __future__ import annotations

import argparse
import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conformance.runner.recorder import Stream, expected, judged_by, notice, reported, subject_of
from conformance.runner.scheduler import ENGINE, ahead, run_check, start

if TYPE_CHECKING:
    from collections.abc import Generator

    from conformance.checks.context import Subject
    from conformance.runner.session import Run

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
    "workers": {"type": int, "help": "requests in flight for each region (with -n: of each process)"},
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
SESSION: pytest.StashKey[Stream] = pytest.StashKey()


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
        from conformance.cli.prepare import Unusable, prepare

        flags, process = _flags(config), None
        worker = getattr(config, "workerinput", {})
        if "conformance" in worker:
            from conformance.runner.session import Process

            given = worker["conformance"]
            flags["seed"] = given["seed"]
            process = Process(given["urls"], worker["workerid"], worker["workercount"])
        file = getattr(config.option, "conformance_config", None)
        try:
            config.stash[RUN] = prepare(flags, Path(file) if file else None, process)
        except Unusable as error:
            raise pytest.UsageError(str(error)) from None
    return config.stash[RUN]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each operation that has the trait and each region."""
    mark = metafunc.definition.get_closest_marker("requirements")
    if mark is None or "subject" not in metafunc.fixturenames:
        return
    run = run_of(metafunc.config)
    for name in mark.args:
        if name not in run.contract.requirements:
            raise pytest.UsageError(f"{metafunc.definition.nodeid} judges {name}, which is in no catalogue.")
    trait = run.contract.requirements[mark.args[0]].applies_to
    subjects: list[Subject] = []
    ids: list[str] = []
    if trait == "document":
        subjects, ids = [run.subject(None, None)], ["document"]
    elif trait != "parity" or len(run.regions) > 1:
        for operation in run.contract.operations:
            for region in [None] if trait == "parity" else run.regions:
                if operation.applies(trait) and run.unasked(operation) is None:
                    subjects.append(run.subject(operation, region))
                    ids.append(operation.id + (f"-{region}" if region else ""))
    metafunc.parametrize("subject", subjects, ids=ids)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests none of whose requirements is selected."""
    checks = [item for item in items if item.get_closest_marker("requirements")]
    if not checks:
        return
    run = run_of(config)
    # A library's warning is no matter of the servers, and must not reach a verdict.
    unheard = pytest.mark.filterwarnings("ignore")
    for item in checks:
        item.add_marker(unheard)
    # One operation after another, so that the answers of one are let go before those of the next come in.
    places = {operation.id: place for place, operation in enumerate(run.contract.operations)}
    items.sort(key=lambda item: places.get(one.operation_id, -1) if (one := subject_of(item)) else -1)
    out = [item for item in checks if not run.selected.intersection(judged_by(item))]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, Any, Any]:
    """Start the mock, ask every region one plain question, open the stream."""
    gc.freeze()
    gc.enable()
    config = session.config
    worker = hasattr(config, "workerinput")
    if RUN not in config.stash or config.option.collectonly:
        return (yield)
    run = run_of(config)
    run.open()
    checks = [(subject, item) for item in session.items if (subject := subject_of(item))]
    for subject, _ in checks:
        subject.clients = run.clients
        subject.settings = run.conditions([subject.region_name] if subject.region_name else run.regions)
    if not worker:
        from conformance.runner.session import Unverified

        refusal = None
        try:
            run.preflight()
        except Unverified as error:
            refusal = str(error)
        items = session.items or []
        stream = config.stash[SESSION] = Stream(run, expected(items, run))
        if refusal:
            stream.stopped = refusal
            stream.writer.write(notice("error", None, refusal))
            raise session.Interrupted(refusal)
        start(config, [item for _, item in checks])
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
    checks = Path(__file__).parent.parent / "checks"
    paths = [Path(one.split("::")[0]).resolve() for one in config.args]
    return any(checks == path or checks in path.parents or path in checks.parents for path in paths)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the checks of an operation together: they share its answers."""
    if not _asked_for(config) or config.option.dist != "load":
        return None
    from conformance.pytest_plugin.xdist import ByOperation

    return ByOperation(config, log, run_of(config).regions)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist which servers to ask, with which seed."""
    if not _asked_for(node.config):
        return
    run = run_of(node.config)
    run.open()
    together = node.config.option.dist == "load"
    node.workerinput["conformance"] = {"urls": run.regions, "seed": run.settings.seed, "together": together}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Write down how a worker of pytest-xdist was slowed; one that crashed has nothing to say."""
    for region, message in getattr(node, "workeroutput", {}).get("conformance", ()):
        node.config.stash[SESSION].writer.write(notice("info", region, message))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a check, or wait for it; a broken MUST fails the test, a lost region skips it."""
    subject = subject_of(pyfuncitem)
    if subject is None:
        return None
    config = pyfuncitem.config
    if config.stash[RUN].now(subject):
        ahead(pyfuncitem, subject)
    if ENGINE not in config.stash or not config.stash[ENGINE].result(subject):
        run_check(subject, pyfuncitem.obj)
    if subject.lost:
        for name in judged_by(pyfuncitem):
            subject.unjudged(name, subject.lost)
        pytest.skip(subject.lost)
    for name in judged_by(pyfuncitem):
        subject.judge(name, [])  # a check that found nothing to judge has judged, with no evidence
    problems = [
        f"{name}: expected {finding.expected}; actual {finding.actual}"
        for (name, _), judgement in subject.judgements.items()
        for finding in judgement.findings
        if (finding.level or subject.contract.requirements[name].level) == "MUST"
    ]
    if problems:
        # No traceback: the suite did not fail, the server did.
        pytest.fail(config.stash[RUN].redact("\n".join(problems)), pytrace=False)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """Attach the events of a test to its report, which pytest-xdist carries to the process in control."""
    report: pytest.TestReport = yield
    subject = subject_of(item)
    if subject is None:
        return report
    crashed = call.excinfo is not None and not call.excinfo.errisinstance(
        (pytest.fail.Exception, pytest.skip.Exception)
    )
    report.keywords = {}  # names and marks, which pytest-xdist would send along with each report
    redact = item.config.stash[RUN].redact
    if call.when == "call" or crashed:
        if crashed and call.excinfo is not None and not call.excinfo.errisinstance(KeyboardInterrupt):
            text = redact(f"{call.excinfo.typename}: {call.excinfo.value}"[:500])
            for name in judged_by(item):
                subject.unjudged(name, f"the suite itself failed: {text}", "broken")
        report.conformance = reported(item, subject, redact)  # type: ignore[attr-defined]  # ours
        subject.forget()
    if call.excinfo is not None and call.excinfo.errisinstance(pytest.fail.Exception):
        report.longrepr = str(call.excinfo.value)
    elif report.longrepr is not None and report.failed:
        report.longrepr = redact(str(report.longrepr))
    return report


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
    from conformance.pytest_plugin.progress import Watching
    from conformance.reports.terminal.progress import Progress

    watching = Watching(Progress(), lambda name: run_of(config).contract.requirements.get(name))
    config.pluginmanager.register(watching, "conformance-watching")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Close the stream, conclude, write the reports; the verdict is the exit status."""
    config = session.config
    if RUN in config.stash:
        config.stash[RUN].close()
        if hasattr(config, "workeroutput"):
            config.workeroutput["conformance"] = config.stash[RUN].notes()
    if SESSION not in config.stash:
        return
    from conformance.reports.ending import ended

    stream = config.stash[SESSION]
    for region, message in config.stash[RUN].notes():
        stream.writer.write(notice("info", region, message))
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
