"""The API key of each region, from the environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from conformance.client.credentials import Secret
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHARED_VARIABLE = "FORMANT_API_KEY"
SHORTEST_KEY = 8  # characters


def variable_of(region: str) -> str:
    """The environment variable that holds the key of a region."""
    return f"{SHARED_VARIABLE}_{region.upper().replace('-', '_')}"


def named_secrets(keys: Mapping[str, str]) -> dict[str, Secret]:
    """The secrets of regions whose keys are known, as if they came from the environment."""
    return {region: Secret(variable_of(region), key) for region, key in keys.items()}


def secrets_from_environment(regions: Iterable[str]) -> dict[str, Secret]:
    """The secret of each region; raises ConfigError with one sentence for a missing or unusable key."""
    return {region: _secret(region) for region in regions}


def _secret(region: str) -> Secret:
    for variable in (variable_of(region), SHARED_VARIABLE):
        value = os.environ.get(variable, "").strip()
        if value:
            _must_be_usable(variable, value)
            return Secret(variable, value)

    raise ConfigError(
        f"{variable_of(region)} is not set. Region {region} needs a key: "
        f"set it, or {SHARED_VARIABLE} for all regions."
    )


def _must_be_usable(variable: str, value: str) -> None:
    if not (value.isascii() and value.isprintable() and " " not in value):
        raise ConfigError(f"{variable} holds a space or a character that no header can carry.")
    if len(value) < SHORTEST_KEY:
        raise ConfigError(
            f"{variable} is shorter than {SHORTEST_KEY} characters. So short a text is part of too many "
            "others: it could not be kept out of the reports."
        )
