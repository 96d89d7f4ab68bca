"""Bodies of requests, as their media types carry them (OpenAPI, Media Type and Encoding Object)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from conformance.contract.media import essence, is_json, may_be_json
from conformance.contract.serialised import query_pairs, word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.contract.parts_of_operation import Pairs

JSON = "application/json"
FORM, MULTIPART, PLAIN = "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"
BOUNDARY = "formant-conformance-7f3a"


def chosen_media(contents: Mapping[str, Any]) -> str | None:
    """The media type of those that a document offers which a body is sent in, as it stands there;
    none where it can be written in none of them.
    """
    offered = [media for media, content in contents.items() if isinstance(content, dict)]
    for name in (JSON, FORM, MULTIPART, PLAIN):
        for media in offered:
            if essence(media) == name or (name == JSON and may_be_json(media)):
                return media
    return None


def sent_type(media: str) -> str:
    """What `Content-Type` says of a body in such a media type, or range of them."""
    if is_json(media) or essence(media) in (FORM, PLAIN):
        return media
    return f"{MULTIPART}; boundary={BOUNDARY}" if essence(media) == MULTIPART else JSON


def written(media: str, content: Mapping[str, Any], value: Any) -> str | None:
    """A value as a body; none where the media type has no words for it."""
    kind = essence(media)
    if may_be_json(media):
        return json.dumps(value)
    if kind == PLAIN and isinstance(value, str):
        return value
    if kind in (FORM, MULTIPART) and isinstance(value, dict):
        pairs = _pairs(content.get("encoding") or {}, value)
        return urlencode(pairs, errors="surrogatepass") if kind == FORM else _multipart(pairs)
    return None


def _pairs(encoding: Mapping[str, Any], value: Mapping[str, Any]) -> Pairs:
    """The fields of a form: each member of a list is one of its own, an object JSON unless the
    document gives it a style.
    """
    pairs: list[tuple[str, str]] = []
    for name, member in value.items():
        how = encoding.get(name)
        style = how if isinstance(how, dict) else {}
        if isinstance(member, dict) and "style" not in style:
            pairs.append((name, word(member)))
        else:
            pairs += query_pairs({"name": name, **style}, member)
    return tuple(pairs)


def _multipart(pairs: Pairs) -> str:
    """The parts of a form (RFC 7578 4)."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}\r\n'
        for name, value in pairs
    ]
    return f"{''.join(parts)}--{BOUNDARY}--\r\n"


def _quoted(name: str) -> str:
    """A name of a part, with what would end it (RFC 7578 2, as HTML has it)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
