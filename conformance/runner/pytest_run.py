"""One run of pytest on the checks, kept apart from what surrounds it: the verdict is the servers'
alone.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from conformance.runner.recorder import Reported
    from conformance.settings import Settings

    Stops = Callable[[Reported], str | None]

CHECKS = Path(__file__).parent.parent / "checks"
# Not in the folder of the checks: there it would replace a checkout's pyproject.toml in plain
# `pytest conformance/checks/test_pages.py`.
OWN_INI = Path(__file__).parent / "pytest.ini"
PLUGIN = "conformance.pytest_plugin.plugin"

USAGE_ERROR = 2
UNVERIFIED = 3

# What the caller set for runs of pytest and of Schemathesis of its own.
LEFT_OUT = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "SCHEMATHESIS_HOOKS", "SCHEMATHESIS_COVERAGE")
ALONE = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    # For the processes of pytest-xdist: a module of the current directory is none of the standard
    # library.
    "PYTHONSAFEPATH": "1",
}
_XDIST = ("-n", "--numprocesses", "--tx", "-d", "--dist")


class Handover:
    """The settings of a run as a plugin object of pytest; afterwards it holds what the run came to.

    `exit_code` is None while there is no verdict. `trouble` is what this machine did to the run, in
    a sentence: its disk is full, for instance. `events_only` leaves out all views but the
    stream. `stops` says after what each check reported why the run need not go on, if so.
    """

    def __init__(
        self, settings: Settings, *, events_only: bool = False, stops: Stops | None = None
    ) -> None:
        self.settings = settings
        self.events_only = events_only
        self.stops = stops
        self.exit_code: int | None = None
        self.trouble: str | None = None
        self.hopeless = False  # threads may wait for what this machine does not give them

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        """Let the plugin find it."""
        config.stash[HANDOVER] = self


HANDOVER: pytest.StashKey[Handover] = pytest.StashKey()


def run_pytest(
    settings: Settings,
    arguments: Sequence[str] = (),
    *,
    events_only: bool = False,
    stops: Stops | None = None,
) -> int:
    """Run the checks with these settings; `arguments` go to pytest. The exit code is the verdict's.

    A run of pytest that comes to no verdict (`--collect-only`, an interruption while collecting,
    one of which only the events are wanted) verifies nothing.
    """
    handover = Handover(settings, events_only=events_only, stops=stops)
    with _apart():
        code = pytest.main([*_arguments(handover, arguments), str(CHECKS), *arguments], [handover])
    if handover.hopeless:
        _end_at_once(handover.exit_code or UNVERIFIED)
    if handover.exit_code is not None:
        return handover.exit_code
    return USAGE_ERROR if code == pytest.ExitCode.USAGE_ERROR else UNVERIFIED


def _end_at_once(code: int) -> NoReturn:
    """End without waiting for threads: one that was starved of memory may never end."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _arguments(handover: Handover, asked: Sequence[str]) -> list[str]:
    """Keep pytest from any other configuration, and leave out what slows thousands of checks."""
    arguments = [
        *("-p", PLUGIN),
        *("-c", str(OWN_INI)),
        *("--rootdir", str(CHECKS.parent)),
        # The checks hardly assert: rewriting them takes longer than most of them.
        "--assert=plain",
        # They do something before and after each of thousands of checks, and no verdict needs it.
        "--capture=sys",
        *("-p", "no:unraisableexception"),
        *("-p", "no:threadexception"),
        *("-p", "no:faulthandler"),
    ]
    if handover.events_only:
        arguments += ["-p", "no:cacheprovider"]
    else:
        arguments += ["-o", f"cache_dir={_cache_directory(handover.settings.out)}"]
    if not any(argument.startswith("--log") for argument in asked):
        arguments += ["-p", "no:logging"]
    if any(argument.startswith(_XDIST) for argument in asked):
        arguments += ["-p", "xdist"]  # the name by which other plugins look for it
    if any(argument.startswith("--tx") for argument in asked):
        # Without the one pytest-xdist would use no host, without the other start a lost one for ever.
        arguments += ["--dist", "load", "--max-worker-restart", "4"]
    # pytest's own reporter is for those who talk to pytest.
    return arguments + (["--tb=short", "-q", "--no-header"] if asked else ["-p", "no:terminal"])


def _cache_directory(out: Path) -> Path:
    """Where pytest remembers the failures of the runs into this directory, for `-- --lf`."""
    resolved = out.resolve()
    return resolved.parent / f".{resolved.name or 'conformance'}.pytest_cache"


@contextmanager
def _apart() -> Iterator[None]:
    """The environment without what is meant for other runs of pytest, until the run has ended."""
    before = {name: os.environ.get(name) for name in (*LEFT_OUT, *ALONE)}
    for name in LEFT_OUT:
        os.environ.pop(name, None)
    os.environ.update(ALONE)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
