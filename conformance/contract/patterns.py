"""Regular expressions of a document: ECMA-262 (JSON Schema 2020-12, 6.4), and without a time in which
they must be done. Python's own read other words, and may search without end.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jsonschema_rs


def is_found(pattern: str, text: str, *, unknown: bool = False) -> bool:
    """Whether an expression is found in a text; `unknown` where it is no expression."""
    search = _search(pattern)
    return unknown if search is None else bool(search.is_valid(text))


@lru_cache(maxsize=1_000)
def _search(pattern: str) -> Any:
    try:
        return jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except (jsonschema_rs.ValidationError, ValueError):
        return None
