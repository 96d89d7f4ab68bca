"""API keys: each named by its variable, and the ways to alter one, in Python and as a shell writes it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Secret:
    """An API key and the environment variable that holds it; its text shows the variable only."""

    variable: str
    value: str = field(repr=False)

    def __str__(self) -> str:
        return f"${self.variable}"

    def forms(self) -> dict[str, str]:
        """The encodings in which a server could echo it, each with its stand-in."""
        raw = self.value.encode()
        return {
            self.value: f"${self.variable}",
            quote(self.value, safe=""): f"${self.variable}",
            json.dumps(self.value)[1:-1]: f"${self.variable}",
            self.value.swapcase(): f"(${self.variable} in other case)",
            self.value.upper(): f"(${self.variable} in other case)",
            self.value.lower(): f"(${self.variable} in other case)",
            self.value[::-1]: f"(${self.variable} reversed)",
            # What an edit of the client makes of it: its end behind as many letters.
            "x" * (len(self.value) - 4) + self.value[-4:]: f"(${self.variable}, only its end)",
            base64.b64encode(b":" + raw).decode(): f"(base64 of :${self.variable})",
            base64.b64encode(raw + b":").decode(): f"(base64 of ${self.variable}:)",
            base64.b64encode(raw).decode(): f"(base64 of ${self.variable})",
        }


@dataclass(frozen=True, slots=True)
class Edit:
    """One way to alter a key, and the same in bash, where `%s` stands for the variable's name."""

    change: Callable[[str], str]
    shell: str


EDITS = {
    "truncated": Edit(lambda key: key[:-1], "${%s%%?}"),
    "half": Edit(lambda key: key[: len(key) // 2], "${%s:0:$((${#%s}/2))}"),
    "suffixed": Edit(lambda key: key + "x", "${%s}x"),
    "swapped": Edit(str.swapcase, "${%s~~}"),
    "changed": Edit(lambda key: key[:-1] + ("A" if key[-1:] != "A" else "B"), "${%s%%?}A"),
    "ending": Edit(
        lambda key: "x" * (len(key) - 4) + key[-4:],
        '$(printf "%%${#%s}s" "${%s: -4}" | tr " " x)',
    ),
    "beginning": Edit(
        lambda key: key[: len(key) // 2] + "x" * (len(key) - len(key) // 2),
        '$(printf "%%-${#%s}s" "${%s:0:$((${#%s}/2))}" | tr " " x)',
    ),
    "user": Edit(lambda key: _base64(f"{key}:"), '$(printf %%s "$%s:" | base64 -w0)'),
    "password": Edit(lambda key: _base64(f":{key}"), '$(printf %%s ":$%s" | base64 -w0)'),
}


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def edited(key: str, edit: str | None) -> str:
    """A key altered in one way; raises KeyError for a way that is not known."""
    return key if edit is None else EDITS[edit].change(key)


def shell_key(variable: str, edit: str | None) -> str:
    """The altered key as bash writes it."""
    if edit is None:
        return f"${variable}"
    form = EDITS[edit].shell
    return form % ((variable,) * form.replace("%%", "").count("%s"))


def alters(secret: Secret, edit: str | None) -> bool:
    """Whether an alteration makes another key: one without letters has no other case, for instance."""
    return edit is None or edited(secret.value, edit) != secret.value
