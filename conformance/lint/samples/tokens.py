"""JavaScript as tokens, as far as the expressions of a sample need them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.lint.samples.sent import CannotBeRead

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    | (?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    | (?P<template>`(?:[^`\\]|\\.)*`)
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<name>[A-Za-z_$][\w$]*)
    | (?P<sign>=>|\.\.\.|[^\s\w])""",
    re.DOTALL | re.VERBOSE,
)
# A pair of surrogates is one letter.
_ESCAPED = re.compile(r"\\(u[0-9a-fA-F]{4}(?:\\u[dD][c-fC-F][0-9a-fA-F]{2})?|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "\n": ""}


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is string, template, number, name or sign; a string's text is its value."""

    kind: str
    text: str


def tokens_of(code: str) -> Iterator[Token]:
    """The tokens of a script, without spaces and comments; raises CannotBeRead."""
    at = 0
    while at < len(code):
        found = _TOKEN.match(code, at)
        if found is None:
            raise CannotBeRead(f"it is no JavaScript that is read here: {code[at : at + 20]!r}")
        at = found.end()
        kind = str(found.lastgroup)
        if kind in ("string", "template"):
            yield Token(kind, _unescaped(found.group()[1:-1]))
        elif kind != "space":
            yield Token(kind, found.group())


def _unescaped(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        code = found[1]
        if len(code) > 1:
            return str(json.loads(f'"\\{code}"'))
        return _LETTERS.get(code, code)

    return _ESCAPED.sub(letter, text)
