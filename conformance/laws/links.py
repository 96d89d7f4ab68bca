"""The laws of links to other pages: where they lead, and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from conformance.contract.servers import server_urls
from conformance.laws.finding import Finding
from conformance.laws.urls import origin

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.events.model import Level
    from conformance.laws.answer import Answer
    from conformance.laws.pages import Page

FORMATS = (".json", ".jsonld", ".xml")


def own(answer: Answer) -> list[Finding] | None:
    """PAG-18: a link to another page leads to the same operation, at the same origin (RFC 6454 4)."""
    paging, listing = answer.operation.pagination, answer.listing
    if paging is None or not paging.linked or listing is None or not listing.links:
        return None

    here = answer.exchange.base + answer.exchange.request.path
    for relation, link in listing.links.items():
        problem = _leads_elsewhere(here, link)
        if problem:
            expected = f"a link of {relation} to {here}"
            is_alias = _leads_to_the_documented(answer, link) or _is_another_form(here, link)
            level: Level | None = "SHOULD" if is_alias else None
            return [Finding(expected, problem, answer.shown, at="links", level=level)]
    return []


def _leads_to_the_documented(answer: Answer, link: str) -> bool:
    """Whether a link leads to the operation on the one server that the document names, of which the
    region is a copy that the document does not know.
    """
    servers = server_urls(answer.schemas.contract.document)
    if len(servers) != 1 or not servers[0].startswith("http"):
        return False
    try:
        return _path(link) == _path(servers[0] + answer.exchange.request.path) and (
            origin(link) == origin(servers[0]) != origin(answer.exchange.base)
        )
    except ValueError:
        return False


def _is_another_form(here: str, link: str) -> bool:
    """Whether a link leads to the same path with a format behind it, or without: `.json`."""
    try:
        target = urljoin(here, link)
        return origin(target) == origin(here) and _bare(target) == _bare(here)
    except ValueError:
        return False


def _bare(url: str) -> str:
    path = _path(url)
    return next((path.removesuffix(end) for end in FORMATS if path.endswith(end)), path)


def _leads_elsewhere(here: str, link: str) -> str | None:
    """Where a link leads, if not to this URL with some query; none where it does."""
    try:
        target = urljoin(here, link)
        is_here = origin(target) == origin(here) and _path(target) == _path(here)
    except ValueError:
        return f"{link[:200]!r}, which is no URL"
    return None if is_here else f"{target.partition('?')[0][:200]}"


def _path(url: str) -> str:
    """The path, decoded, without a slash at its end, which frameworks add as they like."""
    return unquote(urlsplit(url).path).rstrip("/")


def leads(
    relation: str, exchange: Exchange, seen: Page | None, wanted: Page, source: Page
) -> list[Finding]:
    """PAG-19: a link leads to the page that it names; `source` is the page that has it."""
    shown = (exchange, *wanted.shown, *source.shown)
    expected = f"the link of {relation} at offset {source.offset} to lead to {_rows(wanted)}"
    if seen is None:
        return [Finding(expected, f"status {exchange.status}, no page", shown)]
    if seen.ids == wanted.ids:
        return []
    return [Finding(expected, _rows(seen), shown)]


def _rows(page: Page) -> str:
    if not page.ids:
        return "a page without rows"
    return f"{len(page.ids)} rows from {page.ids[0]!r} to {page.ids[-1]!r}"


def refused(exchange: Exchange, what: str) -> list[Finding]:
    """PAG-20: a cursor that the server did not give is refused."""
    if 400 <= exchange.status < 500 or exchange.response is None:
        return []
    return [Finding(f"a 4xx for {what}", f"status {exchange.status}", (exchange,), at="status")]
