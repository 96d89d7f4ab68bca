"""From flags, environment and file to the settings: the nearer to the caller, the more a value
counts.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.reading import whole_file
from conformance.settings.errors import ConfigError, InvalidValue, suggestion
from conformance.settings.option import ENVIRONMENT, FILE, KEY, PREFIX, Option
from conformance.settings.table import OPTIONS, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEFAULT_FILE = Path("conformance.toml")
_WHERE_TO_LOOK = "docs/configuration.md and `conformance run --help` list the settings."


@dataclass(frozen=True, slots=True)
class Given:
    """A value, and how the caller names its place: a flag, a variable, a file and its key."""

    place: str
    option: Option
    value: Any

    def read(self) -> Any:
        """The value in its own type; raises ConfigError."""
        try:
            return self.option.kind.read(self.value)
        except InvalidValue as error:
            raise ConfigError(f"{self.place}: {error}") from None


def load(flags: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """The effective settings: a flag over the environment, that over the file, that over the
    default.

    `flags` are by name of the option; None and an empty tuple are flags that were not given. Raises
    ConfigError with one sentence that names the place of the value.
    """
    environment = os.environ if environment is None else environment
    near = {
        given.option.name: given for given in [*_from_environment(environment), *_from_flags(flags)]
    }
    file = near["config"].read() if "config" in near else None
    latest = {given.option.name: given for given in _from_file(file)} | near

    settings = Settings(**{name: given.read() for name, given in latest.items()})
    _must_agree(settings, latest)
    return settings


def given_names(
    flags: Mapping[str, Any], environment: Mapping[str, str] | None = None
) -> frozenset[str]:
    """The options that a flag, the environment or the file gives a value; raises ConfigError."""
    environment = os.environ if environment is None else environment
    near = [*_from_environment(environment), *_from_flags(flags)]
    files = [given.read() for given in near if given.option.name == "config"]
    file = files[-1] if files else None
    return frozenset(given.option.name for given in [*near, *_from_file(file)])


def _from_flags(flags: Mapping[str, Any]) -> Iterator[Given]:
    for name, value in flags.items():
        if value is not None and value not in ((), []):
            yield Given(OPTIONS[name].flag, OPTIONS[name], value)


def _from_environment(environment: Mapping[str, str]) -> Iterator[Given]:
    known = {option.variable: option for option in OPTIONS.values()}
    readable = [variable for variable, option in known.items() if ENVIRONMENT in option.sources]
    for variable, value in environment.items():
        if not variable.startswith(PREFIX) or _is_key(variable):
            continue
        option = known.get(variable)
        if option is None:
            hint = suggestion(variable, readable, PREFIX)
            raise ConfigError(f"{variable}: there is no such setting.{hint} {_WHERE_TO_LOOK}")
        if variable not in readable:
            raise ConfigError(f"{variable}: {option.name} is read from {DEFAULT_FILE} only.")
        yield Given(variable, option, value)


def _is_key(variable: str) -> bool:
    """Whether a variable holds a key of the API, which is no setting and is read by the runner."""
    return variable == KEY or variable.startswith(f"{KEY}_")


def _from_file(file: Path | None) -> Iterator[Given]:
    path = file or DEFAULT_FILE
    if file is None and not (path.exists() or path.is_symlink()):
        return

    readable = [name for name, option in OPTIONS.items() if FILE in option.sources]
    for name, value in toml_table(path).items():
        if name not in readable:
            raise ConfigError(
                f"{path}: {name!r}: there is no such key.{suggestion(name, readable)} {_WHERE_TO_LOOK}"
            )
        yield Given(f"{path}: {name}", OPTIONS[name], value)


def toml_table(path: Path, what: str = "configuration file") -> dict[str, Any]:
    """The table that a file of TOML holds; raises ConfigError."""
    import tomllib

    try:
        text = whole_file(path).decode("utf-8-sig")  # editors of Windows begin a file with a BOM
        return tomllib.loads(text.replace("\r\n", "\n"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such {what}.") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"{path}: not UTF-8 (byte {error.start + 1}). Save the file as UTF-8, which TOML requires."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from None
    except RecursionError:
        raise ConfigError(f"{path}: nested too deeply for settings.") from None


def _must_agree(settings: Settings, given: Mapping[str, Given]) -> None:
    """Refuse values that contradict each other: the faults are those of the bundled mock."""
    if not settings.fault:
        return

    other = "region" if settings.region else "target"
    if settings.region or settings.target == "live":
        raise ConfigError(
            f"{given['fault'].place}: only the bundled mock has faults, and {given[other].place} names other "
            "servers. Leave one of the two out."
        )
