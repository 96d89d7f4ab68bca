"""Where a request has its keys: `{key}` stands for the one that it means, `{key:SCHEME}` for that of
a security scheme, `{key:SCHEME|EDIT}` for the same key altered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.client.credentials import edited, shell_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client.credentials import Secret

_PLACEHOLDER = re.compile(
    r"\{key(?::([A-Za-z0-9._-]+))?(?:\|([a-z][a-z0-9]*(?: \d+)?))?\}"
)  # OpenAPI, Components


def holds_key(text: str) -> bool:
    """Whether a key stands in a text."""
    return _PLACEHOLDER.search(text) is not None


def filled(text: str, secret: Secret, edit: str | None = None) -> str:
    """A text with its keys; `edit` alters the one without a scheme."""
    return _replaced(text, secret, edit, lambda own, how: edited(own.value, how))


def filled_target(target: str, secret: Secret, edit: str | None = None) -> str:
    """A target with its keys, percent-encoded."""
    return _replaced(target, secret, edit, lambda own, how: quote(edited(own.value, how), safe=""))


def shown(text: str, secret: Secret) -> str:
    """A text with the names of variables in place of keys."""
    return _replaced(text, secret, None, lambda own, _: str(own))


def in_shell(text: str, secret: Secret, edit: str | None) -> str:
    """A text with its keys as bash writes them."""
    return _replaced(text, secret, edit, lambda own, how: shell_key(own.variable, how))


def _replaced(
    text: str,
    secret: Secret,
    edit: str | None,
    write: Callable[[Secret, str | None], str],
) -> str:
    if "{key" not in text:
        return text

    def key(found: re.Match[str]) -> str:
        scheme, how = found[1], found[2]
        return write(secret.of(scheme), how if scheme else edit)

    return _PLACEHOLDER.sub(key, text)
