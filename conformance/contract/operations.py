"""Reading the operations of an overlaid document, with their traits."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer, references
from conformance.contract.creations import with_creations
from conformance.contract.described import highest, parts
from conformance.contract.entry import NAME, Entry
from conformance.contract.errors import ContractError
from conformance.contract.feeds import with_feeds
from conformance.contract.inputs import InputReader
from conformance.contract.items import ItemReader
from conformance.contract.media import json_schema
from conformance.contract.operation import MISSING, WRITES, Operation
from conformance.contract.pagination import Role, read_pagination
from conformance.contract.parts_of_operation import Sample
from conformance.contract.references import resolve
from conformance.contract.row_traits import RowReader, check_name
from conformance.contract.security import NoSuchScheme, read_security
from conformance.contract.servers import Servers
from conformance.contract.single_values import single_values, with_members
from conformance.contract.twins import with_twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conformance.contract.conventions import Errors, RateLimits
    from conformance.contract.origins import Origins
    from conformance.contract.pagination import Pagination
    from conformance.contract.security import Required
    from conformance.contract.source import Key

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
TRAITS = (
    "pagination",
    "filters",
    "sorts",
    "parents",
    "identity",
    "words",
    "created",
    "updated",
    "counts",
    "item",
    "example",
    "samples",
    "values",
    "missing",
    "writes",
    "idempotency_key",
)


class OperationReader:
    """Reads operations out of one document; `errors` and `rate_limits` are those of the
    whole API.
    """

    def __init__(
        self,
        document: dict[str, Any],
        origins: Origins,
        errors: Errors | None = None,
        rate_limits: RateLimits | None = None,
    ) -> None:
        self._document = document
        self._origins = origins
        self._errors = errors
        self._rate_limits = rate_limits
        self._servers = Servers(document)

    def all(self) -> tuple[Operation, ...]:
        """Every operation, in the document's order; raises ContractError with file and line."""
        named = with_twins(tuple(_with_names(self._operations())))
        operations = with_creations(with_feeds(self._with_items(named)))
        first: dict[str, Operation] = {}
        for operation in operations:
            known = first.setdefault(operation.id, operation)
            if known is not operation:
                place = self._origins.place(
                    "paths", operation.path, operation.method.lower(), "operationId"
                )
                raise ContractError(
                    f"{place}: the operationId {operation.id} is that of {known.method} {known.path} too."
                )
        return operations

    def _operations(self) -> Iterator[Operation]:
        for path, item in self._document["paths"].items():
            if path.startswith("x-"):
                continue
            references.check(self._document, ("paths", path), self._origins)
            described = resolve(self._document, item)
            if not isinstance(described, dict):
                raise ContractError(
                    f"{self._origins.place('paths', path)}: {path} is no Path Item Object."
                )
            for method in METHODS:
                if method in described:
                    yield self._operation(path, method, described)
            for method in described.get("additionalOperations") or ():
                yield self._operation(path, method, described)

    def _operation(self, path: str, method: str, item: dict[str, Any]) -> Operation:
        described = self._described(path, method, item)
        parameters = self._parameters(path, method, item, described)
        responses = self._responses(path, method, described)
        required = self._security(path, method, described)

        subject = f"{NAME} of {method.upper()} {path}"
        traits = Entry.of(
            described.get(NAME), ("paths", path, method, NAME), self._origins, subject
        )
        traits.only(TRAITS)
        body = json_schema(responses)
        pagination = self._pagination(traits.within("pagination"), parameters, body)
        names = [name for name, _ in single_values(parameters, self._resolve)]
        rows = RowReader(body, pagination, names, self._resolve)

        return Operation(
            id=described.get("operationId") or "",
            method=method.upper(),
            path=path,
            line=self._origins.published("paths", path, method).line("paths", path, method),
            parameters=parameters,
            responses=responses,
            inputs=InputReader(self._resolve).read(
                path, parameters, described, traits.within("values").values
            ),
            security=required.scheme,
            alternatives=required.alternatives,
            optional=required.optional,
            unsupported=required.unsupported,
            pagination=pagination,
            filters=rows.filters(traits.within("filters")),
            sorts=rows.sorts(traits.each("sorts")),
            parents=rows.parents(traits.within("parents"), path),
            row=rows.properties(traits),
            samples=tuple(_sample(sample) for sample in traits.each("samples")),
            example=traits.values.get("example"),
            errors=self._errors,
            rate_limits=self._rate_limits,
            missing=_missing(traits),
            writes=_writes(traits),
            idempotency_key=traits.optional_text("idempotency_key"),
            tags=tuple(map(str, described.get("tags") or ())),
            elsewhere=self._servers.elsewhere(item, described),
        )

    def _with_items(self, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
        """The same, each list with the operation that fetches one of its rows."""
        reader = ItemReader([one.path for one in operations if one.method == "GET"])
        return tuple(
            replace(operation, item=reader.read(operation, self._traits(operation)))
            if operation.method == "GET"
            else operation
            for operation in operations
        )

    def _traits(self, operation: Operation) -> Entry:
        """What an overlay states of an operation."""
        method = operation.method.lower()
        described = resolve(self._document, self._document["paths"][operation.path])
        traits = resolve(self._document, described[method]).get(NAME)
        subject = f"{NAME} of {operation.method} {operation.path}"
        return Entry.of(traits, ("paths", operation.path, method, NAME), self._origins, subject)

    def _described(self, path: str, method: str, item: dict[str, Any]) -> dict[str, Any]:
        members = item if method in item else item["additionalOperations"]
        described = resolve(self._document, members[method])
        if not isinstance(described, dict):
            place = self._origins.place("paths", path, method)
            raise ContractError(f"{place}: {method.upper()} {path} is no Operation Object.")
        return described

    def _security(self, path: str, method: str, described: dict[str, Any]) -> Required:
        try:
            return read_security(self._document, described)
        except NoSuchScheme as error:
            own = "security" in described
            keys: tuple[Key, ...] = ("paths", path, method, "security") if own else ("security",)
            raise ContractError(f"{self._origins.place(*keys)}: {error}") from None

    def _parameters(
        self, path: str, method: str, item: dict[str, Any], described: dict[str, Any]
    ) -> tuple[dict[str, Any], ...]:
        """Those of the path, then the operation's own, which override by name and place
        (OpenAPI).
        """
        parameters: dict[tuple[str, str], dict[str, Any]] = {}
        for entry in (item.get("parameters") or []) + (described.get("parameters") or []):
            parameter = resolve(self._document, entry)
            if not isinstance(parameter, dict) or "name" not in parameter or "in" not in parameter:
                place = self._origins.place("paths", path, method, "parameters")
                raise ContractError(
                    f"{place}: a parameter of {method.upper()} {path} lacks `name` or `in`."
                )
            if "schema" in parameter:
                schema = with_members(parameter["schema"], self._resolve)
                parameter = parameter | {"schema": schema}
            parameters[str(parameter["name"]), str(parameter["in"])] = parameter
        return tuple(parameters.values())

    def _responses(self, path: str, method: str, described: dict[str, Any]) -> dict[str, Any]:
        described_answers = described.get("responses") or {}
        responses = {}
        for status, entry in (
            described_answers.items() if isinstance(described_answers, dict) else ()
        ):
            if status.startswith("x-"):
                continue
            response = resolve(self._document, entry)
            if not isinstance(response, dict):
                place = self._origins.place("paths", path, method, "responses", status)
                raise ContractError(
                    f"{place}: the response {status} of {method.upper()} {path} is no object."
                )
            responses[status] = response
        return responses

    def _pagination(
        self, entry: Entry, parameters: Iterable[dict[str, Any]], body: Any
    ) -> Pagination | None:
        """As an overlay states it; how far it goes, where only the document says so."""
        pagination = read_pagination(entry)
        if pagination is None:
            return None
        query = {str(one["name"]): one for one in parameters if one["in"] == "query"}
        for parameter in pagination.parameters:
            check_name(entry, _key_of(entry, parameter.name), parameter.name, list(query))
            if parameter.role is Role.SIZE:
                self._check_size(entry, parameter.name, query[parameter.name].get("schema"))
        for place in pagination.pointers:
            if not pointer.exists_in(body, place, self._resolve):
                entry.fail(
                    _key_of(entry, place),
                    f"the pointer {place} names no property of the answer in the document",
                )
        return self._bounded(pagination, query)

    def _check_size(self, entry: Entry, name: str, schema: Any) -> None:
        """The laws of sizes ask for pages of one row, which a document may forbid (X, EC2)."""
        bounds = [part.get("minimum") for part in parts(schema, self._resolve)]
        least = next((bound for bound in bounds if isinstance(bound, int) and bound > 1), None)
        if least is not None:
            key = _key_of(entry, name)
            entry.fail(
                key,
                f"{name} is at least {least}, and pages of 1 row are asked for: leave {key} out",
            )

    def _bounded(self, pagination: Pagination, query: Mapping[str, dict[str, Any]]) -> Pagination:
        """As far as the schemas of its parameters let it go."""
        for parameter in pagination.parameters:
            if parameter.role in (Role.START, Role.NUMBER):
                schemas = parts(query[parameter.name].get("schema"), self._resolve)
                furthest = highest(schemas)
                if furthest is not None and furthest >= (parameter.minimum or 0):
                    pagination = pagination.reaching(furthest)
        return pagination

    def _resolve(self, node: Any) -> Any:
        return resolve(self._document, node)


def _missing(traits: Entry) -> str | None:
    return _one_of(traits, "missing", MISSING)


def _writes(traits: Entry) -> str | None:
    return _one_of(traits, "writes", WRITES)


def _one_of(traits: Entry, name: str, words: tuple[str, ...]) -> str | None:
    stated = traits.optional_text(name)
    if stated not in (None, *words):
        traits.fail(name, f"expected {' or '.join(words)}, it is {stated!r}")
    return stated


def _sample(entry: Entry) -> Sample:
    entry.only(("headers", "body"))
    headers = entry.within("headers")
    return Sample(
        tuple((name, headers.text(name)) for name in headers.values),
        entry.optional_text("body"),
    )


def _key_of(entry: Entry, value: str) -> str:
    """The key under which a value stands, for the line of an error; none where it is computed."""
    return next((key for key, written in entry.values.items() if written == value), "")


def _with_names(operations: Iterator[Operation]) -> Iterator[Operation]:
    """The operations, those without an id called by method and path; paths that differ in their
    punctuation alone, such as a slash at the end, by a number behind it too.
    """
    known = list(operations)
    taken = {operation.id for operation in known}
    for operation in known:
        if operation.id:
            yield operation
            continue
        words = f"{operation.method.lower()}{operation.path}"
        name = re.sub(r"\W+", "-", words).strip("-")
        numbered = (f"{name}-{number}" for number in count(2))
        free = next(each for each in chain([name], numbered) if each not in taken)
        taken.add(free)
        yield replace(operation, id=free)
