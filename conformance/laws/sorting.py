"""The laws of lists that are sorted: their order, and that they are the plain list in another one."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.parts_of_operation import Sort
    from conformance.laws.pages import Page

    Collation = Callable[[Any], Any]

DIGITS = re.compile(r"([0-9]+)")
# 31/12/2024, 31-Dec-2024, Dec 31, 2024, with a time or without.
DATE = re.compile(
    r"(?:[0-9]{1,4}[/.\s-]+[0-9A-Za-z]{1,9}[/.,\s-]+[0-9]{1,4}|[A-Za-z]{3,9} [0-9]{1,2},? [0-9]{4})"
    r"(?:[\sT].*)?"
)
NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
LATIN = range(0x250)  # letters beyond these are sorted in ways that only their readers know
LIMITED = 429


def sorted_by(pages: Sequence[Page], sort: Sort) -> list[Finding]:
    """FIL-08: rows come in the order of a property. Those without a value may stand anywhere, and texts
    in the order of any collation, but one for all of them.
    """
    values = [value for page in pages for value in values_of(page, sort)]
    pairs = out_of_order(values, sort)
    if not pairs:
        return []
    first, second = (repr(value)[:60] for value in pairs[0])
    shown = tuple(exchange for page in pages for exchange in page.shown)
    actual = f"{first} before {second}; {len(pairs)} of {len(values)} rows are out of order"
    return [Finding(f"rows {sort}", actual, shown)]


def answered(exchange: Exchange, sort: Sort) -> list[Finding]:
    """FIL-08: a documented order is one that can be asked for."""
    if exchange.ok or exchange.status in (0, LIMITED):
        return []
    actual = f"status {exchange.status}"
    return [Finding(f"a list with its rows {sort}", actual, (exchange,), at="status")]


def same_rows(ordered: Sequence[Page], whole: Sequence[Page], sort: Sort) -> list[Finding]:
    """FIL-09: a list that is sorted has the rows of the plain one, each once. Both are read to their
    ends.
    """
    expected = Counter(row_id for page in whole for row_id in page.ids)
    seen = Counter(row_id for page in ordered for row_id in page.ids)
    missing, extra = (expected - seen).total(), (seen - expected).total()
    if not missing and not extra:
        return []
    shown = ordered[0].shown + whole[0].shown
    actual = f"{seen.total()} rows, {missing} missing, {extra} that are not in it or come twice"
    wanted = f"the {expected.total()} rows of the plain list, {sort}"
    return [Finding(wanted, actual, shown)]


def same_total(ordered: Page, whole: Page, sort: Sort) -> list[Finding]:
    """FIL-09 on lists too long to be read: there are as many rows in all, where both say so."""
    if ordered.total is None or whole.total is None or ordered.total == whole.total:
        return []
    wanted = f"total {whole.total}, as the plain list has, {sort}"
    return [Finding(wanted, f"total {ordered.total}", ordered.shown + whole.shown, at="total")]


def values_of(page: Page, sort: Sort) -> list[Any]:
    """What the rows of a page have where they are sorted, without those that have nothing there."""
    found = (pointer.get(row, sort.by) for row in page.rows)
    return [value for value in found if value is not pointer.MISSING and value is not None]


def out_of_order(values: Sequence[Any], sort: Sort) -> list[tuple[Any, Any]]:
    """The neighbours that are in the wrong order, by the collation under which they are fewest; none
    where nothing is known of the order of such values.
    """
    found = [_reversals(values, key, sort.descending) for key in _collations(values, sort.words)]
    if found and set(map(str, values)) <= set(sort.words):
        found.append(_scattered(values))
    return min(found, key=len, default=[])


def _scattered(values: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Where a word comes again behind another one: words of a vocabulary may have an order of their
    own, such as that of urgency.
    """
    seen: set[Any] = set()
    again = []
    for first, second in itertools.pairwise(values):
        seen.add(first)
        if second in seen and second != first:
            again.append((first, second))
    return again


def _reversals(values: Sequence[Any], key: Collation, is_descending: bool) -> list[tuple[Any, Any]]:
    pairs = itertools.pairwise(values)
    if is_descending:
        return [(first, second) for first, second in pairs if key(first) < key(second)]
    return [(first, second) for first, second in pairs if key(first) > key(second)]


def _collations(values: Iterable[Any], words: Sequence[str]) -> list[Collation]:
    kinds = {type(value) for value in values}
    if kinds and kinds <= {int, float}:
        return [lambda value: value]
    if kinds != {str}:
        return []
    if all(map(_moment, values)):
        return [_moment]
    if all(map(DATE.fullmatch, values)):
        return []  # in a form of which it is not known what stands first
    found: list[Collation] = [words.index] if set(values) <= set(words) else []
    if all(_amount(value) is not None for value in values):
        found.append(_amount)
    if all(ord(letter) in LATIN for value in values for letter in _bare(value)):
        found += [str, str.casefold, _bare, _letters, _natural]
    return found


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _of_a_message(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _of_a_message(text: str) -> datetime | None:
    """A moment as messages and HTTP write it (RFC 5322 3.3)."""
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _amount(text: str) -> float | None:
    """The number in a text such as `-12.50` or `$1,200`; none where there is not just one."""
    numbers = NUMBER.findall(text)
    return float(numbers[0].replace(",", "")) if len(numbers) == 1 else None


def _bare(text: str) -> str:
    """Without case and marks."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def _letters(text: str) -> str:
    """Without spaces and punctuation either, which dictionaries pass over."""
    return "".join(filter(str.isalnum, _bare(text)))


def _natural(text: str) -> list[tuple[int, str]]:
    """With the numbers in a text as numbers: 9 before 10."""
    parts = DIGITS.split(_bare(text))
    return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]
