"""Requests with a credential, right or wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conformance.client import Request
    from conformance.contract.security import Presentation


def carrying(request: Request, presentation: Presentation) -> Request:
    """A request with a credential: its headers come first, its query behind the request's own."""
    headers = list(presentation.headers)
    if presentation.cookies:
        headers.append(
            ("Cookie", "; ".join(f"{name}={value}" for name, value in presentation.cookies))
        )

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
