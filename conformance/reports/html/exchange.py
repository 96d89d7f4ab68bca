"""An exchange on the page: its lines, of which those that the finding names are marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.reports import bodies
from conformance.verdict.text import counted, cut, without_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.events.messages import ExchangeRecord, SentRequest
    from conformance.events.model import Finding

_JSON = re.compile(r'(\s+)("(?:\\.|[^"\\])*": ?)?([^\s,][^,]*|"(?:\\.|[^"\\])*")(,?)')
_BRACKETS = ("{", "[", "}", "]", "{}", "[]")
_LONGEST_LINE = 4_000
_AROUND = 6
_MOST_MARKED = 3  # places that an excerpt shows
_BESIDE = 2  # lines of an excerpt beside each of them
_LONGEST_SHOWN = 300
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class WireLine:
    """A line of an exchange as it is shown."""

    text: str
    marked: bool = False
    quiet: bool = False

    @property
    def content(self) -> str:
        """The line without its indentation."""
        return self.text.lstrip()

    @property
    def indent(self) -> str:
        """The spaces that it begins with."""
        return self.text[: len(self.text) - len(self.content)]

    @property
    def tokens(self) -> list[tuple[str, str]]:
        """The line in parts, each with its kind: k a key, s a text, n a number or a word."""
        match = _JSON.fullmatch(self.text)
        if match is None:
            return [("", self.text)]
        space, key, value, end = match.groups()
        kind = "s" if value.startswith('"') else "n" if value not in _BRACKETS else ""
        parts = [("", space), ("k", key or ""), (kind, value), ("", end)]
        return [(kind, text) for kind, text in parts if text]


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """An exchange as it is shown."""

    id: str
    region: str
    title: str
    status: str
    milliseconds: int
    request: list[WireLine]
    response: list[WireLine]
    curl: str


@dataclass(slots=True)
class Room:
    """How many characters of bodies a page may still take."""

    left: int
    most: int

    def take(self, lines: list[WireLine]) -> list[WireLine]:
        """All lines if they fit; otherwise the marked lines, the first and the last ones."""
        size = sum(len(line.text) + 1 for line in lines)
        if size > min(self.left, self.most):
            lines = _shortened(lines)
            size = sum(len(line.text) + 1 for line in lines)
        self.left -= size
        return lines


def view(exchange: ExchangeRecord, finding: Finding, room: Room) -> ExchangeView:
    """Show an exchange beside the finding that names it."""
    request, response = exchange.request, exchange.response
    target = f"{request.method} {request.url}"
    return ExchangeView(
        id=exchange.id,
        region=exchange.region,
        title=cut(without_controls(target), _LONGEST_TITLE),
        status=f"{response.status} {without_controls(response.reason)}"
        if response
        else "no response",
        milliseconds=round(exchange.seconds * 1000),
        request=room.take(list(_request(request))),
        response=room.take(list(_response(exchange, finding))),
        curl=request.curl if request.curl != finding.curl else "",
    )


def excerpt(exchange: ExchangeRecord, finding: Finding) -> list[WireLine]:
    """The part of the answer that the finding speaks of: its marked lines with a few around them."""
    lines = list(_response(exchange, finding))
    marked = [index for index, line in enumerate(lines) if line.marked][:_MOST_MARKED]
    if not marked:
        return []
    kept = {index + by for index in marked for by in range(-_BESIDE, _BESIDE + 1)}
    shown: list[WireLine] = []
    last = -1
    for index, line in enumerate(lines):
        if index in kept and line.text.strip():
            if shown and last != index - 1:
                shown.append(WireLine("…", quiet=True))
            shown.append(WireLine(cut(line.text, _LONGEST_SHOWN), line.marked, line.quiet))
            last = index
    return shown


def response_lines(exchange: ExchangeRecord) -> list[str]:
    """The answer as plain lines for a comparison, with its headers sorted by name."""
    response = exchange.response
    if response is None:
        return [exchange.error or "no response"]
    headers = sorted(_header(name.lower(), value) for name, value in response.headers)
    status = f"{response.status} {without_controls(response.reason)}".strip()
    return [status, *headers, "", *bodies.pretty(response.body or "")]


def _request(request: SentRequest) -> Iterator[WireLine]:
    yield WireLine(_line(f"{request.method} {request.url}"))
    for name, value in request.headers:
        yield WireLine(_header(name, value), quiet=True)
    if request.body:
        yield WireLine("")
        yield from (WireLine(_line(text)) for text in bodies.pretty(request.body))


def _response(exchange: ExchangeRecord, finding: Finding) -> Iterator[WireLine]:
    response = exchange.response
    if response is None:
        yield WireLine(_line(exchange.error or "no response"), marked=True)
        return
    status = str(response.status)
    line = f"HTTP/{response.http_version} {status} {response.reason}"
    is_named = finding.at == "status" or (
        finding.at is None and f"status {status}" in finding.actual
    )
    yield WireLine(_line(line), marked=is_named)
    for name, value in response.headers:
        yield WireLine(_header(name, value), marked=bodies.names(name, finding), quiet=True)
    lines = bodies.pretty(response.body or "")
    marked = bodies.marks(lines, finding)
    if lines:
        yield WireLine("")
    for index, text in enumerate(lines):
        yield WireLine(_line(text), marked=index in marked)
    if response.truncated:
        yield WireLine(
            f"… cut when recorded; the body has {counted(response.size, 'byte')}", quiet=True
        )


def _shortened(lines: list[WireLine]) -> list[WireLine]:
    last = len(lines) - 1
    kept = {*range(2 * _AROUND), *range(last - _AROUND + 1, last + 1)}
    for index, line in enumerate(lines):
        if line.marked:
            kept.update(range(index - _AROUND, index + _AROUND + 1))

    shown, gap = [], 0
    for index, line in enumerate(lines):
        if index not in kept:
            gap += 1
            continue
        if gap:
            shown.append(WireLine(f"… {counted(gap, 'line')}: see traffic.har", quiet=True))
            gap = 0
        shown.append(WireLine(cut(line.text, 400), line.marked, line.quiet))
    return shown


def _header(name: str, value: str) -> str:
    return _line(f"{name}: {value}")


def _line(text: str) -> str:
    return cut(without_controls(text).replace("\n", "\\n"), _LONGEST_LINE)
