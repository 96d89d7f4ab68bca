"""API keys: each named by its variable, and the ways to alter one, in Python and as a shell writes
it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Secret:
    """An API key and the environment variable that holds it; its text shows the variable only.

    `others` are the keys of security schemes that have one of their own, by the scheme's name.
    """

    variable: str
    value: str = field(repr=False)
    others: Mapping[str, Secret] = field(default_factory=dict, repr=False, compare=False)

    def of(self, scheme: str | None) -> Secret:
        """The key of a security scheme; this one where the scheme has none of its own."""
        return self.others.get(scheme, self) if scheme else self

    @property
    def all(self) -> tuple[Secret, ...]:
        """Every key that is known, those of the schemes included."""
        return tuple(one for one in (self, *self.others.values()) if one.value)

    def __str__(self) -> str:
        return f"${self.variable}"

    def stand_ins(self) -> dict[str, str]:
        """The texts that are hidden as they are, each with what stands for it: see `key_forms` for
        those that are told by their letters.
        """
        return {
            self.value: str(self),
            quote(self.value, safe=""): str(self),
            json.dumps(self.value)[1:-1]: str(self),
            # What an edit of the client makes of it: its end behind as many letters.
            "x" * (len(self.value) - 4) + self.value[-4:]: f"({self}, only its end)",
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
    "separators": Edit(lambda key: key.replace("_", "").replace("-", ""), "${%s//[_-]/}"),
    "repeated": Edit(lambda key: key + key, "${%s}${%s}"),
    "padded": Edit(lambda key: key + "=", "${%s}="),
    "reversed": Edit(lambda key: key[::-1], '$(printf %%s "$%s" | rev)'),
    "base64": Edit(lambda key: _base64(key), '$(printf %%s "$%s" | base64 -w0)'),
    "hex": Edit(lambda key: key.encode().hex(), '$(printf %%s "$%s" | od -An -tx1 | tr -d " \\n")'),
    "percent": Edit(
        lambda key: "".join(f"%%{octet:02x}" for octet in key.encode()).replace("%%", "%"),
        '$(printf %%s "$%s" | od -An -tx1 | tr -d "\\n" | tr " " %%)',
    ),
    "user": Edit(lambda key: _base64(f"{key}:"), '$(printf %%s "$%s:" | base64 -w0)'),
    "password": Edit(lambda key: _base64(f":{key}"), '$(printf %%s ":$%s" | base64 -w0)'),
}


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


SEPARATORS = {"_": "-", "-": "_"}  # which some normalise
POSITION = "position "  # and the number of a character, from 0, that is another one


def positions(secret: Secret) -> list[str]:
    """The alterations that change one character of a key, for each of its characters."""
    return [f"{POSITION}{number}" for number in range(len(secret.value))]


def _edit(name: str) -> Edit:
    """The alteration of a name; raises KeyError for one that is not known."""
    if not name.startswith(POSITION):
        return EDITS[name]

    at = int(name.removeprefix(POSITION))

    # A letter in the other case, a separator as another one: who takes that takes too little of the
    # key for what it is, whether the character is not compared at all or as something like it.
    def change(key: str) -> str:
        same = key[at : at + 1]
        flipped = same.swapcase() if same.isascii() and same.isalpha() else SEPARATORS.get(same)
        other = flipped or ("x" if same == "~" else "~")
        return key[:at] + other + key[at + 1 :]

    flip = f"$(printf %%s \"${{%s:{at}:1}}\" | tr 'a-zA-Z_~0-9./+=-' 'A-Za-z\\055x~~~~~~~~~~~~~~_')"
    return Edit(change, f"${{%s:0:{at}}}{flip}${{%s:{at + 1}}}")


def edited(key: str, edit: str | None) -> str:
    """A key altered in one way; raises KeyError for a way that is not known."""
    return key if edit is None else _edit(edit).change(key)


def shell_key(variable: str, edit: str | None) -> str:
    """The altered key as bash writes it."""
    if edit is None:
        return f"${variable}"
    form = _edit(edit).shell
    return form % ((variable,) * form.replace("%%", "").count("%s"))
