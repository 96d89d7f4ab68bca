"""Requests that Schemathesis generates from the overlaid document, without their credentials."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from conformance.checks.sampling import ALONE, draw
from conformance.client import Request

if TYPE_CHECKING:
    from conformance.checks.context import Context

# A query that no URL of reasonable length carries is the HTTP layer's to refuse.
REASONABLE = 2000
_MADE: dict[tuple[Any, ...], list[Request]] = {}
_SCHEMAS: dict[int, tuple[Any, Any]] = {}


def generated(context: Context, count: int) -> list[Request]:
    """About `count` requests of the subject's operation, half of them valid, the same for every region."""
    key = (_fingerprint(context.contract.document), context.operation.id, count, context.seed)
    with ALONE:
        if key not in _MADE:
            _MADE[key] = _generate(context, count)
        return _MADE[key]


def _fingerprint(document: Any) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()


def _generate(context: Context, count: int) -> list[Request]:
    from hypothesis import strategies as st
    from schemathesis import GenerationMode

    operation = _schema(context.contract.document)[context.operation.path][context.operation.method]
    found: dict[Request, None] = {}
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        try:
            strategy = operation.as_strategy(generation_mode=mode)
            for case in draw(st.one_of(strategy), count // 2, context.seed):
                found.setdefault(_request(case, context.operation.path))
        except Exception as error:
            # An operation without parameters has no negative cases; anything else is the suite's trouble.
            if mode is GenerationMode.POSITIVE or "negat" not in str(error).lower():
                raise
    return list(found)


def _schema(document: Any) -> Any:
    import schemathesis

    if id(document) not in _SCHEMAS:
        schema = schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict({}))
        # The document is kept with it, so that no other can take its place in memory.
        _SCHEMAS[id(document)] = (document, schema)
    return _SCHEMAS[id(document)][1]


def _request(case: Any, path: str) -> Request:
    pairs = [
        (name, _text(one))
        for name, value in (case.query or {}).items()
        for one in (value if isinstance(value, list) else [value])
    ]
    query = urlencode(pairs, errors="surrogatepass")
    target = case.formatted_path if "{" in path else path
    return Request(case.method.upper(), target, raw_query=query, edge=len(query) > REASONABLE)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
