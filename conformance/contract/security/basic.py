"""Basic authentication (RFC 7617): the key is `user:password`, sent in base64."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from conformance.contract.security.interface import Presentation, Security, Wrong

FIELD = "Authorization"
UNKNOWN = "Basic d3JvbmctdXNlcjp3cm9uZy1wYXNzd29yZA=="  # wrong-user:wrong-password
TOKENS: tuple[tuple[str, str, str | None], ...] = (
    ("another", UNKNOWN, None),
    ("empty", "Basic ", None),
    ("not in base64", "Basic {key}", None),
    ("in hexadecimal", "Basic {key}", "hex"),
    ("the user alone", "Basic {key}", "user"),
    ("the password alone", "Basic {key}", "password"),
    ("missing behind the scheme", "Basic", None),
    ("a colon alone", "Basic Og==", None),
    ("a wildcard", "Basic *", None),
)
SCHEMES: tuple[tuple[str, str, str | None], ...] = (
    ("Bearer", "Bearer {key}", "base64"),
    ("Token", "Token {key}", "base64"),
    ("none", "{key}", "base64"),
    ("Bearer with the pair as it is", "Bearer {key}", None),
)


@dataclass(frozen=True, slots=True)
class Basic(Security):
    """User and password, joined by a colon, in base64 behind the scheme's name."""

    scheme: str = field(default="", compare=False)

    kind: ClassVar[str] = "basic"

    @classmethod
    def from_scheme(cls, scheme: dict[str, Any]) -> Basic | None:
        """`type: http`, `scheme: basic` in any case (RFC 9110 11.1)."""
        name = str(scheme.get("scheme", "")).lower()
        return cls() if scheme.get("type") == "http" and name == "basic" else None

    @property
    def challenge(self) -> str | None:
        """The scheme's own name."""
        return "Basic"

    @property
    def presentation(self) -> Presentation:
        """`Authorization: Basic <base64 of user:password>`."""
        return _header("Basic {key}", "base64")

    @property
    def unknown(self) -> Presentation:
        """A user that nobody has."""
        return _header(UNKNOWN)

    @property
    def equivalents(self) -> dict[str, Presentation]:
        """A scheme's name reads the same in any case (RFC 9110 11.1)."""
        return {name: _header(f"{name} {{key}}", "base64") for name in ("basic", "BASIC")}

    @property
    def wrong_keys(self) -> tuple[Wrong, ...]:
        """Credentials that are not exactly the pair."""
        return tuple(
            Wrong(f"credentials that are {words}", _header(value, how))
            for words, value, how in TOKENS
        )

    @property
    def other_schemes(self) -> tuple[Wrong, ...]:
        """The pair behind another scheme, or behind none."""
        return tuple(
            Wrong(f"the scheme {words}", _header(value, how)) for words, value, how in SCHEMES
        )

    @property
    def malformed(self) -> tuple[Wrong, ...]:
        """Fields that are no credentials by RFC 9110 11.4."""
        values = {
            "not ASCII": "Basic \xff\xfe",
            "of 8 kB": "Basic " + "a" * 8_192,
            "with a control byte": "Basic a\x01b",
            "not UTF-8 when decoded": "Basic w4PDKA==",
        }
        return tuple(
            Wrong(f"a header that is {words}", _header(value), True)
            for words, value in values.items()
        )

    @property
    def ambiguous(self) -> tuple[Presentation, ...]:
        """Two fields, where RFC 9110 5.3 allows one."""
        right, wrong = (FIELD, "Basic {key}"), (FIELD, UNKNOWN)
        return (
            Presentation((right, wrong), alteration="base64"),
            Presentation((wrong, right), alteration="base64"),
        )

    @property
    def elsewhere(self) -> tuple[Wrong, ...]:
        """Query, cookie, and a header of another name."""
        places = {
            "the query, as Authorization": Presentation(query=((FIELD, "Basic%20{key}"),)),
            "a cookie": Presentation(cookies=((FIELD, "Basic {key}"),)),
            "Proxy-Authorization": Presentation((("Proxy-Authorization", "Basic {key}"),)),
        }
        return tuple(
            Wrong(
                f"a pair in {words}",
                Presentation(shown.headers, shown.query, shown.cookies, alteration="base64"),
            )
            for words, shown in places.items()
        )


def _header(value: str, alteration: str | None = None) -> Presentation:
    return Presentation(headers=((FIELD, value),), alteration=alteration)
