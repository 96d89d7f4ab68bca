"""The catalogue for sample runs: the bundled one, with evidence and explanations of the samples."""

from __future__ import annotations

from functools import cache
from typing import Any

from msgspec import json

from conformance.contract import load_contract

# Requirements without which the samples are as varied, and smaller.
_LEFT_OUT = (
    *("PAG-17", "PAG-18", "PAG-19", "PAG-20", "PAG-21", "FIL-07", "FIL-08", "FIL-09"),
    *("SCH-11", "SCH-12", "SCH-13", "AUT-18"),
    *(f"RES-0{number}" for number in range(1, 10)),
    *("AUT-11", "AUT-13", "AUT-14", "AUT-15", "AUT-16", "AUT-17"),
    *("ROB-05", "ROB-07", "ROB-08", "ROB-09", "PAR-04", "PAR-06", "PAR-07", "DOC-03"),
)
_EVIDENCE = {
    "schema": {"answers": 10},
    "pagination": {"pages": 5},
    "filters": {"rows_compared": 20},
    "authentication": {"refusals": 1},
    "robustness": {"answers": 3},
    "parity": {"comparisons": 4},
    "document": {},
}
_EXPLAINED_BY = {
    "PAG-05": ["PAG-03"],
    "PAG-06": ["PAG-05"],
    "FIL-03": ["PAG-0[1-9]"],
    "PAR-03": ["PAG-*"],
    "PAG-03": ["PAG-05"],
}


def catalogue() -> list[dict[str, Any]]:
    """The entries as a header carries them."""
    return [_entry(name, facts) for name, facts in _bundled().items() if name not in _LEFT_OUT]


@cache
def _bundled() -> dict[str, dict[str, Any]]:
    requirements = load_contract().requirements
    return {name: json.decode(json.encode(entry)) for name, entry in requirements.items()}


def _entry(name: str, facts: dict[str, Any]) -> dict[str, Any]:
    area = facts["area"]
    own = {
        "applies_to": area,
        "evidence": _EVIDENCE[area],
        "explained_by": _EXPLAINED_BY.get(name, []),
        "fatal": name == "AUT-01",
    }
    return facts | own
