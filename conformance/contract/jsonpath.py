"""Places of a document as JSONPath (RFC 9535), as the actions of overlays name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.contract.source import Key

_SHORTHAND = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")  # RFC 9535 2.5.1.1, its ASCII part


def path_of(keys: Iterable[Key]) -> str:
    """The one node at a path of keys."""
    return "$" + "".join(map(_segment, keys))


def entries_with(keys: Iterable[Key], members: Mapping[str, str]) -> str:
    """The entries of a list whose members have these values, at whatever index they stand."""
    tests = [f"@{_segment(name)} == {_quoted(value)}" for name, value in members.items()]
    return f"{path_of(keys)}[?{' && '.join(tests)}]"


def _segment(key: Any) -> str:
    if isinstance(key, int):
        return f"[{key}]"
    return f".{key}" if _SHORTHAND.fullmatch(key) else f"[{_quoted(key)}]"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    # Control characters are no part of a string literal (RFC 9535 2.3.1.1).
    return "'" + re.sub(r"[\x00-\x1f]", lambda char: f"\\u{ord(char[0]):04x}", escaped) + "'"
