"""Hosts of pytest-xdist (`-- --tx ssh=HOST//python=PYTHON`): what each is sent, and what is refused.

A host is sent the code of the suite and what a worker is told (`loop.hand_over`), both through the
connection. Its keys are those of its own environment: no key leaves the process that read it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from conformance.contract.load import spec_directory
from conformance.pytest_plugin.state import session_of
from conformance.runner.pytest_run import ALONE, CHECKS, LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PACKAGE = CHECKS.parent
REFUSED = "refused"
NEEDED = ["pytest", "schemathesis", "msgspec"]  # the rest of what the suite requires comes with it
PATIENCE = 30.0  # seconds for a host to start Python
LOOK = """
import sys
from importlib.util import find_spec

lacking = [name for name in channel.receive() if find_spec(name) is None]
channel.send(("%d.%d" % sys.version_info[:2], lacking))
"""


def make_ready(config: pytest.Config) -> None:
    """Refuse hosts that cannot be used; have pytest-xdist copy the suite to those that are remote."""
    given = getattr(config.option, "tx", None)
    if not given or config.option.dist == "no":
        return

    specs = _specs(config)
    for spec in dict.fromkeys(specs):
        _must_be_usable(spec)
    if all(spec.popen for spec in specs):
        return

    if session_of(config).servers.own:
        raise pytest.UsageError(
            "--tx ssh: the bundled mock answers on this machine alone; give --target live or --region."
        )
    bundled = spec_directory()
    outside = [] if PACKAGE in bundled.parents else [bundled]
    config.option.rsyncdir = [*map(str, (PACKAGE, *outside)), *config.option.rsyncdir]


def keep_apart(specs: Iterable[Any]) -> None:
    """Keep a host's variables for pytest from the run, as `run_pytest` does on this machine."""
    for spec in specs:
        if not spec.popen:
            spec.env.update({**dict.fromkeys(LEFT_OUT, ""), **ALONE})


def begin(session: pytest.Session) -> None:
    """In a process of pytest-xdist: make its part of the run, or leave word of why that cannot be."""
    try:
        session_of(session.config)
    except pytest.UsageError as error:
        session.config.workeroutput[REFUSED] = session.shouldfail = str(error)  # type: ignore[attr-defined]  # pytest-xdist's


def must_have_begun(spec: Any, output: Mapping[str, Any]) -> None:
    """Raise what a host left word of: without its keys or files there, it can check nothing."""
    if REFUSED in output:
        given = str(spec).removeprefix("execmodel=main_thread_only//")  # pytest-xdist's own part
        raise pytest.UsageError(f"--tx {given}: {output[REFUSED]}")


def _specs(config: pytest.Config) -> list[Any]:
    from execnet import XSpec
    from xdist.workermanage import parse_tx_spec_config

    try:
        return [XSpec(text) for text in parse_tx_spec_config(config)]
    except (ValueError, AttributeError, IndexError) as error:
        raise pytest.UsageError(f"--tx: {error}") from None


def _must_be_usable(spec: Any) -> None:
    if not spec.popen and not spec.ssh:
        raise pytest.UsageError(
            f"--tx {spec}: expected popen or ssh=HOST; other connections are not encrypted."
        )
    if spec.popen and spec.chdir:
        raise pytest.UsageError(
            f"--tx {spec}: a process on this machine runs in this directory; leave chdir out."
        )
    if not spec.popen or spec.python:
        _must_hold_what_is_needed(spec, *_looked_at(spec))


def _looked_at(spec: Any) -> tuple[str, list[str]]:
    """The version of a host's Python, and what it lacks."""
    from execnet import Group, HostNotFound

    group = Group(execmodel="main_thread_only")
    try:
        channel = group.makegateway(str(spec)).remote_exec(LOOK)
        channel.send(NEEDED)
        version, lacking = channel.receive(PATIENCE)
    except (HostNotFound, OSError, EOFError):
        raise pytest.UsageError(f"--tx {spec}: no Python answers there.") from None
    finally:
        group.terminate(1)
    return version, lacking


def _must_hold_what_is_needed(spec: Any, version: str, lacking: list[str]) -> None:
    own = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if spec.popen and version != own:
        raise pytest.UsageError(
            f"--tx {spec}: that is Python {version}, and its packages would be those of {own} here."
        )
    if lacking:
        raise pytest.UsageError(
            f"--tx {spec}: Python there has no {', '.join(lacking)}. Install formant-conformance "
            "for it, or name another one with //python=PATH."
        )
