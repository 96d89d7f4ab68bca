"""The laws of values outside what is documented: PAG-11 to PAG-14."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.laws.answer import HTTP_LAYER
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.laws.pages import Page


def over_maximum(exchange: Exchange, page: Page | None, maximum: int, full: int) -> list[Finding]:
    """PAG-11: refused with 400, or clamped: then as many rows (`full`) as with the maximum.

    A 2xx that is no page is the schema laws' to name.
    """
    if exchange.status == 400 or (exchange.ok and page is None):
        return []
    if exchange.ok and page and len(page.rows) == full:
        return []
    return [Finding(f"400, or the {full} rows of limit {maximum}", _seen(exchange, page), (exchange,))]


def below_minimum(exchange: Exchange, page: Page | None, what: str, *, zero: bool) -> list[Finding]:
    """PAG-12: 400; a limit of 0 (`zero`) may give an empty page."""
    is_empty = exchange.ok and page is not None and not page.rows
    if exchange.status == 400 or (zero and is_empty):
        return []
    expected = f"400, or no rows, for {what}" if zero else f"400 for {what}"
    return [Finding(expected, _seen(exchange, page), (exchange,))]


def refused(exchange: Exchange, page: Page | None, what: str) -> list[Finding]:
    """PAG-13, PAG-14: a value that is not an integer is refused with 400."""
    if exchange.status == 400:
        return []
    return [Finding(f"400 for {what}", _seen(exchange, page), (exchange,))]


def huge(exchange: Exchange, page: Page | None, what: str, full: int) -> list[Finding]:
    """PAG-13: an integer beyond 32, 63 or 64 bits is refused, gives no rows, or is clamped: then `full`."""
    if exchange.status == 400 or _is_refused_before_the_api(exchange):
        return []
    if exchange.ok and (page is None or len(page.rows) in (0, full)):
        return []
    rows = f"none or {full} rows" if full else "no rows"
    return [Finding(f"400 or {rows} for {what}", _seen(exchange, page), (exchange,))]


def _is_refused_before_the_api(exchange: Exchange) -> bool:
    """A request that the HTTP layer may refuse, or not answer at all, and did."""
    is_silent = exchange.response is None
    return exchange.request.edge and (is_silent or exchange.status in HTTP_LAYER)


def _seen(exchange: Exchange, page: Page | None) -> str:
    """The status, and the rows if there are any to count."""
    rows = f", {len(page.rows)} rows" if page else ""
    return f"status {exchange.status}{rows}"
