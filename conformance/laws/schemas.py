"""The schemas of an operation's answers, compiled once: as documented, closed, and with nothing
left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from conformance.contract.dialect import each_schema, for_answers
from conformance.contract.media import covers, may_be_json
from conformance.contract.values import path_pattern
from conformance.laws.fields import Field, fields_of
from conformance.laws.validators import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.contract import Contract
    from conformance.contract.operation import Operation


@dataclass(frozen=True, slots=True)
class Described:
    """What the document says of one status.

    `closed` allows no property that is not named and `full` demands every one that is: both are
    quick tests, after which the slow ones need to run only where there is something to find.
    """

    schema: Any
    media: tuple[str, ...]
    validator: Any
    closed: Any
    full: Any


class Schemas:
    """The validators of one operation's answers, by status."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self.contract, self.operation = contract, operation
        self._path = path_pattern(operation.path)
        self._described: dict[tuple[str, str | None], Described | None] = {}
        self._fields: dict[str, tuple[Field, ...]] = {}

    def has(self, path: str) -> bool:
        """Whether a path is the operation's, whatever the values in it."""
        return self._path.fullmatch(path) is not None

    def documented(self, status: int) -> str | None:
        """The key of the responses object that describes a status (OpenAPI, Responses Object)."""
        candidates = (str(status), f"{status // 100}XX", "default")
        return next((key for key in candidates if key in self.operation.responses), None)

    def media_of(self, status: int) -> tuple[str, ...]:
        """The media types and ranges that are documented for a status."""
        key = self.documented(status)
        return tuple(self.operation.responses[key].get("content") or ()) if key is not None else ()

    def of(self, key: str, given: str | None = None) -> Described | None:
        """What a documented status promises of a media type, or else of the first in JSON; none where
        it promises no JSON.
        """
        content = self.operation.responses[key].get("content") or {}
        media = _media_for(content, given)
        if (key, media) not in self._described:
            self._described[key, media] = self._compile(content, media)
        return self._described[key, media]

    def of_status(self, status: int, given: str | None = None) -> Described | None:
        """The same by the status itself; none too where it is not documented."""
        key = self.documented(status)
        return self.of(key, given) if key is not None else None

    def fields(self, key: str) -> tuple[Field, ...]:
        """The header fields that a documented status declares."""
        if key not in self._fields:
            self._fields[key] = fields_of(self.operation.responses[key], self.contract)
        return self._fields[key]

    def release(self) -> None:
        """Drop what was compiled: whoever still holds this compiles it again when it is needed."""
        self._described.clear()
        self._fields.clear()

    def _compile(self, content: Mapping[str, Any], media: str | None) -> Described | None:
        if media is None:
            return None

        schema = content[media]["schema"]
        whole = for_answers(schema, self.contract.document)
        try:
            validators = [
                compiled(each_schema(whole, change)) for change in (_same, _closed, _full)
            ]
        except (jsonschema_rs.ValidationError, ValueError):
            return None  # no schema at all, which is for the document's own requirements to say
        return Described(schema, tuple(content), *validators)


def _media_for(content: Mapping[str, Any], given: str | None) -> str | None:
    """The documented media type in JSON, with a schema, that an answer is in: the most specific one
    (OpenAPI, Response Object), or else the first.
    """
    known = [name for name, entry in content.items() if may_be_json(name) and "schema" in entry]
    fitting = [name for name in known if given is not None and covers(name, given)]
    fitting.sort(key=lambda name: name.count("*"))
    return next(iter((*fitting, *known)), None)


def _same(schema: dict[str, Any]) -> dict[str, Any]:
    return schema


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    return {"additionalProperties": False} | schema if "properties" in schema else schema


def _full(schema: dict[str, Any]) -> dict[str, Any]:
    return schema | {"required": list(schema["properties"])} if "properties" in schema else schema
