"""Bearer authentication (RFC 6750): the key in `Authorization: Bearer <key>`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from conformance.contract.security.interface import Fields, Presentation, Security, Wrong

FIELD = "Authorization"
TOKEN_TYPES = ("oauth2", "openIdConnect")
FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")

# The token that is presented, and how the key in it is altered.
TOKENS: tuple[tuple[str, str, str | None], ...] = (
    ("empty", "Bearer ", None),
    ("truncated", "Bearer {key}", "truncated"),
    ("with a suffix", "Bearer {key}", "suffixed"),
    ("in another case", "Bearer {key}", "swapped"),
    ("another", "Bearer wrong-key-0123456789abcdef", None),
    ("missing behind the scheme", "Bearer", None),
    ("blank", "Bearer    ", None),
    ("half the key", "Bearer {key}", "half"),
    ("as long and ends alike", "Bearer {key}", "ending"),
    ("as long and begins alike", "Bearer {key}", "beginning"),
    ("other in its last character", "Bearer {key}", "changed"),
    ("a wildcard", "Bearer *", None),
    ("the key twice", "Bearer {key},{key}", None),
    ("the key and a word", "Bearer {key} x", None),
    ("in quotes", 'Bearer "{key}"', None),
    ("without its separators", "Bearer {key}", "separators"),
    ("the key twice in a row", "Bearer {key}", "repeated"),
    ("padded", "Bearer {key}", "padded"),
    ("backwards", "Bearer {key}", "reversed"),
    ("in base64", "Bearer {key}", "base64"),
    ("in hexadecimal", "Bearer {key}", "hex"),
    ("percent-encoded", "Bearer {key}", "percent"),
    ("the word null", "Bearer null", None),
    ("the word undefined", "Bearer undefined", None),
    ("another, behind the scheme in capitals", "BEARER wrong-key-0123456789abcdef", None),
    ("another, behind the scheme in small letters", "bearer wrong-key-0123456789abcdef", None),
)
SCHEMES: tuple[tuple[str, str, str | None], ...] = (
    ("Basic with the key", "Basic {key}", None),
    ("Token", "Token {key}", None),
    ("ApiKey", "ApiKey {key}", None),
    ("none", "{key}", None),
    ("Basic with the key as user", "Basic {key}", "user"),
    ("Basic with the key as password", "Basic {key}", "password"),
    ("Bearer with a colon", "Bearer: {key}", None),
    ("a word before Bearer", "x Bearer {key}", None),
)
MALFORMED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("without a space", ("Bearer{key}",)),
    ("not ASCII", ("Bearer \xff\xfe\xe9",)),
    ("of 8 kB", ("Bearer " + "a" * 8_192,)),
    ("repeated", ("Bearer wrong-key-1", "Bearer wrong-key-2")),
    ("of 64 kB", ("Bearer " + "a" * 65_536,)),
    ("with a control byte", ("Bearer a\x01b",)),
    ("a quote", ('Bearer "',)),
    ("empty", ("",)),
    ("not UTF-8", ("Bearer \xc3\x28",)),
    ("an injection", ("Bearer ' OR '1'='1",)),
    ("with a tab", ("Bearer\twrong-key-0123456789abcdef",)),
)
COOKIES: Fields = (
    (FIELD, "Bearer {key}"),
    ("token", "{key}"),
    ("access_token", "{key}"),
    ("api_key", "{key}"),
)
# RFC 6750 2.2 and 2.3 know the form and the query; a scheme in the header alone accepts neither.
PLACES: tuple[tuple[str, Presentation], ...] = (
    ("the query, as access_token", Presentation(query=(("access_token", "{key}"),))),
    ("the query, as api_key", Presentation(query=(("api_key", "{key}"),))),
    ("a cookie", Presentation(cookies=COOKIES)),
    ("the query, as token", Presentation(query=(("token", "{key}"),))),
    ("the query, as key", Presentation(query=(("key", "{key}"),))),
    ("the query, as Authorization", Presentation(query=((FIELD, "Bearer%20{key}"),))),
    ("X-API-Key", Presentation(headers=(("X-API-Key", "{key}"),))),
    ("a form", Presentation(headers=(FORM,), body="access_token={key}&api_key={key}&token={key}")),
    (
        "a JSON body",
        Presentation(
            headers=(JSON,), body='{"access_token":"{key}","api_key":"{key}","token":"{key}"}'
        ),
    ),
    ("Proxy-Authorization", Presentation(headers=(("Proxy-Authorization", "Bearer {key}"),))),
)


@dataclass(frozen=True, slots=True)
class Bearer(Security):
    """The key, and nothing but the key, behind the scheme's name."""

    scheme: str = field(default="", compare=False)

    kind: ClassVar[str] = "bearer"

    @classmethod
    def from_scheme(cls, scheme: dict[str, Any]) -> Bearer | None:
        """`type: http`, `scheme: bearer` in any case (RFC 9110 11.1); OAuth 2.0 and OpenID Connect,
        whose access tokens are presented so (RFC 6750 2.1).
        """
        kind, name = scheme.get("type"), str(scheme.get("scheme", "")).lower()
        is_bearer = kind in TOKEN_TYPES or (kind == "http" and name == "bearer")
        return cls() if is_bearer else None

    @property
    def challenge(self) -> str | None:
        """The scheme's own name."""
        return "Bearer"

    @property
    def presentation(self) -> Presentation:
        """`Authorization: Bearer <key>`."""
        return _header("Bearer {key}")

    @property
    def unknown(self) -> Presentation:
        """A token as long as keys are."""
        return _header("Bearer wrong-key-0123456789abcdef")

    @property
    def equivalents(self) -> dict[str, Presentation]:
        """A scheme's name reads the same in any case (RFC 9110 11.1)."""
        return {name: _header(f"{name} {{key}}") for name in ("bearer", "BEARER")}

    @property
    def wrong_keys(self) -> tuple[Wrong, ...]:
        """Tokens that are not exactly the key."""
        return tuple(
            Wrong(f"a token that is {name}", _header(value, how)) for name, value, how in TOKENS
        )

    @property
    def other_schemes(self) -> tuple[Wrong, ...]:
        """The key behind another scheme, or behind none."""
        return tuple(
            Wrong(f"the scheme {name}", _header(value, how)) for name, value, how in SCHEMES
        )

    @property
    def malformed(self) -> tuple[Wrong, ...]:
        """Fields that are no credentials by RFC 9110 11.4."""
        return tuple(
            Wrong(
                f"a header that is {name}",
                Presentation(tuple((FIELD, value) for value in values)),
                True,
            )
            for name, values in MALFORMED
        )

    @property
    def ambiguous(self) -> tuple[Presentation, ...]:
        """Two fields, where RFC 9110 5.3 allows one."""
        right, wrong = (FIELD, "Bearer {key}"), (FIELD, "Bearer wrong-key-1")
        return (Presentation((right, wrong)), Presentation((wrong, right)))

    @property
    def elsewhere(self) -> tuple[Wrong, ...]:
        """Query, cookie, body, and headers of other names."""
        return tuple(
            # What a GET with a body is to a proxy, it may say by itself.
            Wrong(f"a key in {name}", presentation, presentation.body is not None)
            for name, presentation in PLACES
        )


def _header(value: str, alteration: str | None = None) -> Presentation:
    return Presentation(headers=((FIELD, value),), alteration=alteration)
