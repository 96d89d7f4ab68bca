"""What several of the services share: shapes of a document, numbers and cursors as they are read."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from tests.support.paged import (
        Asked,
    )

COUNT = {"type": "integer"}
URL = {"type": ["string", "null"]}
BEARER = {
    "security": [{"key": []}],
    "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
}


def url(asked: Asked, **changes: Any) -> str:
    """The URL that was asked for, with other values of some parameters."""
    return f"{asked.url}?{urlencode({**asked.query, **changes})}"


def positive(value: str | None, default: int, most: int | None, *, from_: int) -> int:
    """A number as the framework reads it: what is none, or too small, is the default."""
    try:
        number = int(value) if value is not None else default
    except ValueError:
        return default
    if number < from_:
        return default
    return number if most is None else min(number, most)


def signed(number: int) -> str:
    """A cursor that only this service makes."""
    digest = hashlib.sha256(f"secret{number}".encode()).hexdigest()[:8]
    return base64.urlsafe_b64encode(f"p={number}.{digest}".encode()).decode()


def verified(cursor: str) -> int | None:
    """The number in a cursor; none where it is not one of this service."""
    found = re.fullmatch(r"p=(\d+)\..*", _decoded(cursor))
    return int(found[1]) if found and signed(int(found[1])) == cursor else None


def _decoded(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor).decode()
    except ValueError:
        return ""


def strict(value: str | None, default: int) -> int | None:
    """A number as pydantic reads it; none where it is none."""
    if value is None:
        return default
    is_number = re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip())
    return int(value) if is_number else None
