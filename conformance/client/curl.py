"""A request as a shell command, the key as a variable."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from conformance.client.credentials import shell_key
from conformance.client.request import KEY

if TYPE_CHECKING:
    from conformance.client.credentials import Secret
    from conformance.client.request import Request


def curl(base: str, request: Request, secret: Secret) -> str:
    """The request as a shell command, the key as a variable."""
    key = shell_key(secret.variable, request.edit)
    words = ["curl -sS -i --path-as-is --globoff"]
    if request.method == "HEAD":
        words.append("--head")
    elif request.method != "GET" or request.body is not None:
        words.append(f"-X {request.method}")
    words.append(_quoted(base + request.target, key))
    for name, value in request.headers:
        # curl leaves a header without a value out; the semicolon sends it empty (curl manual, -H).
        text = f"{name}: {value}" if value.strip() else f"{name};"
        if len(text) > 1500:
            text = text[:60] + f"[and {len(text) - 60} characters more]"
        words.append("-H " + _quoted(text, key))
    if request.body is not None:
        words.append("--data-raw " + _quoted(request.body, key))
    return " ".join(words)


def _quoted(text: str, key: str) -> str:
    if KEY not in text:
        return shlex.quote(text)
    safe = text
    for letter in '\\"$`':
        safe = safe.replace(letter, "\\" + letter)
    return f'"{safe.replace(KEY, key)}"'
