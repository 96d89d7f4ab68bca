"""`traffic.har`: the exchanges as HAR 1.2, bounded in size, those of findings always whole."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from conformance.events.reader import read_exchanges
from conformance.reports.exchanges import ids_of_findings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

    from harfile import HarFile, PostData, Record, Request, Response

    from conformance.events.messages import ExchangeRecord, Pairs, ReceivedResponse, SentRequest
    from conformance.verdict.report import Report

# Developer tools slow down past some tens of megabytes; the start of a body is enough.
MOST_BODY = 16_384
MOST_BODIES = 24_000_000
MOST_ENTRIES = 5_000
_RULE = (
    f"Keys are redacted. Bodies are cut to {MOST_BODY:,} characters and {MOST_BODIES:,} in all, exchanges to "
    f"{MOST_ENTRIES:,}; the exchanges of findings are always whole. events.ndjson has everything."
)


def _comment(report: Report) -> str:
    unverified = "; no certificate of a server was verified (--insecure)"
    return f"run {report.run}{unverified if report.config.get('insecure') else ''}"


def write_har(report: Report, events: Path, target: TextIO) -> None:
    """Write the exchanges of a stream, in the order they were recorded."""
    from harfile import Creator, HarFile

    creator = Creator(name="formant-conformance", version=report.suite, comment=_comment(report))
    room = MOST_BODIES
    with HarFile(target, creator=creator, comment=_RULE) as har:
        for exchange, whole in _chosen(report, events):
            size = len(exchange.response.body or "") if exchange.response else 0
            most = size if whole else max(min(MOST_BODY, room), 0)
            room -= min(size, most)
            _add(har, exchange, most, whole)


def _chosen(report: Report, events: Path) -> Iterator[tuple[ExchangeRecord, bool]]:
    """The exchanges to write, and whether each is a finding's."""
    wanted = ids_of_findings(report)
    for place, exchange in enumerate(read_exchanges(events)):
        whole = exchange.id in wanted
        if whole or place < MOST_ENTRIES:
            yield exchange, whole


def _add(har: HarFile, exchange: ExchangeRecord, most: int, whole: bool) -> None:
    from harfile import Timings

    place = f"{exchange.region} · {exchange.operation} · exchange {exchange.id}"
    milliseconds = round(exchange.seconds * 1000, 3)
    har.add_entry(
        startedDateTime=exchange.started,
        time=milliseconds,
        request=_request(exchange.request, exchange.response),
        response=_response(exchange, most),
        timings=Timings(send=0, wait=milliseconds, receive=0),
        comment=f"{place} · named by a finding" if whole else place,
    )


def _request(request: SentRequest, response: ReceivedResponse | None) -> Request:
    from harfile import Record, Request

    # Not urlsplit: it refuses some of the targets that probes are made of.
    _, _, query = request.url.partition("#")[0].partition("?")
    fields = parse_qsl(query, keep_blank_values=True, errors="backslashreplace")
    body = request.body
    return Request(
        method=request.method,
        url=request.url,
        httpVersion=_version(response),
        headers=_records(request.headers),
        queryString=[Record(name, value) for name, value in fields],
        postData=_post_data(request.headers, body) if body is not None else None,
        bodySize=len(body.encode("utf-8", "replace")) if body is not None else 0,
    )


def _post_data(headers: Pairs, body: str) -> PostData:
    from harfile import PostData

    return PostData(mimeType=_header(headers, "content-type"), text=body)


def _response(exchange: ExchangeRecord, most: int) -> Response:
    from harfile import Content, Response

    response = exchange.response
    if response is None:
        # HAR has no form for a missing answer; developer tools write status 0 and the error.
        return Response(
            0, "", "", content=Content(size=0, mimeType=""), comment=exchange.error or "no response"
        )
    body = response.body or ""
    short = len(body) > most or response.truncated
    content = Content(
        size=response.size,
        mimeType=_header(response.headers, "content-type"),
        text=body[:most],
        comment=f"cut; the whole body has {response.size} bytes" if short else None,
    )
    return Response(
        status=response.status,
        statusText=response.reason,
        httpVersion=_version(response),
        headers=_records(response.headers),
        content=content,
        redirectURL=_header(response.headers, "location"),
        bodySize=response.size,
    )


def _records(headers: Pairs) -> list[Record]:
    from harfile import Record

    return [Record(name, value) for name, value in headers]


def _header(headers: Pairs, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")


def _version(response: ReceivedResponse | None) -> str:
    return f"HTTP/{response.http_version}" if response else "HTTP/1.1"
