"""Filters: what they let through, that they partition the list, and hostile values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from conformance.checks.experiment import experiment
from conformance.checks.marks import requirements
from conformance.contract import pointer
from conformance.laws import pages as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.laws.pages import Page
    from conformance.subject import Subject

HOSTILE = (
    "1 OR 1=1",
    "' OR '1'='1",
    "1;DROP TABLE batch_calls",
    "1/**/OR/**/1=1",
    "1) OR (1=1",
    "{{7*7}}",
    "${7*7}",
    "%",
    "_",
    "*",
    "\0",
    "1\0",
    "../../etc/passwd",
    "null",
    "true",
    "[]",
    "A" * 1500,
    "\u202e1",
    "1 UNION SELECT 1",
    "-1",
    "0",
    "1.5",
    "abc",
    "",
    str(2**63),
    str(2**64),
    str(-(2**63) - 1),
)


def _values(subject: Subject, place: str) -> list[Any]:
    assert subject.operation.pagination is not None
    pages, _ = subject.walk(subject.operation.pagination.maximum_limit)
    counts = Counter(pointer.get(row, place) for page in pages for row in page.rows)
    return [value for value, _ in counts.most_common(12) if isinstance(value, (str, int))]


@requirements("FIL-01", "FIL-02", "FIL-03", "FIL-05")
def test_values(subject: Subject) -> None:
    """A filtered list holds the rows with that value, all of them, in the order of the whole list."""
    for name, place in subject.operation.filters.items():
        for value in _values(subject, place):
            subject.judge(
                "FIL-01",
                subject.confirmed(experiment(_only, subject, name, place, value)),
                rows=_count(subject, name, value),
            )
            found = subject.confirmed(experiment(_part, subject, name, place, value))
            subject.judge("FIL-02", found, values=1)
            order = subject.confirmed(experiment(_order, subject, name, place, value))
            subject.judge("FIL-05", order, rows=_count(subject, name, value))
            _paged(subject, name, value)


def _filtered(subject: Subject, name: str, value: Any, again: bool) -> tuple[list[Page], bool]:
    assert subject.operation.pagination is not None
    return subject.walk(
        subject.operation.pagination.maximum_limit, again=again, extra=((name, value),), most=12
    )


def _count(subject: Subject, name: str, value: Any) -> int:
    return sum(len(page.rows) for page in _filtered(subject, name, value, False)[0])


def _only(subject: Subject, name: str, place: str, value: Any, again: bool) -> list[Finding]:
    pages = _filtered(subject, name, value, again)[0] + [
        page
        for page in subject.pages([(5, at) for at in (0, 5, 10)], extra=((name, value),), again=again)
        if page
    ]
    return [
        Finding(f"only rows with {place} {value!r}", f"a row with {pointer.get(row, place)!r}", page.shown)
        for page in pages
        for row in page.rows
        if pointer.get(row, place) != value
    ][:3]


def _part(subject: Subject, name: str, place: str, value: Any, again: bool) -> list[Finding]:
    assert subject.operation.pagination is not None
    whole, complete = subject.walk(subject.operation.pagination.maximum_limit, again=again)
    part, all_of_it = _filtered(subject, name, value, again)
    if not (complete and all_of_it and part):
        return []
    expected = {
        one
        for page in whole
        for row, one in zip(page.rows, page.ids, strict=True)
        if pointer.get(row, place) == value
    }
    found = [one for page in part for one in page.ids]
    shown = part[0].shown + whole[0].shown
    if set(found) != expected or len(found) != len(expected):
        return [
            Finding(
                f"the {len(expected)} rows with {name} {value!r} that the whole list has",
                f"{len(found)} rows, {len(expected - set(found))} missing",
                shown,
            )
        ]
    if part[0].total != len(expected):
        return [Finding(f"total {len(expected)} for {name}={value}", f"total {part[0].total}", shown)]
    return []


def _order(subject: Subject, name: str, place: str, value: Any, again: bool) -> list[Finding]:
    assert subject.operation.pagination is not None
    whole, _ = subject.walk(subject.operation.pagination.maximum_limit, again=again)
    part, _ = _filtered(subject, name, value, again)
    position = {one: at for at, one in enumerate(one for page in whole for one in page.ids)}
    seen = [position[one] for page in part for one in page.ids if one in position]
    if seen == sorted(seen) or not part:
        return []
    return [Finding("the order of the whole list", "another order", part[0].shown + whole[0].shown)]


def _paged(subject: Subject, name: str, value: Any) -> None:
    windows = [(1, 0), (7, 0), (7, 7), (20, 0), (20, 20), (None, 10)]

    def pages_of(again: bool) -> list[Finding]:
        pages = [page for page in subject.pages(windows, extra=((name, value),), again=again) if page]
        if not pages:
            return []
        rows, whole = _filtered(subject, name, value, again)
        ids = [one for page in rows for one in page.ids]
        found = [finding for page in pages for law in (laws.size, laws.has_more) for finding in law(page)]
        found += laws.same_total(pages)
        if whole:
            found += [
                finding
                for page in pages
                if page.offset < len(ids)
                for finding in laws.same_rows(page, ids, "as the filtered walk has it")
            ]
            found += laws.walk(rows) if rows else []
        return found[:3]

    subject.judge("FIL-03", subject.confirmed(pages_of), pages=len(windows))


@requirements("FIL-04")
def test_no_match(subject: Subject) -> None:
    """A value that matches nothing gives an empty list with total 0, or 404."""
    for name, place in subject.operation.filters.items():
        known = [value for value in _values(subject, place) if type(value) is int]
        for value in (max(known, default=0) + 987_654, 2_000_000_011):
            exchange = subject.send(subject.request((name, value)))
            page = laws.read_page(exchange, subject.operation, 0, 0)
            empty = page is not None and not page.rows and page.total == 0 and not page.has_more
            actual = f"status {exchange.status}" + (
                f", {len(page.rows)} rows, total {page.total}" if page else ""
            )
            found = (
                []
                if empty or exchange.status == 404
                else [Finding(f"no rows and total 0, or 404, for {name}={value}", actual, (exchange,))]
            )
            subject.judge("FIL-04", found, values=1)


@requirements("FIL-06")
def test_hostile_values(subject: Subject) -> None:
    """A hostile value never widens the result and never gives a 5xx."""
    for name, place in subject.operation.filters.items():
        prefix = [
            f"{value}{tail}"
            for value in _values(subject, place)[:1]
            for tail in (" OR 1=1", "' OR '1'='1", "--", "%")
        ]
        for exchange, value in zip(
            subject.send_all([subject.request((name, value)) for value in (*HOSTILE, *prefix)]),
            (*HOSTILE, *prefix),
            strict=True,
        ):
            page = laws.read_page(exchange, subject.operation, 0, 0)
            rows = page.rows if page else ()
            wide = (
                value != ""
                and any(str(pointer.get(row, place)) != value.strip() for row in rows)
                and len({str(pointer.get(r, place)) for r in rows}) > 1
            )
            shown = value[:60]
            bad = (
                [
                    Finding(
                        f"400, or no rows of others, for {name}={shown!r}",
                        f"{len(rows)} rows of several values",
                        (exchange,),
                    )
                ]
                if wide
                else []
            )
            if exchange.status >= 500:
                bad = [Finding(f"no 5xx for {name}={shown!r}", f"status {exchange.status}", (exchange,))]
            subject.judge("FIL-06", bad, values=1)
