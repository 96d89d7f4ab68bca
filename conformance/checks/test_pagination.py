"""Limit/offset paging: arithmetic, order, bounds, hostile values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from conformance.checks.draw import draw
from conformance.checks.experiment import experiment
from conformance.checks.marks import requirements
from conformance.laws import pages as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client import Exchange
    from conformance.contract.operation import Pagination
    from conformance.laws.pages import Page
    from conformance.subject import Subject

NOT_INTEGERS = (
    "abc",
    "1.5",
    "null",
    "true",
    "0x10",
    "1,0",
    "[1]",
    "NaN",
    "-",
    "1;2",
    "limit",
    "\u0661",
    "--1",
    "1 2",
)
LENIENT = ("1_0", " 10", "10 ", "+10", "10.0", "1e1", "\uff11\uff10", "", "010x")
HUGE = tuple(
    sign * (2**bits + step) for bits in (31, 32, 53, 63, 64, 127) for sign, step in ((1, -1), (1, 0), (-1, 0))
)


def _paging(subject: Subject) -> Pagination:
    assert subject.operation.pagination is not None
    return subject.operation.pagination


@requirements("PAG-01")
def test_defaults(subject: Subject) -> None:
    """Leaving a parameter out means its documented default."""
    paging = _paging(subject)
    for implicit, explicit in (
        ((None, None), (paging.default_limit, 0)),
        ((None, 0), (paging.default_limit, 0)),
        ((None, 3), (paging.default_limit, 3)),
        ((7, None), (7, 0)),
    ):

        def compare(again: bool, implicit: tuple = implicit, explicit: tuple = explicit) -> list[Finding]:  # type: ignore[type-arg]
            one, other = subject.pages([implicit, explicit], again=again)
            if one is None or other is None or (one.ids, one.total) == (other.ids, other.total):
                return []
            expected = f"the {len(other.ids)} rows of limit={explicit[0]}&offset={explicit[1]}"
            return [Finding(expected, f"{len(one.ids)} rows, or others", one.shown + other.shown)]

        subject.judge("PAG-01", subject.confirmed(compare), comparisons=1)


@requirements("PAG-02", "PAG-03", "PAG-04", "PAG-05", "PAG-06", "PAG-08")
def test_walks(subject: Subject) -> None:
    """Walks with several page sizes visit the same rows, each once, and their pages count right."""
    paging = _paging(subject)
    pages, whole = subject.walk(paging.maximum_limit)
    for limit in (paging.default_limit, 7, 33):
        if pages and pages[0].total <= 40 * limit:
            _judge_pages(subject, subject.walk(limit)[0])
            subject.judge(
                "PAG-06",
                subject.confirmed(experiment(_same_walk, subject, limit)),
                walks=1,
            )
    _judge_pages(subject, pages)
    if len(pages) > 1 or (pages and pages[0].total > 7):
        small = paging.maximum_limit if len(pages) > 1 else 7
        found = subject.confirmed(experiment(_walk_findings, subject, small))
        walked, _ = subject.walk(small)
        subject.judge("PAG-05", found, walks=1, pages=len(walked))
    if pages:
        subject.judge("PAG-06", [], walks=1 if whole else 2)
    for window in ((None, None), (5, 2), (paging.maximum_limit, 0)):
        subject.judge("PAG-08", subject.confirmed(experiment(_repeat, subject, window)), repeats=1)


def _walk_findings(subject: Subject, limit: int, again: bool) -> list[Finding]:
    pages, whole = subject.walk(limit, again=again)
    return (
        laws.walk(pages)
        if pages and whole
        else [f for f in laws.walk(pages) if "again" in f.actual]
        if pages
        else []
    )


def _same_walk(subject: Subject, limit: int, again: bool) -> list[Finding]:
    reference, whole = subject.walk(_paging(subject).maximum_limit, again=again)
    other, complete = subject.walk(limit, again=again)
    if not (whole and complete):
        return []
    ids = [one for page in reference for one in page.ids]
    return [
        f
        for page in other
        for f in laws.same_rows(page, ids, f"as the walk by {_paging(subject).maximum_limit} has it")
    ][:3]


def _repeat(subject: Subject, window: tuple[int | None, int | None], _again: bool) -> list[Finding]:
    answers = [page for _ in range(4) if (page := subject.page(*window, again=True))]
    return [
        Finding(
            "the same rows in the same order, asked again",
            "other rows or another order",
            page.shown + answers[0].shown,
        )
        for page in answers[1:]
        if page.ids != answers[0].ids
    ][:1]


def _judge_pages(subject: Subject, pages: list[Page]) -> None:
    for page in pages:
        for requirement, law in (("PAG-02", laws.size), ("PAG-03", laws.has_more)):
            found = law(page) and subject.confirmed(experiment(_law_again, subject, law, page))
            subject.judge(requirement, found, pages=1)
            if requirement == "PAG-03" and page.offset + len(page.rows) >= page.total:
                subject.judge(requirement, [], last_pages=1)


def _law_again(
    subject: Subject, law: Callable[[Page], list[Finding]], page: Page, again: bool
) -> list[Finding]:
    fresh = subject.page(page.limit, page.offset, again=True) if again else page
    return law(fresh) if fresh else []


@requirements("PAG-02", "PAG-03", "PAG-04", "PAG-07", "PAG-09", "PAG-10")
def test_windows(subject: Subject) -> None:
    """Any window is a slice of the one sequence; every limit in the range is honoured."""
    paging = _paging(subject)
    head = subject.page(None, None)
    if head is None:
        return
    total, top = max(head.total, 0), paging.maximum_limit
    edges = {max(0, total + step) for step in (-21, -20, -2, -1, 0, 1, 20, 100)} | {0, 1, top, 2 * top}
    windows = [(limit, at) for at in sorted(edges) for limit in (1, paging.default_limit)]
    windows += [
        (total - at, at)
        for at in (0, 1, total - 1, total - top, total // 2)
        if 0 < total - at <= top and at >= 0
    ]
    strategy = st.integers(0, max(total - 1, 0))
    offsets = draw(strategy, top, subject.seed) or [0]
    wanted = (
        range(1, top + 1)
        if subject.settings.profile != "smoke"
        else sorted({1, 2, 3, 19, 20, 21, 50, top - 1, top})
    )
    windows += [(limit, offsets[limit % len(offsets)] % max(1, total - limit + 1)) for limit in wanted]
    reference, whole = subject.walk(top)
    ids = [one for page in reference for one in page.ids]
    found = [page for page in subject.pages(windows) if page is not None]
    _judge_pages(subject, found)
    for page in found:
        if page.total != head.total:
            again = subject.confirmed(experiment(_total_again, subject, page))
            subject.judge("PAG-04", again, answers=1)
        else:
            subject.judge("PAG-04", [], answers=1)
        if page.offset >= total:
            past = laws.past_the_end(page, total) and subject.confirmed(
                experiment(_past, subject, (page.limit, page.offset))
            )
            subject.judge("PAG-09", past, offsets=1)
            continue
        if page.offset + page.limit <= len(ids) or whole:
            slipped = laws.same_rows(page, ids, "as the walk has it") and subject.confirmed(
                experiment(_slice, subject, page)
            )
            subject.judge("PAG-07", slipped, windows=1)
        if page.limit <= total - page.offset:
            wrong = (
                []
                if len(page.rows) == page.limit
                else [
                    Finding(f"{page.limit} rows for limit {page.limit}", f"{len(page.rows)} rows", page.shown)
                ]
            )
            subject.judge(
                "PAG-10",
                wrong and subject.confirmed(experiment(_honoured, subject, page)),
                limits=1,
            )


def _total_again(subject: Subject, page: Page, _again: bool) -> list[Finding]:
    head, fresh = subject.page(None, None, again=True), subject.page(page.limit, page.offset, again=True)
    return laws.same_total([head, fresh]) if head and fresh else []


def _past(subject: Subject, window: tuple[int, int], _again: bool) -> list[Finding]:
    head = subject.page(1, 0, again=True)
    fresh = subject.page(*window, again=True)
    return laws.past_the_end(fresh, head.total) if head and fresh and window[1] >= head.total else []


def _slice(subject: Subject, page: Page, _again: bool) -> list[Finding]:
    top = _paging(subject).maximum_limit
    starts = sorted(
        {page.offset - page.offset % top, page.offset + page.limit - 1 - (page.offset + page.limit - 1) % top}
    )
    around = subject.pages(
        [(top, at) for at in range(starts[0], starts[-1] + 1, top)] + [(page.limit, page.offset)], again=True
    )
    if any(one is None for one in around):
        return []
    ids = [None] * starts[0] + [one for part in around[:-1] if part for one in part.ids]
    fresh = around[-1]
    assert fresh is not None
    return laws.same_rows(fresh, ids, "as pages of the maximum size have it")


def _honoured(subject: Subject, page: Page, _again: bool) -> list[Finding]:
    fresh = subject.page(page.limit, page.offset, again=True)
    if fresh is None or len(fresh.rows) == page.limit or fresh.total - page.offset < page.limit:
        return []
    return [Finding(f"{page.limit} rows for limit {page.limit}", f"{len(fresh.rows)} rows", fresh.shown)]


def _rows(subject: Subject, exchange: Exchange) -> int | None:
    page = laws.read_page(exchange, subject.operation, 0, 0)
    return len(page.rows) if page else None


@requirements("PAG-11")
def test_over_the_maximum(subject: Subject) -> None:
    """A limit over the maximum is refused or clamped."""
    paging = _paging(subject)
    for exchange in subject.send_all(
        [
            subject.request((paging.limit, value))
            for value in (paging.maximum_limit + 1, paging.maximum_limit * 10, 2**31 - 1)
        ]
    ):
        count = _rows(subject, exchange)
        fine = exchange.status == 400 or (exchange.ok and (count is None or count <= paging.maximum_limit))
        actual = f"status {exchange.status}, {count} rows"
        expected = f"400, or at most {paging.maximum_limit} rows"
        subject.judge("PAG-11", [] if fine else [Finding(expected, actual, (exchange,))], limits=1)
        if exchange.ok and count is not None and (head := subject.page(paging.maximum_limit, 0)):
            fewer = count < len(head.rows) and count not in (paging.default_limit,)
            found = (
                [Finding(f"clamped to {len(head.rows)} rows", f"{count} rows", (exchange,))] if fewer else []
            )
            subject.judge("PAG-11", found)


@requirements("PAG-12")
def test_below_the_minimum(subject: Subject) -> None:
    """limit 0 and negative values are refused, or limit 0 gives an empty page."""
    paging = _paging(subject)
    cases = [
        (paging.limit, 0),
        (paging.limit, -1),
        (paging.limit, -paging.maximum_limit),
        (paging.offset, -1),
        (paging.offset, -50),
    ]
    for (name, value), exchange in zip(
        cases, subject.send_all([subject.request(case) for case in cases]), strict=True
    ):
        count = _rows(subject, exchange)
        empty = name == paging.limit and value == 0 and exchange.ok and count == 0
        fine = exchange.status == 400 or empty
        text = f"status {exchange.status}" + (f", {count} rows" if count is not None else "")
        subject.judge(
            "PAG-12", [] if fine else [Finding(f"400 for {name}={value}", text, (exchange,))], values=1
        )


@requirements("PAG-13", "PAG-14")
def test_not_an_integer(subject: Subject) -> None:
    """No integer: refused. A huge one: refused or empty. Forms of a lenient parser: refused."""
    paging = _paging(subject)
    cases = [(name, value) for name in (paging.limit, paging.offset) for value in NOT_INTEGERS]
    for (name, value), exchange in zip(
        cases, subject.send_all([subject.request(case) for case in cases]), strict=True
    ):
        fine = exchange.status == 400
        subject.judge(
            "PAG-13",
            [] if fine else [Finding(f"400 for {name}={value!r}", f"status {exchange.status}", (exchange,))],
            values=1,
        )
    huge = [(name, value) for name in (paging.limit, paging.offset) for value in HUGE]
    for (name, value), exchange in zip(
        huge, subject.send_all([subject.request(case) for case in huge]), strict=True
    ):
        count = _rows(subject, exchange) or 0
        most = paging.maximum_limit if name == paging.limit and value > 0 else 0
        fine = exchange.status == 400 or (exchange.ok and count <= most)
        actual = f"status {exchange.status}, {count} rows"
        subject.judge(
            "PAG-13",
            [] if fine else [Finding(f"400 or at most {most} rows for {name}={value}", actual, (exchange,))],
            values=1,
        )
    lenient = [(name, value) for name in (paging.limit, paging.offset) for value in LENIENT]
    for (name, value), exchange in zip(
        lenient, subject.send_all([subject.request(case) for case in lenient]), strict=True
    ):
        worse = exchange.status >= 500
        requirement = "PAG-13" if worse else "PAG-14"
        fine = exchange.status == 400
        subject.judge(
            requirement,
            [] if fine else [Finding(f"400 for {name}={value!r}", f"status {exchange.status}", (exchange,))],
            values=1,
        )


@requirements("PAG-15", "PAG-16")
def test_repeated_and_reordered(subject: Subject) -> None:
    """A repeated parameter is refused or has one winner; the order of parameters does not matter."""
    paging = _paging(subject)

    def repeated(again: bool) -> list[Finding]:
        wanted = [((paging.limit, a), (paging.limit, b)) for a, b in ((3, 5), (5, 3), (2, 4))]
        answers = subject.send_all([subject.request(*pairs) for pairs in wanted], again=again)
        winners = set()
        for pairs, exchange in zip(wanted, answers, strict=True):
            count = _rows(subject, exchange)
            head = subject.page(1, 0)
            if head is None or head.total < 5:
                return []
            winners.add(
                "refused"
                if 400 <= exchange.status < 500
                else "first"
                if count == pairs[0][1]
                else "last"
                if count == pairs[1][1]
                else f"neither ({count} rows)"
            )
        if len(winners) == 1 and winners <= {"refused", "first", "last"}:
            return []
        return [
            Finding(
                "refused, or always the first, or always the last", ", ".join(sorted(winners)), tuple(answers)
            )
        ]

    subject.judge("PAG-15", subject.confirmed(repeated), requests=3)

    def reordered(again: bool) -> list[Finding]:
        pairs = ((paging.limit, 5), (paging.offset, 2))
        one, other = subject.send_all(
            [subject.request(*pairs), subject.request(*reversed(pairs))], again=again
        )
        first, second = (laws.read_page(exchange, subject.operation, 2, 5) for exchange in (one, other))
        if first and second and first.ids == second.ids:
            return []
        if one.status == other.status and not one.ok:
            return []
        return [
            Finding(
                "the same page in either order of parameters",
                f"status {other.status}, other rows",
                (other, one),
            )
        ]

    subject.judge("PAG-16", subject.confirmed(reordered), comparisons=1)
