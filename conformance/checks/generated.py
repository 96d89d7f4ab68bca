"""Requests that Schemathesis generates from the overlaid document, without their credentials."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode

from conformance.checks.draw import draw
from conformance.client import Request

if TYPE_CHECKING:
    from conformance.subject import Subject


@cache
def _schema(key: int) -> Any:
    return schemathesis.openapi.from_dict(_DOCUMENTS[key], config=schemathesis.Config.from_dict({}))


_DOCUMENTS: dict[int, dict[str, Any]] = {}


def generated(subject: Subject, count: int) -> list[Request]:
    """About `count` requests of the subject's operation, half of them valid, the same for every region."""
    document = subject.contract.document
    _DOCUMENTS[id(document)] = document
    operation = _schema(id(document))[subject.operation.path][subject.operation.method]
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    found: dict[Request, None] = {}
    for mode in modes:
        try:
            strategy = operation.as_strategy(generation_mode=mode)
            for case in draw(st.one_of(strategy), count // 2, subject.seed):
                found.setdefault(_request(case, subject.operation.path))
        except Exception as error:
            # An operation without parameters has no negative cases; anything else is the suite's trouble.
            if mode is GenerationMode.POSITIVE:
                raise
            if "negat" not in str(error).lower():
                raise
    return list(found)


def _request(case: Any, path: str) -> Request:
    pairs = []
    for name, value in (case.query or {}).items():
        for one in value if isinstance(value, list) else [value]:
            text = (
                one
                if isinstance(one, str)
                else ""
                if one is None
                else str(one).lower()
                if isinstance(one, bool)
                else str(one)
            )
            pairs.append((name, text))
    filled = case.formatted_path if "{" in path else path
    query = urlencode(pairs, errors="surrogatepass")
    # Bytes that no URL of reasonable length carries are the HTTP layer's to refuse.
    return Request(case.method.upper(), filled, raw_query=query, exact=True, edge=len(query) > 2000)
