"""A request of a list as it is read: what window and which rows it may be taken to ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from conformance.contract.described import named_types
from conformance.contract.pagination import Parameter, Role
from conformance.laws.filter_texts import are_flags, flag_of
from conformance.laws.oracle.values import Kind, Reading, lenient_integer, read_parameter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from conformance.contract.operation import Operation
    from conformance.contract.pagination import Pagination
    from conformance.laws.oracle.model import ListModel

    Schemas = Sequence[Mapping[str, Any]]

REFUSALS = (400, 422)  # of a request that is well-formed and asks for what there is not
NUMBERS = {"integer", "number"}
CONSTRAINTS = {"enum", "const", "pattern", "format", "maxLength"}
SEPARATOR = ","  # of the values of a list (OpenAPI, Parameter Object: `style`)
LONGEST_WORD = 100  # characters of a text that no server has a reason to refuse

# The requirement that is broken where a value of a kind is answered as no reading of it allows.
WINDOW_RULES = {
    Kind.MISSING: "PAG-01",
    Kind.ABOVE: "PAG-11",
    Kind.BELOW: "PAG-12",
    Kind.HUGE: "PAG-13",
    Kind.OTHER: "PAG-13",
    Kind.EMPTY: "PAG-13",
    Kind.LENIENT: "PAG-13",
    Kind.REPEATED: "PAG-15",
}
FIRST_PAGE = Parameter("", Role.START, default=0)  # of a list that has no other window
# From the kind whose meaning is clearest to the one that leaves most open: the first deviation is
# the smallest.
SEVEREST = (Kind.OTHER, Kind.HUGE, Kind.BELOW, Kind.ABOVE, Kind.REPEATED, Kind.LENIENT, Kind.EMPTY)


@dataclass(frozen=True, slots=True)
class FilterReading:
    """What the values of a filter may be taken for: any of these lists.

    `hostile`: the value is none that a row could have, so that it must not widen the result.
    `refused` and `not_found` say which refusals are allowed.
    """

    name: str
    texts: tuple[str, ...]
    lists: tuple[ListModel, ...]
    hostile: bool
    refused: bool
    not_found: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of a list, read: the window and the filters that it may be taken to ask for, and
    whether it has parameters that the operation does not have; `refusals` are the statuses by which
    it may be refused.

    `start` are values of the parameter that says where a page begins: rows before it, or its number.
    """

    paging: Pagination
    size: Reading
    start: Reading
    filters: tuple[FilterReading, ...]
    unknown: bool = False
    refusals: tuple[int, ...] = REFUSALS

    @property
    def readings(self) -> tuple[Reading, Reading]:
        """The readings of the window's parameters."""
        return self.size, self.start

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """The windows that it may be taken to ask for: where each starts, and its size."""
        pairs = product(sorted(self.start.values), sorted(self.size.values))
        return tuple((self.paging.start_of(value, size), size) for value, size in pairs)

    def lists(self, model: ListModel) -> list[ListModel]:
        """The lists that the filters may leave; several filters leave what all of them do."""
        if not self.filters:
            return [model]
        if len(self.filters) == 1:
            return list(self.filters[0].lists)

        combined = []
        for chosen in product(*(reading.lists for reading in self.filters)):
            names = set.intersection(*(set(lst.rows) for lst in chosen))
            ordered = [name for _, name in sorted(model.ids.items()) if name in names]
            rows = {name: model.rows[name] for name in ordered}
            ids = dict(enumerate(ordered))
            combined.append(replace(model, ids=ids, rows=rows, total=len(ordered), _places={}))
        return combined

    @property
    def invalid(self) -> int:
        """How many of its values the documentation says nothing of: of a window, or of a filter."""
        undocumented = sum(not reading.documented for reading in self.readings)
        return undocumented + sum(each.hostile or each.refused for each in self.filters)

    @property
    def may_refuse(self) -> bool:
        """Whether a refusal as invalid is allowed: of an unknown parameter too, for nothing promises
        that it is passed over.
        """
        return (
            self.unknown
            or any(reading.refused for reading in self.readings)
            or any(f.refused for f in self.filters)
        )

    @property
    def may_not_find(self) -> bool:
        """Whether `not found` is allowed: for a filter value that matches nothing."""
        return any(reading.not_found for reading in self.filters)

    @property
    def rule(self) -> str | None:
        """The requirement about the least valid value in the request; None where all are valid."""
        kinds = {reading.kind for reading in self.readings}
        for kind in SEVEREST:
            if kind in kinds:
                return WINDOW_RULES[kind]
        if any(reading.hostile for reading in self.filters):
            return "FIL-06"
        return None


def query_of(raw: str) -> dict[str, list[str]]:
    """The values of each parameter of a query string, in order; octets that are no UTF-8 stay
    apart.
    """
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(raw, keep_blank_values=True, errors="surrogateescape"):
        values.setdefault(name, []).append(value)
    return values


def read_request(
    query: Mapping[str, Sequence[str]], operation: Operation, model: ListModel
) -> Asked | None:
    """What a query may be taken to ask of the operation; None where it has a parameter whose meaning
    is the server's own.
    """
    paging = operation.pagination
    assert paging is not None
    if _has_unknown_meaning(query, operation) or _has_own_meaning(query, operation):
        return None
    size = paging.parameter(Role.SIZE) or Parameter("", Role.SIZE, default=paging.default_size)
    start = paging.parameter(Role.START) or paging.parameter(Role.NUMBER) or FIRST_PAGE

    # A value that nothing has is FIL-04's, which says what a refusal that is not documented comes to.
    is_foreseen = operation.foresees_invalid
    readings = (
        _read_filter(
            name,
            place,
            query[name],
            operation.query_schemas(name),
            model,
            is_foreseen=is_foreseen,
            takes_several=operation.takes_several(name),
        )
        for name, place in operation.filters.items()
        if name in query
    )
    filters = tuple(
        each if is_foreseen else replace(each, refused=each.refused or each.not_found)
        for each in readings
    )
    # What stands for a parameter that the list has not, has no name, as a query may have one too.
    given = {role.name: query.get(role.name, ()) for role in paging.parameters}
    sizes, starts = (
        read_parameter(given.get(role.name, ()), role, by_beginning=not is_foreseen)
        for role in (size, start)
    )
    known = {*operation.query_names, *operation.filters, *(p.name for p in paging.parameters)}
    refusals = tuple(sorted({*REFUSALS, *operation.invalid_statuses}))
    return Asked(paging, sizes, starts, filters, not known.issuperset(query), refusals)


def _has_unknown_meaning(query: Mapping[str, Sequence[str]], operation: Operation) -> bool:
    """Whether a query has a cursor, or a documented parameter of which no trait says what it does."""
    assert operation.pagination is not None
    known = {
        entry.name for entry in operation.pagination.parameters if entry.role is not Role.CURSOR
    }
    known |= operation.filters.keys()
    always = dict(operation.inputs.query)
    # A member of a parameter in the style `deepObject` (OpenAPI): `created[lte]`.
    members = {name.partition("[")[0] for name in query.keys() - known if "[" in name} - known
    if members & set(operation.query_names) - set(query):
        return True
    return any(
        name in query and name not in known and list(query[name]) != [always.get(name)]
        for name in operation.query_names
    )


def _has_own_meaning(query: Mapping[str, Sequence[str]], operation: Operation) -> bool:
    """Whether a parameter of paging has a value that counts no rows, such as a limit of -1 for all."""
    assert operation.pagination is not None
    return any(
        text in ("0", "-1") and operation.gives_meaning(parameter.name, int(text))
        for parameter in operation.pagination.parameters
        if parameter.integer
        for text in query.get(parameter.name, ())
    )


def _read_filter(
    name: str,
    place: str,
    texts: Sequence[str],
    schemas: Schemas,
    model: ListModel,
    *,
    is_foreseen: bool,
    takes_several: bool,
) -> FilterReading:
    known = {str(value): value for value in model.values(place)}
    numeric = _is_numeric(schemas) or any(isinstance(value, int) for value in known.values())
    is_flag = named_types(schemas) == {"boolean"}
    lists = [model.where(place, {text}) for text in texts]
    hostile = len(texts) > 1

    for text in texts:
        if not text.strip():
            lists.append(model)  # taken for no filter
        elif text not in known:
            hostile = hostile or (numeric and not is_plain_integer(text))
            is_no_flag = is_flag and flag_of(text) is None
            if is_no_flag and not is_foreseen:
                lists.append(model)  # taken for no filter, which no promise forbids
            hostile = hostile or is_no_flag
            if takes_several and SEPARATOR in text:
                lists.append(model.where(place, set(text.split(SEPARATOR))))
            lists += _lenient_lists(text, place, model, known)
    if len(texts) > 1:
        lists += [model.where(place, set(texts)), model.where(place, ())]

    unknown = [text for text in texts if text not in known]
    refused = hostile or any(_may_be_refused(text, schemas, numeric=numeric) for text in unknown)
    return FilterReading(name, tuple(texts), tuple(lists), hostile, refused, bool(unknown))


def _is_numeric(schemas: Schemas) -> bool:
    types = named_types(schemas)
    return bool(types & NUMBERS) and not types - NUMBERS


def _may_be_refused(text: str, schemas: Schemas, *, numeric: bool) -> bool:
    """Whether a value that no row has may be called invalid: by its type, its schema, or
    its form.
    """
    if numeric:  # what numbers things counts from 1, so that 0 may be called invalid
        return not is_plain_integer(text) or text == "0"
    is_flag = named_types(schemas) == {"boolean"}
    constrained = is_flag or any(CONSTRAINTS & set(schema) for schema in schemas)
    return constrained or not (text.strip() and text.isprintable() and len(text) <= LONGEST_WORD)


def is_plain_integer(text: str) -> bool:
    """Whether a text is a whole number as rows have them: in its one form, of ten digits at most."""
    return (
        text.isascii() and text.isdecimal() and (text == "0" or text[0] != "0") and len(text) <= 10
    )


def _lenient_lists(
    text: str, place: str, model: ListModel, known: Mapping[str, Any]
) -> Iterator[ListModel]:
    """The lists of a value that a lenient parser, or one that trims, takes a text for."""
    number = lenient_integer(text)
    candidates = {text.strip(), str(number)} if number is not None else {text.strip()}
    if are_flags(set(known)) and (flag := flag_of(text)):
        candidates.add(flag)
    for candidate in candidates:
        if candidate in known:
            yield model.where(place, {candidate})
