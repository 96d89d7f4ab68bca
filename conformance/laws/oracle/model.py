"""The list as it was read: rows in order, how many there are, and the list that each filter leaves
of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from conformance.laws.filter_texts import value_of
from conformance.laws.pages import Page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


@dataclass(frozen=True)
class ListModel:
    """Identities by offset, the rows behind them, and the total.

    `whole` says whether every offset below `total` is known; of a long list only head and tail are.
    `open_ended`: no answer tells a total, and rows may follow those that were read.
    """

    ids: Mapping[int, Any]
    rows: Mapping[Any, Any]
    total: int
    whole: bool
    open_ended: bool = False
    _places: dict[Any, int] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, pages: Sequence[Page], *, whole: bool = False) -> ListModel | None:
        """The model that a walk gives, None without pages; where pages disagree the first
        counts.

        `whole` says whether the walk came to the end of the list, where no page tells a total.
        """
        if not pages:
            return None

        ids: dict[int, Any] = {}
        rows: dict[Any, Any] = {}
        for page in pages:
            for index, (name, row) in enumerate(zip(page.ids, page.rows, strict=True)):
                ids.setdefault(page.offset + index, name)
                rows.setdefault(name, row)

        stated = pages[0].total
        total = len(ids) if stated is None else stated
        # A row that stands at two offsets leaves open which rows there are.
        is_whole = len(rows) == total and set(ids) == set(range(total))
        open_ended = stated is None and not whole
        return cls(ids, rows, total, is_whole and not open_ended, open_ended)

    @property
    def places(self) -> Mapping[Any, int]:
        """The offset of each identity, the first one where it has several."""
        if not self._places:
            for offset, name in self.ids.items():
                self._places.setdefault(name, offset)
        return self._places

    def window(self, start: int, size: int) -> list[Any] | None:
        """The identities of a window; None where the model does not know all of them."""
        offsets = range(max(start, 0), min(start + size, self.total))
        if any(offset not in self.ids for offset in offsets):
            return None
        return [self.ids[offset] for offset in offsets]

    def page(self, start: int, size: int) -> Page | None:
        """The page that an honest server gives for a window; None where the model does not know all
        of it.
        """
        ids = self.window(start, size)
        if ids is None:
            return None
        rows = tuple(self.rows[name] for name in ids)
        return Page(start, size, rows, tuple(ids), start + len(ids) < self.total, self.total)

    def changes_to(self, now: ListModel, places: Collection[str] = ()) -> int:
        """At least how many rows came, went or moved between two readings, or have another value at
        one of the places that they are filtered by.
        """
        here, there = set(self.ids.values()), set(now.ids.values())
        exchanged = max(len(here - there), len(there - here))
        moved = sum(
            1 for offset, name in self.ids.items() if now.ids.get(offset) not in (name, None)
        )
        refiled = sum(
            1
            for name, row in self.rows.items()
            for place in places
            if value_of(now.rows.get(name, row), place) != value_of(row, place)
        )
        return max(abs(now.total - self.total), exchanged, 1 if moved else 0, refiled)

    def values(self, place: str) -> list[Any]:
        """The values at a place of the rows, each once, in the order of the list."""
        seen: dict[Any, None] = {}
        for offset in sorted(self.ids):
            value = value_of(self.rows[self.ids[offset]], place)
            if type(value) in (int, str):
                seen.setdefault(value)
        return list(seen)

    def where(self, place: str, wanted: Iterable[str]) -> ListModel:
        """The list of the rows whose value at a place reads as one of the texts that are wanted."""
        texts = frozenset(wanted)
        names = [
            self.ids[offset]
            for offset in sorted(self.ids)
            if str(value_of(self.rows[self.ids[offset]], place)) in texts
        ]
        ids = dict(enumerate(names))
        rows = {name: self.rows[name] for name in names}
        return ListModel(ids, rows, len(names), self.whole, self.open_ended)
