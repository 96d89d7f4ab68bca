"""What the registry holds: faults that break one requirement, benign variants that break none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.mock.service import Service

REGIONS = ("global", "india")

Install = Callable[["Service"], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """A way to break one requirement, as little else as possible.

    `whole`: it shows only where the whole API is asked, not the first list alone. `writes`: it shows
    in the orders, which are served for it.
    """

    name: str
    requirement: str
    sentence: str
    install: Install
    regions: tuple[str, ...] = REGIONS
    keys: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Benign:
    """A way to differ and conform; `expected` is the verdict it deserves.

    That is `conformant or unverified` where data may move too fast for all evidence to be had.
    `writes`: as of a fault.
    """

    name: str
    expected: str
    sentence: str
    install: Install
    regions: tuple[str, ...] = REGIONS
    keys: Mapping[str, str] = field(default_factory=dict)
    writes: bool = False


FAULTS: dict[str, Fault] = {}
BENIGN: dict[str, Benign] = {}


def fault(
    requirement: str,
    *,
    regions: tuple[str, ...] = REGIONS,
    whole: bool = False,
    writes: bool = False,
) -> Callable[[Install], Install]:
    """Register a fault under its function's name; its docstring is the sentence."""

    def register(install: Install) -> Install:
        name = _name(install)
        assert name not in FAULTS, name
        sentence = _sentence(install)
        FAULTS[name] = Fault(
            name, requirement, sentence, install, regions, whole=whole, writes=writes
        )
        return install

    return register


def benign(
    *,
    expected: str = "conformant",
    regions: tuple[str, ...] = REGIONS,
    keys: Mapping[str, str] | None = None,
    writes: bool = False,
) -> Callable[[Install], Install]:
    """Register a benign variant under its function's name; its docstring is the sentence."""

    def register(install: Install) -> Install:
        name = _name(install)
        assert name not in BENIGN, name
        BENIGN[name] = Benign(
            name, expected, _sentence(install), install, regions, keys or {}, writes=writes
        )
        return install

    return register


def _name(install: Install) -> str:
    return install.__name__.replace("_", "-")


def _sentence(install: Install) -> str:
    return " ".join((install.__doc__ or "").split())
