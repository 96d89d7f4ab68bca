"""The registry of faults and benign variants, and how a name on the command line becomes
entries.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.mock import benign, faults
from conformance.mock.entries import BENIGN, FAULTS, REGIONS, Benign, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BENIGN", "FAULTS", "Benign", "Fault", "Selected", "UnknownFault", "resolve"]

assert faults.MODULES
assert benign.MODULES


class UnknownFault(LookupError):
    """A name that is neither a fault nor a benign variant, or a region the mock does not have."""


@dataclass(frozen=True, slots=True)
class Selected:
    """An entry and the regions it is asked to apply to."""

    entry: Fault | Benign
    regions: tuple[str, ...]

    def applies_to(self, region: str) -> bool:
        """Whether a region wears the entry."""
        return region in self.regions


def resolve(names: Iterable[str]) -> tuple[Selected, ...]:
    """Turn `NAME` or `NAME@region` into entries, in the order given."""
    return tuple(_resolve(name) for name in names)


def _resolve(text: str) -> Selected:
    name, at, region = text.partition("@")
    entry = FAULTS.get(name) or BENIGN.get(name)
    if entry is None:
        close = _suggestion(name, [*FAULTS, *BENIGN])
        raise UnknownFault(f"no fault or benign variant is named {name!r}{close}")
    if at and region not in REGIONS:
        raise UnknownFault(f"{text!r} names no region of the mock; it has {' and '.join(REGIONS)}")
    return Selected(entry, (region,) if at else entry.regions)


def _suggestion(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"; did you mean {', '.join(close)}?" if close else ""
