"""The API keys of each region, from the environment: one, or one for each security scheme."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from conformance.client.credentials import Secret
from conformance.contract.conventions import Keys
from conformance.contract.operation import NO_CERTIFICATE
from conformance.contract.security import Together
from conformance.contract.security.basic import Basic
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.contract.security import Security

# What every run read before overlays could name variables of their own; still read, never
# suggested.
FORMER = Keys("FORMANT_API_KEY_{REGION}", "FORMANT_API_KEY")
NO_KEY = Secret("", "")
SHORTEST_KEY = 8  # characters


@dataclass(frozen=True, slots=True)
class KeySource:
    """The variables that hold the keys of an API.

    `schemes` are the names of the security schemes that have a key; without one no key is needed.
    `together` are those that some operation needs beside another: each has a key of its own. Of
    `pairs` the key is a user and a password.
    """

    names: Keys
    schemes: tuple[str, ...]
    together: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Keys, operations: Iterable[Operation]) -> KeySource:
        """The keys that requests of these operations carry."""
        securities = [
            security
            for one in operations
            if one.presented
            for security in (one.presented, *one.keyed)
        ]
        parts = [part for security in securities for part in _parts(security)]
        schemes = dict.fromkeys(name for security in securities for name in security.schemes)
        return cls(
            names,
            tuple(schemes),
            frozenset(name for one in securities if len(one.schemes) > 1 for name in one.schemes),
            frozenset(part.scheme for part in parts if part.kind == Basic.kind),
        )

    @property
    def needed(self) -> bool:
        """Whether any request carries a key."""
        return bool(self.schemes)

    @property
    def several(self) -> bool:
        """Whether keys are told apart by their schemes."""
        return len(self.schemes) > 1

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

    def has(self, region: str, security: Security) -> bool:
        """Whether each scheme of a credential has a variable of its own in a region."""
        return all(
            any(os.environ.get(variable) for variable in self.names.of_scheme(region, scheme))
            for scheme in security.schemes
        )

    def knows(self, region: str, security: Security) -> bool:
        """Whether there is a key for a credential, the region's own or one for all schemes."""
        common = (*self.names.variables(region), *FORMER.variables(region))
        is_one = len(security.schemes) == 1
        has_common = is_one and any(os.environ.get(variable) for variable in common)
        return has_common or self.has(region, security)

    def fits(self, region: str, security: Security) -> bool:
        """Whether the key that all schemes share may be one of this: Basic's has a colon."""
        if security.kind != Basic.kind:
            return True
        common = (*self.names.variables(region), *FORMER.variables(region))
        value = next((value for name in common if (value := os.environ.get(name))), "")
        return not value or ":" in value

    def _secret(self, region: str) -> Secret:
        by_scheme = {scheme: self._of_scheme(region, scheme) for scheme in self.schemes}
        first = by_scheme[self.schemes[0]]
        return replace(first, others=by_scheme) if self.several else first

    def _of_scheme(self, region: str, scheme: str) -> Secret:
        own = self.names.of_scheme(region, scheme)
        common = self.names.variables(region)
        looked_at = own if scheme in self.together else (*own, *common, *FORMER.variables(region))
        for variable in looked_at:
            value = os.environ.get(variable, "").strip()
            if value:
                is_pair = scheme in self.pairs
                _must_be_usable(variable, value, spaces=is_pair)
                if is_pair:
                    _must_be_pair(variable, value)
                return Secret(variable, value)

        suggested = own if self.several else common
        needs = f" for the security scheme {scheme}" if self.several else ""
        raise ConfigError(
            f"{suggested[0]} is not set. Region {region} needs a key{needs}: "
            f"set it, or {suggested[1]} for all regions."
        )


def with_keys(contract: Contract, regions: Sequence[str], *, certificate: bool) -> Contract:
    """The contract whose operations present what there is a key for, and say where they need a
    certificate that there is not.

    Of alternatives that is the first one whose every scheme has a variable of its own in each
    region, or else the first that the region's own key fits; where none is needed it is one whose
    key is known in each region, or nothing. Where keys are told apart, each request names the scheme
    of its own.
    """
    source = KeySource(contract.keys, ())
    operations = [_chosen(one, source, regions, certificate) for one in contract.operations]
    if not certificate:
        operations = [
            replace(one, lacks_certificate=True)
            if one.security and one.security.needs_certificate
            else one
            for one in operations
        ]
    if KeySource.of(contract.keys, operations).several:
        operations = [
            replace(
                one,
                security=one.security and _named(one.security),
                alternatives=tuple(map(_named, one.alternatives)),
                keyed=tuple(map(_named, one.keyed)),
                optional=tuple(map(_named, one.optional)),
            )
            for one in operations
        ]
    return replace(contract, operations=tuple(operations))


def must_show_certificates(operations: Iterable[Operation]) -> None:
    """Refuse a run that asks nothing where a client certificate is what is missing."""
    for operation in operations:
        if operation.obstacle == NO_CERTIFICATE:
            raise ConfigError(
                f"--client-cert is not set. {operation.id} needs mutual TLS: give the client's "
                "certificate, and --client-key unless the file has the key too."
            )


def _chosen(
    operation: Operation, source: KeySource, regions: Sequence[str], certificate: bool
) -> Operation:
    if operation.optional:
        known = (
            one
            for one in operation.optional
            if (certificate or not one.needs_certificate)
            and all(source.knows(name, one) for name in regions)
        )
        return replace(operation, optional=tuple(islice(known, 1)))
    if operation.security is None or not operation.alternatives:
        return operation

    offered = [operation.security, *operation.alternatives]
    possible = [one for one in offered if certificate or not one.needs_certificate] or offered
    keyed = [
        one for one in possible if one.schemes and all(source.has(name, one) for name in regions)
    ]
    fitting = [one for one in possible if all(source.fits(name, one) for name in regions)]
    chosen = next(iter([*keyed, *fitting, *possible]))
    others = tuple(one for one in offered if one is not chosen)
    others_keyed = tuple(one for one in keyed if one is not chosen)
    return replace(operation, security=chosen, alternatives=others, keyed=others_keyed)


def _named(security: Security) -> Security:
    """The same with the name of its scheme where its key stands."""
    return security if isinstance(security, Together) else Together.of(security)


def _parts(security: Security) -> tuple[Security, ...]:
    return security.parts if isinstance(security, Together) else (security,)


def _must_be_pair(variable: str, value: str) -> None:
    if ":" not in value:
        raise ConfigError(
            f"{variable} has no colon. The document asks for Basic authentication, whose key is "
            "USER:PASSWORD (RFC 7617); an empty password is USER: with nothing behind it."
        )


def _must_be_usable(variable: str, value: str, *, spaces: bool) -> None:
    """Refuse what cannot be sent; a password may have `spaces`, for Basic encodes it."""
    if not (value.isascii() and value.isprintable() and (spaces or " " not in value)):
        raise ConfigError(
            f"{variable} holds a space or a character that no header can carry. Give the key alone: "
            "a word before it, such as Token, is the scheme's, which an overlay can state as "
            "`type: http` and `scheme: Token`."
        )
    if len(value) < SHORTEST_KEY:
        raise ConfigError(
            f"{variable} is shorter than {SHORTEST_KEY} characters. So short a text is part of too many "
            "others: it could not be kept out of the reports."
        )
