"""What people need to know of a requirement besides its statement: why, examples, how to mend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from conformance.contract.errors import ContractError
from conformance.contract.load import spec_directory
from conformance.contract.source import Source

FIELDS = ("why", "good", "bad", "fix")


@dataclass(frozen=True, slots=True)
class Guidance:
    """Why a requirement matters, an answer that meets it, one that does not, how that is mended."""

    why: str = ""
    good: str = ""
    bad: str = ""
    fix: str = ""


@cache
def load_guidance() -> dict[str, Guidance]:
    """The bundled guidance by id; raises ContractError with file and line."""
    source = Source(spec_directory() / "guidance.yaml")
    entries = source.data.get("guidance") if isinstance(source.data, dict) else None
    if not isinstance(entries, dict):
        raise ContractError(f"{source.path}:1: no object `guidance`.")
    return {name: _read(source, name, entry) for name, entry in entries.items()}


def _read(source: Source, name: str, entry: Any) -> Guidance:
    texts = entry if isinstance(entry, dict) else {}
    if set(texts) != set(FIELDS) or not all(isinstance(text, str) for text in texts.values()):
        place = source.place("guidance", name)
        raise ContractError(f"{place}: the guidance of {name} is no object of {', '.join(FIELDS)}.")
    return Guidance(**texts)
