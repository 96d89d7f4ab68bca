"""Header fields of the caller's own: `NAME:VALUE`, with secret values kept out of what is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from conformance.settings.errors import InvalidValue, quoted
from conformance.settings.kinds import mismatch

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", re.ASCII)  # RFC 9110 5.6.2
_VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?$", re.ASCII)
_SECRET_NAME = re.compile(
    r"auth|cookie|key|token|secret|passw|credential|signature|session", re.IGNORECASE
)
# Long enough for a key, of letters and digits mixed: a version or a word is neither.
_SECRET_VALUE = re.compile(r"(?=[^\s]*[0-9])(?=[^\s]*[A-Za-z])[A-Za-z0-9_+/=.~-]{20,}", re.ASCII)
# What the client writes by itself, or varies to see what comes of it.
_OWN = ("host", "content-length", "transfer-encoding", "connection", "proxy-authorization")


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A field as it was given; its text shows the name of a variable in place of a secret value.

    A value may end in a variable, as in `Bearer $TOKEN`: it is read from the environment when the
    run begins.
    """

    name: str
    value: str = field(repr=False)

    @property
    def variable(self) -> str | None:
        """The variable that the value ends in, if it does."""
        match = _VARIABLE.search(self.value)
        return match[1] if match else None

    @property
    def is_secret(self) -> bool:
        """Whether the value is one that no report may show, as far as it and its name tell."""
        return bool(_SECRET_NAME.search(self.name) or _SECRET_VALUE.search(self.value))

    @property
    def stand_in(self) -> str:
        """The variable that stands for the value of a secret one."""
        return re.sub(r"[^A-Z0-9_]", "_", self.name.upper())

    @property
    def shown(self) -> str:
        """The value as it may be shown."""
        if self.variable is None and self.is_secret:
            return f"${self.stand_in}"
        return self.value

    def read(self, environment: dict[str, str]) -> str:
        """The value with its variable filled in; raises KeyError for one that is not set."""
        if self.variable is None:
            return self.value
        return _VARIABLE.sub(lambda match: environment[match[1]], self.value)

    @property
    def exact(self) -> str:
        """As it was given: for processes of the run, and for nothing that is written."""
        return f"{self.name}: {self.value}"

    def __str__(self) -> str:
        return f"{self.name}: {self.shown}"


@dataclass(frozen=True, slots=True)
class Headers:
    """One header field."""

    expected: str = "NAME:VALUE, as in X-Tenant:blue or X-Gateway-Key:$GATEWAY_KEY"
    metavar: str = "NAME:VALUE"

    def read(self, value: object) -> HeaderField:
        """The field, blanks around its parts left out; a value is repeated in no message."""
        name, colon, text = value.partition(":") if isinstance(value, str) else ("", "", "")
        if not colon:
            # It may be a value alone.
            raise mismatch(self, "" if isinstance(value, str) else value)
        name, text = name.strip(), text.strip()
        if not _NAME.fullmatch(name):
            raise InvalidValue(f"{quoted(name)} is no name of a header field.")
        if name.lower() in _OWN:
            raise InvalidValue(f"{name} is written by the client itself.")
        if not text or not (text.isascii() and text.isprintable()):
            raise InvalidValue(f"the value of {name} is empty or holds what no field can carry.")
        return HeaderField(name, text)
