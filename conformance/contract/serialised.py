"""Values of parameters as a request carries them (OpenAPI, Parameter Object: style, explode, content)."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from conformance.contract.parts_of_operation import Pairs

DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}


def query_pairs(parameter: Mapping[str, Any], value: Any) -> Pairs:
    """The names and values of a query parameter, not encoded."""
    name, style = str(parameter["name"]), parameter.get("style", "form")
    is_exploded = parameter.get("explode", style == "form")
    if parameter.get("content") or not isinstance(value, list | dict):
        return ((name, as_text(parameter, value)),)
    if isinstance(value, list):
        if is_exploded and style == "form":
            return tuple((name, word(member)) for member in value)
        return ((name, DELIMITERS.get(style, ",").join(map(word, value))),)
    if style == "deepObject":
        return tuple((f"{name}[{key}]", word(member)) for key, member in value.items())
    if is_exploded:
        return tuple((key, word(member)) for key, member in value.items())
    return ((name, ",".join(_flat(value))),)


def as_text(parameter: Mapping[str, Any], value: Any) -> str:
    """The value in a path, a header or a cookie, where styles have one text for it."""
    if parameter.get("content"):
        return json.dumps(value, separators=(",", ":"))
    if isinstance(value, list):
        return ",".join(map(word, value))
    if isinstance(value, dict):
        if parameter.get("explode"):
            return ",".join(f"{key}={word(member)}" for key, member in value.items())
        return ",".join(_flat(value))
    return word(value)


def leading(parameter: Mapping[str, Any]) -> str:
    """What stands before the value of a parameter in a path (RFC 6570 3.2.5, 3.2.7)."""
    match parameter.get("style"):
        case "label":
            return "."
        case "matrix":
            return f";{parameter['name']}="
    return ""


def word(value: Any) -> str:
    """A value without parts, as a URL carries it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, separators=(",", ":"))
    return "" if value is None else str(value)


def _flat(value: Mapping[str, Any]) -> Iterable[str]:
    return chain.from_iterable((key, word(member)) for key, member in value.items())
