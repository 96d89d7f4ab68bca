"""Requests with what an operation needs: its required inputs, and a credential, right or wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode

from conformance.checks.grouping import grouped
from conformance.client import Request
from conformance.contract.bodies import JSON
from conformance.contract.security import Presentation, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.contract.operation import Operation


def plain_request(operation: Operation, *query: tuple[str, str], **more: Any) -> Request:
    """A request with everything that the operation requires, and no credential.

    `query` comes behind the required parameters and replaces those that it names; `more` is the
    rest of the request, of which a raw query is completed in the same way. The body is sent with
    the operation's own method alone.
    """
    inputs = operation.inputs
    by_header = operation.pagination.header_names if operation.pagination else ()
    fields = tuple(pair for pair in query if pair[0] in by_header)
    query = tuple(pair for pair in query if pair[0] not in by_header)
    method = more.pop("method", operation.method)
    path = more.pop("path", operation.plain_path or operation.path)

    raw = more.pop("raw_query", None)
    given = {name for name, _ in query} | _names(raw)
    required = tuple((name, value) for name, value in inputs.query if name not in given)
    if raw is not None and required:
        raw = "&".join(filter(None, [urlencode(required, quote_via=quote, safe=""), raw]))

    headers = (*more.pop("headers", ()), *fields)
    own = {name.lower() for name, _ in headers}
    headers = (*headers, *(pair for pair in inputs.headers if pair[0].lower() not in own))
    if inputs.cookies:
        headers = (*headers, ("Cookie", _cookie(inputs.cookies)))
    if inputs.body is not None and method == operation.method and "body" not in more:
        more["body"] = inputs.body
        headers = (*headers, ("Content-Type", inputs.media or JSON))

    if operation.presented and operation.presented.needs_certificate:
        more.setdefault("certificate", False)
    pairs = () if raw is not None else (*required, *query)
    more.setdefault("page", operation.promises_page)
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
        certificate=presentation.certificate,
        edge=request.edge or not presentation.certificate,
    )


def together(wrong: Sequence[Wrong]) -> list[tuple[Wrong, ...]]:
    """Wrong presentations that one request can carry at once, for each has a place of its own."""
    return grouped(wrong, lambda group, entry: _have_own_places([*group, entry]))


def _have_own_places(entries: Sequence[Wrong]) -> bool:
    places = [place for entry in entries for place in _places(entry.presentation)]
    return len(places) == len(set(places)) and not any(
        entry.presentation.alteration for entry in entries
    )


def _places(presentation: Presentation) -> list[str]:
    places = [f"header {name.lower()}" for name, _ in presentation.headers]
    places += [f"query {name.lower()}" for name, _ in presentation.query]
    return [*places, *(["cookies"] if presentation.cookies else [])]


def joined(group: Sequence[Wrong]) -> Wrong:
    """One presentation with all that a group presents."""
    if len(group) == 1:
        return group[0]
    shown = [entry.presentation for entry in group]
    return Wrong(
        ", ".join(entry.name for entry in group),
        Presentation(
            headers=tuple(field for each in shown for field in each.headers),
            query=tuple(pair for each in shown for pair in each.query),
            cookies=tuple(pair for each in shown for pair in each.cookies),
            body=next((each.body for each in shown if each.body is not None), None),
            certificate=all(each.certificate for each in shown),
        ),
        any(entry.before_api for entry in group),
    )
