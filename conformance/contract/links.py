"""The Link header field (RFC 8288): the target of each relation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

# link-value = "<" URI-Reference ">" *( OWS ";" OWS [ link-param ] )  (RFC 8288 3)
TARGET = re.compile(r"[\s,]*<([^>]*)>")
# link-param = token BWS [ "=" BWS ( token / quoted-string ) ]
PARAMETER = re.compile(r'\s*;\s*(?:([^\s;,="]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?)?')
ESCAPED = re.compile(r"\\(.)")  # quoted-pair (RFC 9110 5.6.4)


def relations(field: str | None) -> dict[str, str]:
    """The first target of each relation that a Link field names, as it is written; relations in
    lower case.

    A link with another context (`anchor`) is none of the answer's. What is no link ends the reading.
    """
    targets: dict[str, str] = {}
    for target, parameters in _values(field or ""):
        if "anchor" not in parameters:
            for name in parameters.get("rel", "").lower().split():
                targets.setdefault(name, target)
    return targets


def _values(field: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The target and the parameters of each link; of a repeated parameter the first one counts
    (RFC 8288 3.3).
    """
    at = 0
    while link := TARGET.match(field, at):
        at = link.end()
        parameters: dict[str, str] = {}
        while parameter := PARAMETER.match(field, at):
            at = parameter.end()
            name, quoted, token = parameter.groups()
            value = ESCAPED.sub(r"\1", quoted) if quoted is not None else token or ""
            parameters.setdefault((name or "").lower(), value)
        yield link[1].strip(), parameters


def query_of(url: str) -> tuple[tuple[str, str], ...]:
    """The parameters of a URL's query, decoded, in order; none where it is no URL."""
    try:
        return tuple(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    except ValueError:
        return ()
