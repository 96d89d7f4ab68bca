"""Requests with what an operation needs: its required inputs, and a credential, right or wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

from conformance.client import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.contract.operation import Operation
    from conformance.contract.security import Presentation


def plain_request(operation: Operation, *query: tuple[str, str], **more: Any) -> Request:
    """A request with everything that the operation requires, and no credential.

    `query` comes behind the required parameters and replaces those that it names; `more` is the
    rest of the request, of which a raw query is completed in the same way. The body is sent with
    the operation's own method alone.
    """
    inputs = operation.inputs
    method = more.pop("method", operation.method)
    path = more.pop("path", operation.plain_path or operation.path)

    raw = more.pop("raw_query", None)
    given = {name for name, _ in query} | _names(raw)
    required = tuple((name, value) for name, value in inputs.query if name not in given)
    if raw is not None and required:
        raw = "&".join(filter(None, [urlencode(required, quote_via=quote, safe=""), raw]))

    headers = (*more.pop("headers", ()), *inputs.headers)
    if inputs.cookies:
        headers = (*headers, ("Cookie", _cookie(inputs.cookies)))
    if inputs.body is not None and method == operation.method and "body" not in more:
        more["body"] = inputs.body
        headers = (*headers, ("Content-Type", "application/json"))

    pairs = () if raw is not None else (*required, *query)
    return Request(method, path, pairs, headers=headers, raw_query=raw, **more)


def _names(raw_query: str | None) -> set[str]:
    return {name for name, _ in parse_qsl(raw_query or "", keep_blank_values=True)}


def _cookie(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}={value}" for name, value in pairs)


def carrying(request: Request, presentation: Presentation) -> Request:
    """A request with a credential: its headers come first, its query behind the request's own."""
    headers = list(presentation.headers)
    if presentation.cookies:
        headers.append(("Cookie", _cookie(presentation.cookies)))

    raw_query = request.raw_query
    if presentation.query:
        pairs = [f"{name}={value}" for name, value in presentation.query]
        raw_query = "&".join(filter(None, [request.query_string, *pairs]))

    return replace(
        request,
        headers=(*headers, *request.headers),
        raw_query=raw_query,
        body=request.body if presentation.body is None else presentation.body,
        edit=presentation.alteration,
    )
