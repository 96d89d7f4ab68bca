"""The API key of each region, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.client.credentials import Secret
from conformance.contract.conventions import Keys
from conformance.contract.security.basic import Basic
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.contract import Contract

# What every run read before overlays could name variables of their own; still read, never
# suggested.
FORMER = Keys("FORMANT_API_KEY_{REGION}", "FORMANT_API_KEY")
NO_KEY = Secret("", "")
SHORTEST_KEY = 8  # characters


@dataclass(frozen=True, slots=True)
class KeySource:
    """The variables that hold the keys of an API, whether any of its operations needs one, and
    whether one needs a user and a password.
    """

    names: Keys
    needed: bool
    pairs: bool = False

    @classmethod
    def of(cls, contract: Contract) -> KeySource:
        """As a contract states it."""
        schemes = [operation.security for operation in contract.operations if operation.security]
        pairs = any(scheme.kind == Basic.kind for scheme in schemes)
        return cls(contract.keys, bool(schemes), pairs)

    def named(self, keys: Mapping[str, str]) -> dict[str, Secret]:
        """The secrets of regions whose keys are known, as if they came from the environment."""
        return {
            region: Secret(self.names.variables(region)[0], key) for region, key in keys.items()
        }

    def from_environment(self, regions: Iterable[str]) -> dict[str, Secret]:
        """The secret of each region; raises ConfigError for a missing or unusable key.

        An API that needs no key is asked for none, and gets none.
        """
        if not self.needed:
            return dict.fromkeys(regions, NO_KEY)
        return {region: self._secret(region) for region in regions}

    def _secret(self, region: str) -> Secret:
        variables = self.names.variables(region)
        for variable in (*variables, *FORMER.variables(region)):
            value = os.environ.get(variable, "").strip()
            if value:
                _must_be_usable(variable, value)
                self._must_be_pair(variable, value)
                return Secret(variable, value)

        raise ConfigError(
            f"{variables[0]} is not set. Region {region} needs a key: "
            f"set it, or {variables[1]} for all regions."
        )

    def _must_be_pair(self, variable: str, value: str) -> None:
        if self.pairs and ":" not in value:
            raise ConfigError(
                f"{variable} has no colon. The document asks for Basic authentication, whose key is "
                "USER:PASSWORD (RFC 7617); an empty password is USER: with nothing behind it."
            )


def _must_be_usable(variable: str, value: str) -> None:
    if not (value.isascii() and value.isprintable() and " " not in value):
        raise ConfigError(f"{variable} holds a space or a character that no header can carry.")
    if len(value) < SHORTEST_KEY:
        raise ConfigError(
            f"{variable} is shorter than {SHORTEST_KEY} characters. So short a text is part of too many "
            "others: it could not be kept out of the reports."
        )
