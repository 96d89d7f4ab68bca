"""A request as a shell command, the key as a variable."""

from __future__ import annotations

import re
import shlex
from functools import partial
from typing import TYPE_CHECKING

from conformance.client.cookies import concealed
from conformance.client.placeholders import holds_key, in_shell
from conformance.client.presented import REQUEST_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.client.credentials import Secret
    from conformance.client.request import Request


VARIABLE = re.compile(r"\$[A-Za-z_][A-Za-z0-9_]*$", re.ASCII)


def curl(
    base: str,
    request: Request,
    secret: Secret,
    added: Iterable[tuple[str, str]] = (),
    options: Iterable[str] = (),
) -> str:
    """The request as a shell command, the key as a variable.

    `added` are fields that every request gets, secret values as variables too.
    """
    key = partial(in_shell, secret=secret, edit=request.edit)
    words = ["curl -sS -i --path-as-is --globoff", *map(shlex.quote, options)]
    if request.method == "HEAD":
        words.append("--head")
    elif request.method != "GET" or request.body is not None:
        words.append(f"-X {request.method}")
    words.append(_quoted(base + request.target, key))
    for name, value in request.headers:
        # curl leaves a header without a value out; the semicolon sends it empty (curl manual, -H).
        text = f"{name}: {concealed(name, value)}" if value.strip() else f"{name};"
        if len(text) > 1500:
            text = text[:60] + f"[and {len(text) - 60} characters more]"
        words.append("-H " + _quoted(text, key))
    for name, value in added:
        if name != REQUEST_ID:  # of that request; another one has its own
            words.append("-H " + _with_variable(f"{name}: {value}"))
    if request.body is not None:
        words.append("--data-raw " + _quoted(request.body, key))
    return " ".join(words)


def _with_variable(text: str) -> str:
    """A field whose value may end in a variable."""
    match = VARIABLE.search(text)
    if match is None:
        return shlex.quote(text)
    return f'"{_escaped(text[: match.start()])}{match[0]}"'


def _quoted(text: str, key: Callable[[str], str]) -> str:
    if not holds_key(text):
        return shlex.quote(text)
    return f'"{key(_escaped(text))}"'


def _escaped(text: str) -> str:
    for letter in '\\"$`':
        text = text.replace(letter, "\\" + letter)
    return text
