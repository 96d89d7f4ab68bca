"""The flags of plain `pytest`, made from the table of options: those of `conformance run`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from conformance.runner.pytest_run import Handover
from conformance.settings import OPTIONS
from conformance.settings.kinds import Integer, Number, Switch
from conformance.settings.option import FLAG

if TYPE_CHECKING:
    import pytest

    from conformance.settings.option import Option

_GROUP = "conformance"
_PREFIX = "conformance_"  # of the names in pytest's namespace, where plugins must not meet
_PYTESTS_OWN = ("strict",)


def add_options(parser: pytest.Parser) -> None:
    """Register every flag whose name no other plugin is known to want."""
    for option in _flags():
        if not _is_contested(option):
            _add(parser, option, option.pytest_flag or option.flag)


def add_contested_options(parser: pytest.Parser) -> None:
    """Register the rest once all plugins have theirs; a name that is taken gets the prefix
    `--conformance-`.

    pytest-timeout has a `--timeout` too, and would fail to load after ours.
    """
    for option in _flags():
        if _is_contested(option):
            try:
                _add(parser, option, option.flag)
            except (argparse.ArgumentError, ValueError):
                _add(parser, option, option.flag.replace("--", "--conformance-", 1))


def are_needed(plugins: pytest.PytestPluginManager) -> bool:
    """Whether flags are read: not where the settings are handed over, and a flag would
    not count.
    """
    return not any(isinstance(plugin, Handover) for plugin in plugins.get_plugins())


def given_flags(config: pytest.Config) -> dict[str, Any]:
    """The flags that were given, by name of the setting; those that were not are None."""
    flags = {
        option.name: getattr(config.option, _PREFIX + option.name, None) for option in _flags()
    }
    # pytest has a --strict of its own; whoever gives it asks for both.
    if getattr(config.option, "strict", None) is True:
        flags["strict"] = True
    return flags


def _flags() -> list[Option]:
    return [
        option
        for option in OPTIONS.values()
        if FLAG in option.sources and option.name not in _PYTESTS_OWN
    ]


def _is_contested(option: Option) -> bool:
    """Whether to wait for other plugins: numbers, which pytest cannot mistake for paths
    until then.
    """
    return isinstance(option.kind, Integer | Number)


def _add(parser: pytest.Parser, option: Option, flag: str) -> None:
    more: dict[str, Any] = {"metavar": option.kind.metavar}
    if isinstance(option.kind, Switch):
        more = {"action": argparse.BooleanOptionalAction}
    elif option.repeatable:
        more["action"] = "append"
    group = parser.getgroup(_GROUP)
    # argparse formats help with %.
    help = option.help.replace("%", "%%")
    group.addoption(flag, dest=_PREFIX + option.name, default=None, help=help, **more)
