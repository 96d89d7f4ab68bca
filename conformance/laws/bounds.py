"""The laws of values outside what is documented: PAG-11 to PAG-14, PAG-17."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.laws.edge import HTTP_LAYER
from conformance.laws.finding import Finding
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation
    from conformance.laws.pages import Page


REFUSALS = (400,)
REFUSED = (400, 409, 422)


def over_maximum(
    exchange: Exchange,
    page: Page | None,
    maximum: int,
    full: int,
    refusals: tuple[int, ...] = REFUSALS,
) -> list[Finding]:
    """PAG-11: refused with 400 (see `Operation.invalid_statuses`), or clamped: then as many rows (`full`) as
    with the maximum.

    A 2xx that is no page is the schema laws' to name.
    """
    if exchange.status in refusals or (exchange.ok and page is None):
        return []
    if exchange.ok and page and len(page.rows) == full:
        return []
    return [
        Finding(f"400, or the {full} rows of limit {maximum}", _seen(exchange, page), (exchange,))
    ]


def refused(
    exchange: Exchange, page: Page | None, what: str, refusals: tuple[int, ...] = REFUSALS
) -> list[Finding]:
    """PAG-14, PAG-17: a value that is not documented is refused with 400 (see `Operation.invalid_statuses`);
    before the API, in any form.
    """
    if exchange.status in refusals or _is_refused_before_the_api(exchange):
        return []
    return [Finding(f"400 for {what}", _seen(exchange, page), (exchange,))]


def not_failed(exchange: Exchange, what: str) -> list[Finding]:
    """PAG-12, PAG-13: no value makes the server fail."""
    if exchange.status < 500 or _is_refused_before_the_api(exchange):
        return []
    return [Finding(f"no 5xx for {what}", f"status {exchange.status}", (exchange,), at="status")]


def one_reading(name: str, answers: Mapping[str, Exchange], operation: Operation) -> list[Finding]:
    """PAG-12: all values of a class are taken for the same (requirements, Decision 2).

    `answers` are by value; how many rows a served one has tells the default from the bound.
    """
    readings = {value: _reading(exchange, operation) for value, exchange in answers.items()}
    if len(set(readings.values())) <= 1:
        return []
    said = ", ".join(f"{value}: {reading}" for value, reading in readings.items())
    return [Finding(f"one reading of every negative {name}", said, tuple(answers.values()))]


def one_treatment(what: str, answers: Mapping[str, Exchange]) -> list[Finding]:
    """PAG-11, PAG-12: a value beyond a bound is refused whatever else is asked, or never (requirements,
    Decision 2).

    `answers` are by what was asked; of a failure, and of a limit that is in force, nothing follows.
    """
    told = {asked: one for asked, one in answers.items() if one.ok or one.status in REFUSED}
    if len({exchange.ok for exchange in told.values()}) <= 1:
        return []
    said = ", ".join(f"{asked}: status {exchange.status}" for asked, exchange in told.items())
    return [Finding(f"{what} refused always, or never", said, tuple(told.values()))]


def _reading(exchange: Exchange, operation: Operation) -> str:
    page = read_page(exchange, operation, 0, 0)
    return f"{len(page.rows)} rows" if page else f"status {exchange.status}"


def _is_refused_before_the_api(exchange: Exchange) -> bool:
    """A request that the HTTP layer may refuse, or not answer at all, and did."""
    is_silent = exchange.response is None
    return exchange.request.edge and (is_silent or exchange.status in HTTP_LAYER)


def _seen(exchange: Exchange, page: Page | None) -> str:
    """The status, and the rows if there are any to count."""
    rows = f", {len(page.rows)} rows" if page else ""
    return f"status {exchange.status}{rows}"
