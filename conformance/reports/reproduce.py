"""The command that repeats a run, or judges one requirement of it again."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

from conformance.settings.kinds import Switch
from conformance.settings.option import FLAG
from conformance.settings.table import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.settings.option import Option
    from conformance.verdict.report import Report


def rerun_command(report: Report, requirement: str | None = None) -> str:
    """The command for a shell, of the whole run or of one requirement alone.

    It has every setting that decides what is asked or how it is judged; keys are read from the
    environment.
    """
    config = {**report.config, "profile": report.profile, "seed": report.seed}
    if requirement:
        config = {**config, "only": [requirement], "skip": []}
    return shlex.join(["conformance", "run", *_arguments(config)])


def mock_command(report: Report) -> str | None:
    """The command that starts the bundled mock of a run again, where it was; none of other runs.

    Requests that findings show can be pasted only while it runs.
    """
    if report.config.get("target") != "mock" or report.config.get("region"):
        return None
    ports = {name: _port(region.url) for name, region in report.regions.items()}
    words = [f"--{name}-port {port}" for name, port in ports.items() if port]
    words += [f"--fault {shlex.quote(str(name))}" for name in report.config.get("fault") or ()]
    return " ".join(["conformance mock", *words]) if words else None


def _port(url: str) -> str:
    match = re.fullmatch(r"https?://127\.0\.0\.1:(\d+)/?", url)
    return match[1] if match else ""


def _arguments(config: Mapping[str, Any]) -> Iterator[str]:
    for option in OPTIONS.values():
        value = config.get(option.name)
        if _belongs(option, config) and _differs(option, value):
            yield from _argument(option, value)


def _belongs(option: Option, config: Mapping[str, Any]) -> bool:
    """Whether the command needs the option; waivers have no flag, so they need their file."""
    if option.name == "config":
        return bool(config.get("waivers"))
    return option.asks and FLAG in option.sources


def _differs(option: Option, value: Any) -> bool:
    """Whether a value, as JSON represents it, differs from the default."""
    is_empty = isinstance(value, str | list | tuple | dict) and not value
    if value is None or value is False or is_empty:
        return False

    return bool(callable(option.default) or value != option.default)


def _argument(option: Option, value: Any) -> list[str]:
    if isinstance(option.kind, Switch):
        return [option.flag]
    if isinstance(value, dict):
        value = [f"{name}={entry}" for name, entry in value.items()]
    values = value if isinstance(value, list | tuple) else [value]
    return [word for each in values for word in (option.flag, _text(each))]


def _text(value: Any) -> str:
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
