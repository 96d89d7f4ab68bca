"""Media types, and what the document describes for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def essence(media_type: str) -> str:
    """Type and subtype in lower case, parameters left out (RFC 9110 8.3.1)."""
    return media_type.split(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """Whether content of this type is JSON (RFC 8259; the suffix: RFC 6839 3.1)."""
    name = essence(media_type)
    return name == "application/json" or name.endswith("+json")


def may_be_json(media_range: str) -> bool:
    """Whether a media type or range of the document describes JSON, as far as it says so."""
    return is_json(media_range) or essence(media_range) in ("application/*", "*/*")


def covers(media_range: str, media_type: str) -> bool:
    """Whether a media type or range of the document (`application/*`) is met by an answer's media
    type.
    """
    wanted, given = essence(media_range), essence(media_type)
    if wanted in (given, "*/*"):
        return True
    return wanted.endswith("/*") and given.startswith(wanted[:-1])


def json_schema(responses: Mapping[str, Any]) -> Any:
    """The schema of the first 2xx answer in JSON, unresolved; none where there is none."""
    for status, response in responses.items():
        if status.startswith("2"):
            for media, described in (response.get("content") or {}).items():
                if may_be_json(media) and isinstance(described, dict):
                    return described.get("schema")
    return None
