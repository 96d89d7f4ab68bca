"""Settings: flag over environment (CONFORMANCE_*) over conformance.toml over default."""

from __future__ import annotations

import os
import random
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct, ValidationError, convert, field, to_builtins

from conformance.events.model import Waiver

CASES = {"smoke": 6, "standard": 24, "deep": 400}
LISTS = ("only", "skip", "fault")  # in the environment separated by commas, like regions


class ConfigError(Exception):
    """A setting that cannot be used; a usage error."""


class WaiverEntry(Waiver, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A waiver as the file has it, where a misspelt key must not pass."""


Positive = Annotated[float, Meta(gt=0, le=1_000_000)]


class Settings(Struct, frozen=True, kw_only=True):
    """The effective configuration of a run. Keys of the API are not part of it."""

    target: Literal["mock", "live"] = "mock"
    region: dict[str, str] = field(default_factory=dict)
    spec: Path | None = None
    overlay: Path | None = None
    profile: Literal["smoke", "standard", "deep"] = "standard"
    walk: Literal["sample", "all"] = "sample"
    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    out: Path = Path("reports")
    seed: Annotated[int, Meta(ge=0)] = field(
        default_factory=lambda: random.SystemRandom().randrange(1, 100_000)
    )
    workers: Annotated[int, Meta(ge=1, le=64)] = 6
    rate: Positive | None = None
    timeout: Positive = 10.0
    strict: bool = False
    allow_unsafe_methods: bool = False
    baseline: Path | None = None
    gate: Literal["verdict", "new"] = "verdict"
    latency_budget: Positive = 5.0
    shared_keys: bool = False
    shared_data: bool = False
    fault: tuple[str, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()

    @property
    def cases(self) -> int:
        """How many requests are generated for an operation and a region."""
        return CASES[self.profile]

    def shown(self) -> dict[str, Any]:
        """The settings as JSON has them."""
        found: dict[str, Any] = to_builtins(self, enc_hook=str)
        return found


TYPES = get_type_hints(Settings, include_extras=True)


def load(flags: dict[str, Any], file: Path | None = None) -> Settings:
    """The effective settings; raises ConfigError with one sentence that names the key."""
    path = file or Path("conformance.toml")
    sources = [(f"{path}: {name}", name, value) for name, value in _file(path, file is not None).items()]
    for name in TYPES:
        variable = f"CONFORMANCE_{name.upper()}"
        # Waivers have dates and reasons; they live in the file.
        if variable in os.environ and name != "waivers":
            sources.append((variable, name, os.environ[variable]))
    sources += [
        (f"--{name.replace('_', '-')}", name, value)
        for name, value in flags.items()
        if value is not None and value is not False and value not in ((), [])
    ]
    latest = {name: (source, value) for source, name, value in sources}
    return Settings(**{name: _read(source, name, value) for name, (source, value) in latest.items()})


def _file(path: Path, asked_for: bool) -> dict[str, Any]:
    if not path.is_file():
        if asked_for:
            raise ConfigError(f"{path}: no such configuration file.")
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from error


def _read(source: str, name: str, value: Any) -> Any:
    if name not in TYPES:
        raise ConfigError(f"{source}: there is no such setting; README.md (Configure) and --help list them.")
    if name == "region":
        return _regions(source, value)
    if name in LISTS and isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    try:
        # Not strict: an environment has only strings.
        return convert(value, TYPES[name], strict=False, dec_hook=_path)
    except ValidationError as error:
        raise ConfigError(f"{source}: {_said(str(error), TYPES[name], value)}.") from error


def _said(error: str, kind: Any, value: Any) -> str:
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    if choices:
        return f"{value!r} is none of {', '.join(choices)}"
    what, _, where = error.partition(" - at `$")
    where = where.rstrip("`")
    if isinstance(value, str | int | float):
        what = what.partition(", got ")[0] + f", it is {value!r}"
    return (f"{where}: " if where else "") + what[:1].lower() + what[1:]


def _path(kind: type, value: Any) -> Any:
    if kind is Path and isinstance(value, str | Path):
        return Path(value)
    raise ValidationError(f"expected a path, got `{type(value).__name__}`")


def _regions(source: str, value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        pairs: list[Any] = list(value.items())
    elif isinstance(value, str | list | tuple):
        parts = value.split(",") if isinstance(value, str) else value
        pairs = [str(one).strip().split("=", 1) for one in parts]
    else:
        raise ConfigError(f"{source}: expected NAME=URL, got `{type(value).__name__}`.")
    for pair in pairs:
        if (
            len(pair) != 2
            or not pair[0].replace("_", "").isalnum()
            or not str(pair[1]).startswith(("http://", "https://"))
        ):
            shown = "=".join(map(str, pair))
            raise ConfigError(f"{source}: {shown!r} is not NAME=URL with an http(s) URL.")
    if len({name for name, _ in pairs}) < len(pairs):
        raise ConfigError(f"{source}: a region is named twice.")
    return {name: str(url).rstrip("/") for name, url in pairs}
