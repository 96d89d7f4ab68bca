"""Settings: flag over environment (CONFORMANCE_*) over conformance.toml over default."""

from __future__ import annotations

import os
import random
import tomllib
from datetime import date  # noqa: TC003 - pydantic reads it
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

CASES = {"smoke": 6, "standard": 32, "deep": 400}


class ConfigError(Exception):
    """A setting that cannot be used; a usage error."""


class Waiver(BaseModel):
    """An expected failure, with a reason, an owner and an end."""

    model_config = ConfigDict(extra="forbid")
    requirement: str
    region: str | None = None
    operation: str | None = None
    reason: str
    owner: str
    expires: date


class Settings(BaseSettings):
    """The effective configuration of a run. Keys of the API are not part of it."""

    model_config = SettingsConfigDict(env_prefix="CONFORMANCE_", extra="forbid", frozen=True)

    target: Literal["mock", "live"] = "mock"
    region: Annotated[dict[str, str], NoDecode] = Field(default_factory=dict)
    spec: Path | None = None
    overlay: Path | None = None
    profile: Literal["smoke", "standard", "deep"] = "standard"
    walk: Literal["sample", "all"] = "sample"
    only: Annotated[tuple[str, ...], NoDecode] = ()
    skip: Annotated[tuple[str, ...], NoDecode] = ()
    out: Path = Path("reports")
    seed: int = Field(default_factory=lambda: random.SystemRandom().randrange(1, 100_000), ge=0)
    workers: int = Field(default=6, ge=1, le=64)
    rate: float | None = Field(default=None, gt=0)
    timeout: float = Field(default=10.0, gt=0)
    strict: bool = False
    allow_unsafe_methods: bool = False
    baseline: Path | None = None
    gate: Literal["verdict", "new"] = "verdict"
    latency_budget: float = Field(default=5.0, gt=0)
    shared_keys: bool = False
    shared_data: bool = False
    fault: Annotated[tuple[str, ...], NoDecode] = ()
    waivers: tuple[Waiver, ...] = ()

    @field_validator("only", "skip", "fault", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("region", mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        if isinstance(parts, dict):
            pairs = list(parts.items())
        else:
            pairs = [tuple(part.split("=", 1)) for part in parts]
        for pair in pairs:
            if (
                len(pair) != 2
                or not pair[0].replace("_", "").isalnum()
                or not str(pair[1]).startswith(("http://", "https://"))
            ):
                raise ValueError(f"{'='.join(map(str, pair))!r} is not NAME=URL with an http(s) URL")
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError("a region is named twice")
        return {name: str(url).rstrip("/") for name, url in pairs}

    @property
    def cases(self) -> int:
        """How many requests are generated for an operation and a region."""
        return CASES[self.profile]

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flag, then environment, then file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _file.get("path"))


_file: dict[str, Path] = {}


def load(flags: dict[str, Any], file: Path | None = None) -> Settings:
    """The effective settings; raises ConfigError with one sentence that names the key."""
    path = file or Path("conformance.toml")
    if file and not file.is_file():
        raise ConfigError(f"{file}: no such configuration file.")
    try:
        if path.is_file():
            tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}.") from error
    _file["path"] = path
    given = {
        name: value
        for name, value in flags.items()
        if value is not None and value is not False and value not in ((), [])
    }
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        key = str(first["loc"][0]) if first["loc"] else ""
        variable = f"CONFORMANCE_{key.upper()}"
        source = (
            f"--{key.replace('_', '-')}"
            if key in given
            else variable
            if variable in os.environ
            else f"{path}: {name}"
        )
        raise ConfigError(f"{source}: {first['msg'].removeprefix('Value error, ')}.") from error
