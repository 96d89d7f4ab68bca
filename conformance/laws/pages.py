"""The laws of limit/offset paging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.operation import Operation


@dataclass(frozen=True, slots=True)
class Page:
    """One well-formed page: the window asked for, the rows, their identities, `has_more` and `total`."""

    offset: int
    limit: int
    rows: tuple[Any, ...]
    ids: tuple[Any, ...]
    has_more: bool
    total: int
    exchange: Exchange | None = None

    @property
    def shown(self) -> tuple[Exchange, ...]:
        """The exchange that proves it."""
        return (self.exchange,) if self.exchange else ()


def read_page(exchange: Exchange, operation: Operation, offset: int, limit: int) -> Page | None:
    """The page that an answer holds, or none where it holds no well-formed one (the schema laws say why)."""
    paging = operation.pagination
    assert paging is not None
    if not exchange.ok:
        return None
    rows = pointer.get(exchange.json, paging.items)
    has_more = pointer.get(exchange.json, paging.has_more)
    total = pointer.get(exchange.json, paging.total)
    if not isinstance(rows, list) or not isinstance(has_more, bool) or type(total) is not int:
        return None
    ids = [pointer.get(row, operation.identity) if operation.identity else row for row in rows]
    return Page(offset, limit, tuple(rows), tuple(_hashable(one) for one in ids), has_more, total, exchange)


def _hashable(value: Any) -> Any:
    return value if isinstance(value, (str, int, float, bool)) or value is None else repr(value)


def size(page: Page) -> list[Finding]:
    """PAG-02: a page has exactly min(limit, total - offset) rows."""
    expected = max(0, min(page.limit, page.total - page.offset))
    if len(page.rows) == expected:
        return []
    why = f"(limit {page.limit}, total {page.total} - offset {page.offset})"
    return [Finding(f"{expected} rows {why}", f"{len(page.rows)} rows", page.shown)]


def has_more(page: Page) -> list[Finding]:
    """PAG-03: has_more is offset + len(data) < total."""
    expected = page.offset + len(page.rows) < page.total
    if page.has_more == expected:
        return []
    why = f"(offset {page.offset} + {len(page.rows)} rows, total {page.total})"
    return [
        Finding(
            f"has_more {str(expected).lower()} {why}", f"has_more {str(page.has_more).lower()}", page.shown
        )
    ]


def same_total(pages: Sequence[Page]) -> list[Finding]:
    """PAG-04: total is the same whatever limit and offset."""
    first = pages[0]
    return [
        Finding(
            f"total {first.total}, as with limit {first.limit} and offset {first.offset}",
            f"total {page.total} with limit {page.limit} and offset {page.offset}",
            page.shown + first.shown,
        )
        for page in pages
        if page.total != first.total
    ]


def walk(pages: Sequence[Page]) -> list[Finding]:
    """PAG-05: the pages of a walk visit every row once, `total` rows in all."""
    seen: dict[Any, int] = {}
    duplicates = []
    for page in pages:
        for index, one in enumerate(page.ids):
            if one in seen:
                duplicates.append((page, page.offset + index, seen[one]))
            seen.setdefault(one, page.offset + index)
    picture = {
        "total": pages[0].total,
        "pages": [
            {
                "offset": p.offset,
                "limit": p.limit,
                "rows": len(p.rows),
                "exchange": p.exchange.id if p.exchange else "",
            }
            for p in pages
        ],
        "duplicates": [at for _, at, _ in duplicates][:100],
        "gaps": [],
    }
    extra = {"walk": picture}
    if duplicates:
        page, at, before = duplicates[0]
        text = f"the row at offset {at} is the row at offset {before} again; {len(duplicates)} such rows"
        return [Finding("each row once", text, page.shown, extra=extra)]
    if len(seen) != pages[-1].total:
        text = f"{len(seen)} rows in {len(pages)} pages"
        return [Finding(f"{pages[-1].total} rows (total)", text, pages[-1].shown, extra=extra)]
    return []


def same_rows(page: Page, reference: Sequence[Any], what: str) -> list[Finding]:
    """PAG-06, PAG-07: a window holds the rows that the reference sequence has at its offset."""
    expected = tuple(reference[page.offset : page.offset + page.limit])
    if page.ids == expected:
        return []
    index = next((i for i, (a, b) in enumerate(zip(page.ids, expected, strict=False)) if a != b), None)
    if index is None:
        text = (f"{len(expected)} rows", f"{len(page.ids)} rows")
    else:
        at = page.offset + index
        text = (f"row {expected[index]!r} at offset {at}, {what}", f"row {page.ids[index]!r}")
    return [Finding(*text, page.shown, note=f"window: limit {page.limit}, offset {page.offset}")]


def past_the_end(page: Page, total: int) -> list[Finding]:
    """PAG-09: an offset at or past total gives no rows, has_more false and the same total."""
    if not page.rows and not page.has_more and page.total == total:
        return []
    actual = f"{len(page.rows)} rows, has_more {str(page.has_more).lower()}, total {page.total}"
    return [Finding(f"no rows, has_more false, total {total} at offset {page.offset}", actual, page.shown)]
