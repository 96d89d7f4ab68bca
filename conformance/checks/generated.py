"""Requests that Schemathesis generates from the overlaid document, without their credentials."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from conformance.checks.presenting import carrying
from conformance.checks.sampling import ALONE, draw
from conformance.client import Request

if TYPE_CHECKING:
    from conformance.checks.context import Context

# A query that no URL of reasonable length carries is the HTTP layer's to refuse.
REASONABLE = 2000
_MADE: dict[tuple[Any, ...], list[Request]] = {}
_SCHEMAS: dict[int, tuple[Any, Any]] = {}


def generated_requests(context: Context, count: int) -> list[Request]:
    """About `count` requests of the operation, half of them valid, the same for every region."""
    key = (_fingerprint(context.contract.document), context.operation.id, count, context.seed)
    with ALONE:
        if key not in _MADE:
            _MADE[key] = _generate(context, count)
        return _MADE[key]


def _fingerprint(document: Any) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True, default=str).encode()).hexdigest()


def _generate(context: Context, count: int) -> list[Request]:
    from hypothesis import strategies as st
    from hypothesis.errors import Unsatisfiable
    from schemathesis import GenerationMode

    operation = _schema(context.contract.document)[context.operation.path][context.operation.method]
    generated: dict[Request, None] = {}
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        try:
            strategy = operation.as_strategy(generation_mode=mode)
            for case in draw(st.one_of(strategy), count // 2, context.seed):
                request = carrying(_request(case, context.operation.path), context.credential)
                generated.setdefault(request)
        except Unsatisfiable:
            # Where nothing is described (no parameters, no body), nothing can be invalid.
            if mode is GenerationMode.POSITIVE:
                raise
    return list(generated)


def _schema(document: Any) -> Any:
    import schemathesis

    if id(document) not in _SCHEMAS:
        schema = schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict({}))
        # The document is kept with it, so that no other can take its place in memory.
        _SCHEMAS[id(document)] = (document, schema)
    return _SCHEMAS[id(document)][1]


def _request(case: Any, path: str) -> Request:
    pairs = [
        (name, _text(item))
        for name, value in (case.query or {}).items()
        for item in (value if isinstance(value, list) else [value])
    ]
    query = urlencode(pairs, errors="surrogatepass")
    target = case.formatted_path if "{" in path else path
    return Request(case.method.upper(), target, raw_query=query, edge=len(query) > REASONABLE)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)
