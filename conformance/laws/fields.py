"""The header fields that the document declares for an answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from conformance.contract.described import named_types
from conformance.contract.media import may_be_json
from conformance.laws.validators import validator_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.contract import Contract

INTEGER = re.compile(r"[+-]?[0-9]{1,300}")
NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
WORDS = {"true": True, "false": False}
NONE = "content-type"  # which OpenAPI has ignored here (Response Object, headers)


@dataclass(frozen=True, slots=True)
class Field:
    """A declared header field; `validator` is that of its values, none where nothing is said of them;
    `in_json`: they are texts of JSON.
    """

    name: str
    required: bool
    validator: Any = None
    in_json: bool = False

    def allows(self, text: str) -> bool:
        """Whether a value may be read as one that its schema allows."""
        if self.validator is None:
            return True
        return any(
            self.validator.is_valid(value) for value in _readings(text, in_json=self.in_json)
        )


def fields_of(response: Mapping[str, Any], contract: Contract) -> tuple[Field, ...]:
    """The fields that a response declares; those of which nothing can be judged are left out."""
    found = []
    for name, entry in (response.get("headers") or {}).items():
        described = contract.resolve(entry)
        if not isinstance(described, dict) or name.lower() == NONE:
            continue
        field = _field(str(name), described, contract)
        if field.required or field.validator is not None:
            found.append(field)
    return tuple(found)


def _field(name: str, described: Mapping[str, Any], contract: Contract) -> Field:
    media, entry = next(iter((described.get("content") or {}).items()), ("", {}))
    schema = described.get("schema", entry.get("schema") if isinstance(entry, dict) else None)
    try:
        is_plain = isinstance(schema, dict) and "object" not in named_types([schema])
        validator = validator_of(schema, contract) if is_plain or media else None
    except (jsonschema_rs.ValidationError, ValueError):
        validator = None  # that it is no schema is for the document's own requirements to say
    return Field(
        name, described.get("required") is True, validator, bool(media) and may_be_json(media)
    )


def _readings(text: str, *, in_json: bool) -> Iterator[Any]:
    """What a value may be taken for: a text, a number, a word, or several of them (RFC 9110 5.5, OpenAPI,
    style `simple`).
    """
    if in_json:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            return
        return
    yield text
    yield from _scalar(text)
    parts = [part.strip() for part in text.split(",")]
    yield parts
    scalars = [next(_scalar(part), part) for part in parts]
    if scalars != parts:
        yield scalars


def _scalar(text: str) -> Iterator[Any]:
    if INTEGER.fullmatch(text):
        yield int(text)
    elif NUMBER.fullmatch(text):
        yield float(text)
    elif text in WORDS:
        yield WORDS[text]
