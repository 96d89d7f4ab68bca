"""For a requirement that passed: one exchange of the many that its check sent, shortened."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

from conformance.events.messages import Answered
from conformance.verdict.statistics import in_words
from conformance.verdict.text import cut, evidence, visible

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.events.messages import ExchangeRecord
    from conformance.events.model import Key
    from conformance.verdict.report import Report, Result

# A page over many operations has other uses, and no room.
MOST_RESULTS = 1_500
_LINES = 16
_LONGEST = 220
_TEXT = 500


class _Sent(msgspec.Struct, tag_field="event", tag="exchange"):
    """As much of an exchange as choosing one needs."""

    id: str
    region: str
    check: str | None
    response: Answered | None


class _Judged(msgspec.Struct, tag_field="event", tag="judgement"):
    """As much of a judgement as finding its exchanges needs."""

    requirement: str
    operation: str
    region: str | None
    check: str


class _Tagged(msgspec.Struct):
    event: str


_KINDS: dict[str, msgspec.json.Decoder[Any]] = {
    "exchange": msgspec.json.Decoder(_Sent),
    "judgement": msgspec.json.Decoder(_Judged),
}
_TAGS = msgspec.json.Decoder(_Tagged)


@dataclass(slots=True)
class Samples:
    """The checks of each result, and for each check the first exchange of each kind by region."""

    checks: dict[Key, list[str]] = field(default_factory=dict)
    firsts: dict[tuple[str, str], dict[bool, str]] = field(default_factory=dict)

    def ids(self, result: Result) -> list[str]:
        """The exchanges that are shown of a result: of its region, or one of every region."""
        refused = "refusals" in result.evidence
        for check in self.checks.get(result.key, ()):
            seen = [
                kinds.get(refused) or next(iter(kinds.values()))
                for (name, region), kinds in self.firsts.items()
                if name == check and result.region in (None, region)
            ]
            if seen:
                return seen[:2]
        return []


def samples_of(report: Report, events: Path) -> Samples:
    """Read which check judged what and which exchanges it sent; nothing of a large run."""
    found = Samples()
    if len(report.results) > MOST_RESULTS:
        return found
    with events.open("rb") as lines:
        for line in lines:
            _take(found, line)
    return found


def _take(found: Samples, line: bytes) -> None:
    try:
        decoder = _KINDS.get(_TAGS.decode(line).event)
        event = decoder.decode(line) if decoder else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return  # torn, or not this version's: the report itself has said so
    if isinstance(event, _Judged):
        key = event.requirement, event.operation, event.region
        found.checks.setdefault(key, []).append(event.check)
    elif isinstance(event, _Sent) and event.check and event.response:
        kinds = found.firsts.setdefault((event.check, event.region), {})
        kinds.setdefault(event.response.status >= 400, event.id)


def sample_data(
    report: Report, samples: Samples, exchanges: dict[str, ExchangeRecord]
) -> dict[str, Any]:
    """What the page shows when a passed cell is opened: cells by place, exchanges by id.

    Of a cell over several operations it shows the first one that passed.
    """
    if len(report.results) > MOST_RESULTS:
        return {"cells": {}}
    cells: dict[str, Any] = {}
    used: dict[str, Any] = {}
    for result in report.results:
        if result.outcome != "passed":
            continue
        place = f"{result.requirement}|{visible(result.region or '-')}"
        if place in cells:
            continue
        ids = [name for name in samples.ids(result) if name in exchanges]
        cells[place] = _cell(result, ids)
        used |= {name: _brief(exchanges[name]) for name in ids if name not in used}
    return {"cells": cells, "exchanges": used}


def _cell(result: Result, ids: list[str]) -> list[Any]:
    seen = ", ".join(evidence(name, count) for name, count in result.evidence.items() if count)
    rate = result.detectable_rate
    hidden = in_words(rate) if rate is not None and rate < 1 else ""
    return [result.observations, hidden, seen, ids]


def _brief(exchange: ExchangeRecord) -> dict[str, Any]:
    request, response = exchange.request, exchange.response
    assert response is not None
    kind = next((value for name, value in response.headers if name.lower() == "content-type"), "")
    status = f"HTTP/{response.http_version} {response.status} {response.reason}".strip()
    lines = [status, f"content-type: {kind}", "", *brief_body(response.body or "")]
    return {
        "title": visible(cut(f"{request.method} {request.url}", _LONGEST * 2)),
        "ms": round(exchange.seconds * 1000),
        "lines": [visible(cut(line, _LONGEST)) for line in lines],
        "curl": visible(request.curl),
    }


def brief_body(body: str) -> list[str]:
    """A body in a few lines: of a list its first member, of a text its beginning."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return cut(body, _TEXT).splitlines()[:_LINES]
    lines = json.dumps(_shortened(value), ensure_ascii=False, indent=2).splitlines()
    return lines if len(lines) <= 2 * _LINES else [*lines[: 2 * _LINES], "…"]


def _shortened(value: Any) -> Any:
    if isinstance(value, list):
        more = [f"… {len(value) - 1} more"] if len(value) > 1 else []
        return [*map(_shortened, value[:1]), *more]
    if isinstance(value, dict):
        return {name: _shortened(member) for name, member in value.items()}
    return value
