"""Bearer authentication (RFC 6750): the key in `Authorization: Bearer <key>`; and schemes of HTTP
that differ from it by their name alone, such as `Token`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from conformance.contract.security.interface import Fields, Presentation, Security, Wrong

FIELD = "Authorization"
BEARER = "Bearer"
# Schemes of HTTP whose credentials are more than a token (IANA, HTTP Authentication Schemes).
NO_TOKENS = ("basic", "digest", "dpop", "gnap", "hoba", "mutual", "negotiate", "oauth", "vapid")
# A header named Authorization is described as an API key where a generator has no other word for it.
PREFIX_SAID = re.compile(
    r"\bprefix\W{1,4}([A-Za-z][\w-]*)|\b((?i:Bearer))\b|\b((?i:Token|ApiKey|JWT))\s*[<{\[]"
)
TOKEN_TYPES = ("oauth2", "openIdConnect")
FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")

# The token that is presented, and how the key in it is altered.
TOKENS: tuple[tuple[str, str, str | None], ...] = (
    ("empty", "Bearer ", None),
    ("another", "Bearer wrong-key-0123456789abcdef", None),
    ("truncated", "Bearer {key}", "truncated"),
    ("with a suffix", "Bearer {key}", "suffixed"),
    ("in another case", "Bearer {key}", "swapped"),
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
# That one operation of several is asked with is enough.
FURTHER: tuple[tuple[str, str, str | None], ...] = (
    ("the key behind a second scheme", "Bearer Bearer {key}", None),
    ("the placeholder of a sample", "Bearer <token>", None),
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
    ("X-Auth-Token", Presentation(headers=(("X-Auth-Token", "{key}"),))),
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
    """The key, and nothing but the key, behind the scheme's name, which is `word`."""

    scheme: str = field(default="", compare=False)
    word: str = BEARER

    kind: ClassVar[str] = "bearer"

    @classmethod
    def from_scheme(cls, scheme: dict[str, Any]) -> Bearer | None:
        """`type: http` with any name in any case (RFC 9110 11.1) but of those that take more than a
        token; OAuth 2.0 and OpenID Connect, whose access tokens are presented so (RFC 6750 2.1); an
        API key in the field `Authorization` of which a prefix is documented.
        """
        kind = scheme.get("type")
        if kind in TOKEN_TYPES:
            return cls()
        word = str(scheme.get("scheme", "")) if kind == "http" else _prefix(scheme)
        if word.lower() == BEARER.lower():
            return cls()
        is_token = word.isascii() and word.isalnum() and word.lower() not in NO_TOKENS
        return cls(word=word) if is_token else None

    @property
    def challenge(self) -> str | None:
        """The scheme's own name."""
        return self.word

    @property
    def presentation(self) -> Presentation:
        """`Authorization: Bearer <key>`."""
        return self._header("Bearer {key}")

    @property
    def unknown(self) -> Presentation:
        """A token as long as keys are."""
        return self._header("Bearer wrong-key-0123456789abcdef")

    @property
    def equivalents(self) -> dict[str, Presentation]:
        """A scheme's name reads the same in any case (RFC 9110 11.1)."""
        names = {self.word.lower(), self.word.upper()} - {self.word}
        return {name: _header(f"{name} {{key}}") for name in sorted(names, reverse=True)}

    @property
    def wrong_keys(self) -> tuple[Wrong, ...]:
        """Tokens that are not exactly the key."""
        return self._tokens(TOKENS)

    @property
    def further_keys(self) -> tuple[Wrong, ...]:
        """Further ones: what a server takes that cuts too much off, or knows its own samples."""
        return self._tokens(FURTHER)

    def _tokens(self, tokens: tuple[tuple[str, str, str | None], ...]) -> tuple[Wrong, ...]:
        return tuple(
            Wrong(f"a token that is {name}", self._header(value, how))
            for name, value, how in tokens
        )

    @property
    def other_schemes(self) -> tuple[Wrong, ...]:
        """The key behind another scheme, or behind none."""
        return tuple(
            Wrong(f"the scheme {name}", _header(value, how)) for name, value, how in self._others()
        )

    @property
    def malformed(self) -> tuple[Wrong, ...]:
        """Fields that are no credentials by RFC 9110 11.4."""
        return tuple(
            Wrong(
                f"a header that is {name}",
                Presentation(tuple((FIELD, self._own(value)) for value in values)),
                True,
            )
            for name, values in MALFORMED
        )

    @property
    def ambiguous(self) -> tuple[Presentation, ...]:
        """Two fields, where RFC 9110 5.3 allows one."""
        right = (FIELD, self._own("Bearer {key}"))
        wrong = (FIELD, self._own("Bearer wrong-key-1"))
        return (Presentation((right, wrong)), Presentation((wrong, right)))

    @property
    def elsewhere(self) -> tuple[Wrong, ...]:
        """Query, cookie, body, and headers of other names."""
        return tuple(
            # What a GET with a body is to a proxy, it may say by itself.
            Wrong(f"a key in {name}", self._in(presentation), presentation.body is not None)
            for name, presentation in PLACES
        )

    def _others(self) -> list[tuple[str, str, str | None]]:
        """The other schemes, `Bearer` among them where this is none of that name."""
        others = [
            (self._own(name), self._own(value), how)
            for name, value, how in SCHEMES
            if name.lower() != self.word.lower()
        ]
        return others if self.word == BEARER else [(BEARER, "Bearer {key}", None), *others]

    def _own(self, text: str) -> str:
        """A text about Bearer as one about this scheme."""
        text = text.replace(BEARER, self.word)
        text = text.replace(BEARER.lower(), self.word.lower())
        return text.replace(BEARER.upper(), self.word.upper())

    def _in(self, place: Presentation) -> Presentation:
        def own(fields: Fields) -> Fields:
            return tuple((name, self._own(value)) for name, value in fields)

        return replace(
            place, headers=own(place.headers), query=own(place.query), cookies=own(place.cookies)
        )

    def _header(self, value: str, alteration: str | None = None) -> Presentation:
        return _header(self._own(value), alteration)


def _prefix(scheme: dict[str, Any]) -> str:
    """What is said to stand before an API key in `Authorization`; empty where nothing is."""
    is_field = scheme.get("in") == "header" and str(scheme.get("name")).lower() == FIELD.lower()
    if scheme.get("type") != "apiKey" or not is_field:
        return ""
    found = PREFIX_SAID.search(str(scheme.get("description", "")))
    return next(filter(None, found.groups())) if found else ""


def _header(value: str, alteration: str | None = None) -> Presentation:
    return Presentation(headers=((FIELD, value),), alteration=alteration)
