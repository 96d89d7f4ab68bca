"""pytest's hooks, each a line or two into the run."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING, Any

import pytest

from conformance.pytest_plugin import collection, hosts, loop, options, reporting
from conformance.pytest_plugin.state import (
    ENDING,
    RECORDER,
    SESSION,
    check_of,
    checks_are_collected,
    is_worker,
    session_of,
)
from conformance.runner.pytest_run import HANDOVER

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.runner.check_run import CheckRun


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """The suite's options; the same as those of `conformance run`."""
    if options.are_needed(pluginmanager):
        options.add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, parser: pytest.Parser) -> None:
    """Register the options whose names other plugins may want, now that all of them are loaded."""
    if options.are_needed(early_config.pluginmanager):
        options.add_contested_options(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark."""
    config.addinivalue_line("markers", "requirements(*ids): the requirements that a check judges")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Read the settings before anything is collected; in the process in control, look at the hosts
    and follow the progress.
    """
    config = session.config
    if is_worker(config):
        if checks_are_collected(config):
            hosts.begin(session)
        return
    if checks_are_collected(config):
        session_of(config)
        hosts.make_ready(config)
    config.pluginmanager.register(reporting.Writer(config), "conformance-writer")
    reporting.follow_progress(config)


@pytest.fixture
def context(check_run: CheckRun) -> Context:
    """What a check is about."""
    return check_run.context


@pytest.fixture
def sender(check_run: CheckRun) -> Sender:
    """What sends the requests of a check."""
    return check_run.sender


@pytest.fixture
def evidence(check_run: CheckRun) -> Evidence:
    """What judges the answers of a check."""
    return check_run.evidence


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each place where the plan has a check judge something."""
    collection.parametrize(metafunc)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out checks without a place; before pytest applies -k, which finds requirements and
    areas.
    """
    collection.arrange(config, items)


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, Any, Any]:
    """Start the servers, ask every region one plain question, open the stream, run checks ahead."""
    gc.freeze()
    gc.enable()
    config = session.config
    if SESSION not in config.stash or config.option.collectonly:
        return (yield)

    with loop.ended_by_signals():
        try:
            loop.begin(session)
            return (yield)
        except KeyboardInterrupt:
            loop.end(config, "interrupted")
            raise
        finally:
            loop.end(config)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a check, or wait for it; a broken MUST fails the test, a lost region skips it."""
    check = check_of(pyfuncitem)
    if check is None:
        return None

    loop.execute(pyfuncitem, check)
    if check.lost:
        pytest.skip(check.lost)

    failures = check.failures()
    if failures:
        # No traceback: the suite did not fail, the server did.
        redact = session_of(pyfuncitem.config).redact
        pytest.fail(redact("\n".join(failures)), pytrace=False)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Any, pytest.TestReport]:
    """Attach the events of a test to its report, which pytest-xdist carries to the process in
    control.
    """
    report: pytest.TestReport = yield
    check = check_of(item)
    if check:
        reporting.attach_events(report, item, call, check)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Close the stream, conclude, write the reports; the verdict is the exit status."""
    config = session.config
    if SESSION in config.stash and session_of(config).clients:
        session_of(config).close()
        if is_worker(config):
            config.workeroutput["conformance"] = session_of(config).notes()  # type: ignore[attr-defined]  # xdist's
        elif exitstatus == pytest.ExitCode.USAGE_ERROR:
            reporting.discard(config)
        else:
            loop.record(
                config
            )  # a run that was ended before its checks were known has a stream too
            reporting.conclude(session, exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the summary last, or why there is none."""
    if HANDOVER in config.stash and config.stash[HANDOVER].trouble:
        print(f"conformance: {config.stash[HANDOVER].trouble}", file=sys.stderr)
        return
    if ENDING in config.stash:
        settings = session_of(config).settings
        config.stash[ENDING].show(quiet=settings.quiet, verbose=settings.verbose)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the checks of an operation together: they share its answers."""
    if not checks_are_collected(config) or config.option.dist != "load":
        return None

    from conformance.pytest_plugin.xdist import ByOperation

    return ByOperation(config, log, session_of(config).regions)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config, specs: Sequence[Any]) -> None:
    """Keep the hosts of pytest-xdist apart from what surrounds the run there."""
    if checks_are_collected(config):
        hosts.keep_apart(specs)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Hand a worker of pytest-xdist the servers to ask, what is known of them, and the seed."""
    if checks_are_collected(node.config):
        worker, local = node.workerinput["workerid"], bool(node.gateway.spec.popen)
        node.workerinput["conformance"] = loop.hand_over(node.config, worker, local)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node: Any, ids: Sequence[str]) -> None:
    """Under pytest-xdist the first worker to have collected says what the run will judge."""
    if SESSION in node.config.stash:
        loop.record(node.config, ids)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Record how a worker of pytest-xdist was slowed; one that crashed has nothing to say, and one
    that could not begin says why.
    """
    output = getattr(node, "workeroutput", {})
    hosts.must_have_begun(node.gateway.spec, output)
    for region, message in output.get("conformance", ()):
        node.config.stash[RECORDER].note("info", region, message)
