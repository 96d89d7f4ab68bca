"""Shards as they are named: `2/3` is the second part of three."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from conformance.settings.kinds import mismatch

Shard: TypeAlias = str  # K/N, as `Shards` reads it
MOST = 999
_FORM = re.compile(r"0*([1-9]\d{0,2})/0*([1-9]\d{0,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shards:
    """A number and how many there are, `K/N`."""

    expected: str = f"K/N, as in 2/3, with K from 1 to N and N up to {MOST}"
    metavar: str = "K/N"

    def read(self, value: object) -> Shard:
        """The text in its plain form."""
        match = _FORM.fullmatch(value.strip()) if isinstance(value, str) else None
        if match is None or int(match[1]) > int(match[2]):
            raise mismatch(self, value)
        return f"{match[1]}/{match[2]}"
