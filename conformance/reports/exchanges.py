"""The exchanges of findings, from a second pass over the stream: no other body is kept in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.events.messages import ExchangeRecord
from conformance.events.reader import read_summaries
from conformance.verdict.text import counted, cut, visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conformance.events.messages import Pairs
    from conformance.verdict.report import Report

_MOST_LINES = 60
_LONGEST_LINE = 2_000


def ids_of_findings(report: Report) -> dict[str, None]:
    """The ids of the exchanges that findings name, in the order of the results."""
    return {
        exchange: None
        for result in report.results
        for finding in result.findings
        for exchange in finding.exchanges
    }


def exchanges_of_findings(report: Report, events: Path | None = None) -> dict[str, ExchangeRecord]:
    """Read the exchanges that findings name."""
    return exchanges_with(events or report.source, ids_of_findings(report))


def exchanges_with(events: Path, wanted: dict[str, None]) -> dict[str, ExchangeRecord]:
    """Read the exchanges with these ids, in the order the ids are given."""
    if not wanted:
        return {}
    exchanges = {
        exchange.id: exchange
        for exchange in read_summaries(events, whole=wanted)
        if isinstance(exchange, ExchangeRecord)
    }
    return {name: exchanges[name] for name in wanted if name in exchanges}


def wire_lines(exchange: ExchangeRecord) -> Iterator[str]:
    """An exchange as lines of text, request first, with invisible characters escaped."""
    request, response = exchange.request, exchange.response
    yield f"> {visible(request.method)} {visible(request.url)}"
    yield from _headers(">", request.headers)
    yield from _body(">", request.body)
    if response is None:
        yield f"! {visible(exchange.error or 'no response')}"
        return
    status = f"HTTP/{response.http_version} {response.status} {response.reason}"
    yield f"< {visible(status)}  ({exchange.seconds * 1000:.0f} ms)"
    yield from _headers("<", response.headers)
    yield from _body("<", response.body)
    if response.truncated:
        yield f"< … cut; the body has {counted(response.size, 'byte')}"


def _headers(mark: str, headers: Pairs) -> Iterator[str]:
    for name, value in headers:
        yield f"{mark} {visible(name)}: {visible(cut(value, _LONGEST_LINE))}"


def _body(mark: str, body: str | None) -> Iterator[str]:
    if not body:
        return
    lines = visible_lines(body)
    yield mark
    for line in lines[:_MOST_LINES]:
        yield f"{mark} {cut(line, _LONGEST_LINE)}"
    if len(lines) > _MOST_LINES:
        yield f"{mark} … {counted(len(lines) - _MOST_LINES, 'more line')}"
