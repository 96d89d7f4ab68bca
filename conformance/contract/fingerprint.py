"""What tells a document from every other one."""

from __future__ import annotations

import hashlib
import json
from typing import Any

_KNOWN: dict[
    int, tuple[Any, str]
] = {}  # by identity; the document is kept, so that it stays its own


def fingerprint(document: Any) -> str:
    """A digest of a document, made once for each: to write out a large one takes a second."""
    known = _KNOWN.get(id(document))
    if known is None:
        text = json.dumps(document, sort_keys=True, default=str)
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        known = _KNOWN[id(document)] = (document, digest)
    return known[1]
