"""The laws of values outside what is documented: PAG-11 to PAG-14."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.laws.finding import Finding
from conformance.laws.schema import HTTP_LAYER

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.laws.pages import Page


def seen(exchange: Exchange, page: Page | None) -> str:
    """The status, and the rows if there are any to count."""
    return f"status {exchange.status}" + (f", {len(page.rows)} rows" if page else "")


def over_maximum(exchange: Exchange, page: Page | None, maximum: int, full: int) -> list[Finding]:
    """PAG-11: refused with 400, or clamped: then as many rows (`full`) as with the maximum."""
    if exchange.status == 400 or (exchange.ok and page is None):
        return []  # a 2xx that is no page is the schema laws' to name
    if exchange.ok and page and len(page.rows) == full:
        return []
    return [Finding(f"400, or the {full} rows of limit {maximum}", seen(exchange, page), (exchange,))]


def below_minimum(exchange: Exchange, page: Page | None, what: str, *, zero: bool) -> list[Finding]:
    """PAG-12: 400; `limit` 0 may give an empty page."""
    if exchange.status == 400 or (zero and exchange.ok and page is not None and not page.rows):
        return []
    expected = f"400{', or no rows,' if zero else ''} for {what}"
    return [Finding(expected, seen(exchange, page), (exchange,))]


def refused(exchange: Exchange, page: Page | None, what: str) -> list[Finding]:
    """PAG-13, PAG-14: a value that is not an integer is refused with 400."""
    if exchange.status == 400:
        return []
    return [Finding(f"400 for {what}", seen(exchange, page), (exchange,))]


def huge(exchange: Exchange, page: Page | None, what: str, full: int) -> list[Finding]:
    """PAG-13: an integer beyond 32, 63 or 64 bits is refused, gives no rows, or is clamped: then `full`."""
    if exchange.response is None and exchange.request.edge:
        return []
    if exchange.status == 400 or (exchange.request.edge and exchange.status in HTTP_LAYER):
        return []
    if exchange.ok and (page is None or len(page.rows) in (0, full)):
        return []
    rows = f"none or {full} rows" if full else "no rows"
    return [Finding(f"400 or {rows} for {what}", seen(exchange, page), (exchange,))]
