"""The laws of the texts in a body, whatever they say: SCH-11 and SCH-12."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.laws.answer import Answer

SHOWN = 3  # texts of one body that are named; the rest says the same
LENGTH = 40  # characters of a text that are shown
SURROGATE = re.compile("[\ud800-\udfff]")
# What a letter beyond ASCII, or a mark of typography, becomes where its UTF-8 is read as Latin-1 or
# as Windows-1252.
DOUBLED = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
LEAD = re.compile("[\u00c2-\u00f4]")
# The same as JSON escapes it, and half of a surrogate pair.
ESCAPED = re.compile(rb"\\u(?:[dD][89a-fA-F]|00(?:[cC][2-9a-fA-F]|[dDeE][0-9a-fA-F]|[fF][0-4]))")
ZERO_DATE = re.compile(r"0001-01-01(?:[Tt ]00:00:00|$)")


def whole(answer: Answer) -> list[Finding] | None:
    """SCH-11: no text has half of a surrogate pair, or was encoded twice."""
    body = _body(answer)
    if body is None:
        return None
    if not _may_be_broken(body):
        return []
    findings = []
    for place, text in _texts(answer.exchange.json):
        if SURROGATE.search(text):
            actual = f"half of a surrogate pair in {_shown(text)}"
            findings.append(Finding("whole characters", actual, answer.shown, at=place))
        elif (once := _decoded_once_more(text)) is not None:
            expected, actual = f"{_shown(once)}, encoded once", _shown(text)
            findings.append(Finding(expected, actual, answer.shown, at=place))
    return findings[:SHOWN]


def _may_be_broken(body: bytes) -> bool:
    """Whether a text of a body may be broken: a look at the whole, for most bodies have none."""
    is_escaped = b"\\u" in body
    if body.isascii():
        return is_escaped and ESCAPED.search(body) is not None
    text = body.decode("utf-8", "replace")
    if not is_escaped:
        return DOUBLED.search(text) is not None
    return LEAD.search(text) is not None or ESCAPED.search(body) is not None


def dated(answer: Answer) -> list[Finding] | None:
    """SCH-12: no time is the zero of a programming language, which stands for none."""
    body = _body(answer)
    if body is None:
        return None
    if b"0001-01-01" not in body:
        return []
    return [
        Finding("a time, or null where there is none", _shown(text), answer.shown, at=place)
        for place, text in _texts(answer.exchange.json)
        if ZERO_DATE.match(text)
    ][:SHOWN]


def _body(answer: Answer) -> bytes | None:
    """The body of a success that is JSON and was read whole."""
    response = answer.exchange.response
    is_read = answer.exchange.ok and answer.exchange.parsed.problem is None
    has_body = response is not None and answer.exchange.request.method != "HEAD"
    return response.body if is_read and has_body and response else None


def _texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a body, each with the name of its property."""
    waiting = [(place, value)]
    while waiting:
        name, inner = waiting.pop()
        if isinstance(inner, str):
            yield name, inner
        elif isinstance(inner, dict):
            waiting.extend((str(key), each) for key, each in inner.items())
        elif isinstance(inner, list):
            waiting.extend((name, each) for each in inner)


def _decoded_once_more(text: str) -> str | None:
    """The text whose UTF-8 was taken for another encoding; None for one that was not."""
    if not DOUBLED.search(text):
        return None
    for encoding in ("latin-1", "cp1252"):
        try:
            once = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if once != text and not once.isascii():
            return once
    return None


def _shown(text: str) -> str:
    return repr(text if len(text) <= LENGTH else text[:LENGTH] + "...")
