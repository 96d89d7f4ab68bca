"""Reading what an overlay states of the rows of an operation; each pointer must name a property of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.described import parts, rows_at
from conformance.contract.parts_of_operation import RowProperties, Sort
from conformance.contract.values import path_names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.contract.entry import Entry
    from conformance.contract.pagination import Pagination

    Resolve = Callable[[Any], Any]


class RowReader:
    """Reads traits of the rows that a `body` has, which is a schema; where it is that of no list, of
    the answer itself. `names` are those of the query parameters.
    """

    def __init__(
        self, body: Any, pagination: Pagination | None, names: Sequence[str], resolve: Resolve
    ) -> None:
        self._names, self._resolve = names, resolve
        self._row = body if pagination is None else rows_at(body, pagination.rows_pointer, resolve)

    def filters(self, entry: Entry) -> dict[str, str]:
        """For each query parameter that filters, where a row has what it compares with; raises
        ContractError.
        """
        filters = {name: entry.pointer(name) for name in entry.values}
        for name, place in filters.items():
            check_name(entry, name, name, self._names)
            self._check(entry, name, place)
        return filters

    def sorts(self, entries: Sequence[Entry]) -> tuple[Sort, ...]:
        """The queries that say in which order a list is; raises ContractError."""
        return tuple(map(self._sort, entries))

    def _sort(self, entry: Entry) -> Sort:
        entry.only(("query", "by", "descending"))
        query = entry.within("query")
        for name in query.values:
            check_name(query, name, name, self._names)
        place = entry.pointer("by")
        self._check(entry, "by", place)
        pairs = tuple((name, query.text(name)) for name in query.values)
        described = pointer.property_at(self._row, place, self._resolve)
        words = [
            word for part in parts(described, self._resolve) for word in part.get("enum") or ()
        ]
        named = tuple(word for word in words if isinstance(word, str))
        return Sort(pairs, place, entry.switch("descending"), named)

    def parents(self, entry: Entry, path: str) -> dict[str, str]:
        """For each name in the path, where a row has the value that stands there; raises
        ContractError.
        """
        parents = {name: entry.pointer(name) for name in entry.values}
        for name, place in parents.items():
            if name not in path_names(path):
                entry.fail(name, f"{name} is no name in the path {path}")
            self._check(entry, name, place)
        return parents

    def properties(self, entry: Entry) -> RowProperties:
        """The meaning of a row's properties; raises ContractError."""
        properties = RowProperties(
            identity=entry.optional_pointer("identity"),
            words=entry.pointers("words"),
            created=entry.optional_pointer("created"),
            updated=entry.optional_pointer("updated"),
            counts=entry.pointers("counts"),
        )
        for name in ("identity", "created", "updated"):
            place = getattr(properties, name)
            if place is not None:
                self._check(entry, name, place)
        for name in ("words", "counts"):
            for place in getattr(properties, name):
                self._check(entry, name, place)
        return properties

    def _check(self, entry: Entry, name: str, place: str) -> None:
        if not pointer.exists_in(self._row, place, self._resolve):
            entry.fail(name, f"the pointer {place} names no property of a row in the document")


def check_name(entry: Entry, key: str, name: str, names: Sequence[str]) -> None:
    """That a name is one of the operation's query parameters; raises ContractError."""
    if name not in names:
        known = ", ".join(sorted(names)) or "none"
        entry.fail(key, f"the parameter {name} is not a query parameter of the operation ({known})")
