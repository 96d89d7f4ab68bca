"""Two answers side by side: lines that differ in form are marked, other data is greyed out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
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
_FEW = 3
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
class Fact:
    """What two regions have of one thing; `differs` where it is not the same."""

    name: str
    by_region: list[tuple[str, str]]
    differs: bool
    broken_by: tuple[str, ...] = ()


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


def facts_of(finding: Finding, exchanges: list[ExchangeRecord]) -> list[Fact]:
    """What the regions have, as facts: the one that differs first, then what frames it."""
    by_region: dict[str, ExchangeRecord] = {}
    for exchange in exchanges:
        by_region.setdefault(exchange.region, exchange)
    breaks = finding.breaks or ()
    facts = []
    if finding.sides:
        facts.append(Fact(_subject(finding), [*finding.sides.items()], True, breaks))
    for name, of in (("status", _status), ("media type", _media_type), ("rows on the page", _rows)):
        values = [(region, of(exchange)) for region, exchange in by_region.items()]
        differs = len({value for _, value in values}) > 1
        if len(values) > 1 and all(value for _, value in values):
            facts.append(Fact(name, values, differs and name != "rows on the page", breaks))
    named = {fact.name for fact in facts[:1]}
    return facts[:1] + [fact for fact in facts[1:] if fact.name not in named]


def _subject(finding: Finding) -> str:
    """What is compared: `the same order in every region` is about the order."""
    match = re.fullmatch(r"the same (.+) in every region", finding.expected)
    return match[1] if match else finding.expected


def _status(exchange: ExchangeRecord) -> str:
    return str(exchange.status) if exchange.response else "no response"


def _media_type(exchange: ExchangeRecord) -> str:
    headers = exchange.response.headers if exchange.response else ()
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def _rows(exchange: ExchangeRecord) -> str:
    """How many members the first list of the body has."""
    try:
        body = json.loads(exchange.response.body or "") if exchange.response else None
    except (ValueError, RecursionError):
        return ""
    members = body.values() if isinstance(body, dict) else [body]
    return next((str(len(member)) for member in members if isinstance(member, list)), "")


def _side(exchange: ExchangeRecord) -> Side:
    request = exchange.request
    return Side(exchange.id, exchange.region, cut(f"{request.method} {request.url}", _LONGEST))


def _pairs(left: list[str], right: list[str]) -> Iterator[Pair]:
    left, right = left[:_MOST_LINES], right[:_MOST_LINES]
    left_forms, right_forms = [_form(line) for line in left], [_form(line) for line in right]
    matcher = SequenceMatcher(None, left_forms, right_forms, autojunk=False)
    for tag, start, end, right_start, right_end in matcher.get_opcodes():
        of_left, of_right = left[start:end], right[right_start:right_end]
        # Rows that one answer has more of are data; a line or two that it has more of are its form.
        is_data = tag in ("insert", "delete") and max(len(of_left), len(of_right)) > _FEW
        kind = None if tag == "equal" else "data" if is_data else "form"
        for first, second in zip_longest(of_left, of_right):
            kind_of_pair = kind or ("same" if first == second else "data")
            yield Pair(kind_of_pair, _cut(first), _cut(second))


def _cut(line: str | None) -> str | None:
    return None if line is None else cut(line, _LONGEST)


def _form(line: str) -> str:
    """A line without its data: two lines of the same form differ only in data.

    Of a value its type remains; of a text its case, or the format of a date. A header keeps its name
    only, except Content-Type.
    """
    match = _KEYED.match(line)
    if match is None:
        return line.strip()

    key, value = match[1].strip(), match[2]
    is_text = value.startswith('"')
    if key == "content-type:":
        return line
    if is_text and _DATED.search(value):
        return key + re.sub(r"\d", "0", value)
    if is_text:
        return f"{key}text {_case(value)}"
    if re.fullmatch(r"-?\d+", value):
        return f"{key}integer"

    is_header = not key.startswith('"')
    return key if is_header else key + value


def _case(text: str) -> str:
    if text.isupper():
        return "upper"
    return "lower" if text.islower() else "mixed"


def _folded(pairs: Iterator[Pair]) -> Iterator[Pair]:
    """Leave out long runs without a difference in form, and the middle of long one-sided runs."""
    whole = list(pairs)
    shown = _shown(whole)
    skipped: list[Pair] = []
    for index, pair in enumerate(whole):
        if index not in shown:
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

    shown = set(range(_CONTEXT))
    one_sided_run = 0
    for index, pair in enumerate(whole):
        is_one_sided = pair.left is None or pair.right is None
        one_sided_run = one_sided_run + 1 if is_one_sided else 0
        if pair.kind == "form" and one_sided_run <= _MOST_ALONE:
            around = 0 if is_one_sided else _CONTEXT
            shown.update(range(index - around, index + around + 1))
    return shown


def _gap(skipped: list[Pair]) -> Pair:
    if any(pair.kind == "form" for pair in skipped):
        return Pair("gap", f"{counted(len(skipped), 'line')} more of this", None)
    return Pair("gap", f"{counted(len(skipped), 'line')} of the same form", None)
