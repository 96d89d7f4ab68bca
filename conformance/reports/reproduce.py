"""The command that repeats a run, or judges one requirement of it again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.verdict.report import Report

# What decides what is asked, of whom; where reports go and how fast does not.
_SWITCHES = ("strict", "allow_unsafe_methods")


def again(report: Report, requirement: str | None = None) -> str:
    """The command, to be pasted into a shell; keys are read from the environment."""
    words = ["conformance", "run", *_flags(report, requirement)]
    return shlex.join([*words, "--seed", str(report.seed)])


def _flags(report: Report, requirement: str | None) -> Iterator[str]:
    config = report.config
    yield from _target(config)
    for name in ("spec", "overlay"):
        if config.get(name):
            yield from (f"--{name}", str(config[name]))
    if report.profile not in ("", "standard"):
        yield from ("--profile", report.profile)
    if requirement:
        yield from ("--only", requirement)
    else:
        for name in ("only", "skip"):
            for glob in config.get(name) or ():
                yield from (f"--{name}", str(glob))
    yield from (f"--{name.replace('_', '-')}" for name in _SWITCHES if config.get(name))


def _target(config: Any) -> Iterator[str]:
    """The regions named, the live ones, or the mock with its faults."""
    regions = config.get("region") or {}
    for name, url in regions.items():
        yield from ("--region", f"{name}={url}")
    if not regions and config.get("target") == "live":
        yield from ("--target", "live")
    for fault in config.get("fault") or ():
        yield from ("--fault", str(fault))
