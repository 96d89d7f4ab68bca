"""Two answers side by side: what differs in form is marked, what differs only in data is toned
down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from conformance.reports.html.exchange import response_lines
from conformance.verdict.text import counted, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.events.messages import ExchangeRecord
    from conformance.events.model import Finding

_MOST_LINES = 400
_CONTEXT = 3
_SHORT = 40
_MOST_ALONE = 12
_LONGEST = 1_000
_KEYED = re.compile(r'^(\s*(?:"(?:\\.|[^"\\])*"|[\w-]+): ?)(.*?)(,?)$')
_DATED = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers compared."""

    exchange: str
    region: str
    request: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of both answers: `kind` is same, data (another value of the same form),
    form, or gap.
    """

    kind: str
    left: str | None
    right: str | None


@dataclass(frozen=True, slots=True)
class Sides:
    """Two answers, aligned."""

    left: Side
    right: Side
    pairs: list[Pair]


def compared(finding: Finding, exchanges: list[ExchangeRecord]) -> Sides | None:
    """Align the answers of the region that keeps the contract and of the one that breaks it."""
    by_region: dict[str, ExchangeRecord] = {}
    for exchange in exchanges:
        by_region.setdefault(exchange.region, exchange)
    if len(by_region) < 2:
        return None
    keeps, breaks = finding.keeps or (), finding.breaks or ()
    order = sorted(by_region, key=lambda name: (name in breaks, name not in keeps))
    left, right = by_region[order[0]], by_region[order[-1]]
    return Sides(
        _side(left),
        _side(right),
        list(_folded(_pairs(response_lines(left), response_lines(right)))),
    )


def _side(exchange: ExchangeRecord) -> Side:
    request = exchange.request
    return Side(exchange.id, exchange.region, cut(f"{request.method} {request.url}", _LONGEST))


def _pairs(left: list[str], right: list[str]) -> Iterator[Pair]:
    left, right = left[:_MOST_LINES], right[:_MOST_LINES]
    matcher = SequenceMatcher(
        None, [_form(x) for x in left], [_form(x) for x in right], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            for one, other in zip(left[a:b], right[c:d], strict=True):
                yield Pair(
                    "same" if one == other else "data", cut(one, _LONGEST), cut(other, _LONGEST)
                )
            continue
        for place in range(max(b - a, d - c)):
            first = cut(left[a + place], _LONGEST) if a + place < b else None
            second = cut(right[c + place], _LONGEST) if c + place < d else None
            yield Pair("form", first, second)


def _form(line: str) -> str:
    """A line less its data: its key, and of its value only the kind, the case or the form of a
    date.
    """
    match = _KEYED.match(line)
    if match is None:
        return line.strip()
    key, value = match[1].strip(), match[2]
    if key == "content-type:":
        return line
    if value[:1] == '"' and _DATED.search(value):
        return key + re.sub(r"\d", "0", value)
    if value[:1] == '"':
        return (
            f"{key}text {'upper' if value.isupper() else 'lower' if value.islower() else 'mixed'}"
        )
    if re.fullmatch(r"-?\d+", value):
        return f"{key}integer"
    return key + value if key.startswith('"') else key


def _folded(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Leave out long stretches without a difference in form, and of what one side alone has the
    middle.
    """
    whole = list(pairs)
    shown = _shown(whole)
    skipped: list[Pair] = []
    for place, pair in enumerate(whole):
        if place not in shown:
            skipped.append(pair)
            continue
        if skipped:
            yield _gap(skipped)
            skipped = []
        yield pair
    if skipped:
        yield _gap(skipped)


def _shown(whole: list[Pair]) -> set[int]:
    if len(whole) <= _SHORT:
        return set(range(len(whole)))
    shown, alone = set(range(_CONTEXT)), 0
    for place, pair in enumerate(whole):
        one_sided = pair.left is None or pair.right is None
        alone = alone + 1 if one_sided else 0
        if pair.kind == "form" and alone <= _MOST_ALONE:
            around = 0 if one_sided else _CONTEXT
            shown.update(range(place - around, place + around + 1))
    return shown


def _gap(skipped: list[Pair]) -> Pair:
    if any(pair.kind == "form" for pair in skipped):
        return Pair("gap", f"{counted(len(skipped), 'line')} more of this", None)
    return Pair("gap", f"{counted(len(skipped), 'line')} of the same form", None)
