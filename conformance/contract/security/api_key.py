"""API keys (OpenAPI, Security Scheme Object): the key by itself in a header, the query or a cookie."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from conformance.contract.security.interface import Presentation, Security, Wrong

UNKNOWN = "wrong-key-0123456789abcdef"
# What is presented, and how the key in it is altered.
WRONG: tuple[tuple[str, str, str | None], ...] = (
    ("empty", "", None),
    ("truncated", "{key}", "truncated"),
    ("with a suffix", "{key}", "suffixed"),
    ("in another case", "{key}", "swapped"),
    ("another", UNKNOWN, None),
    ("half the key", "{key}", "half"),
    ("as long and ends alike", "{key}", "ending"),
    ("as long and begins alike", "{key}", "beginning"),
    ("other in its last character", "{key}", "changed"),
    ("a wildcard", "*", None),
    ("the key twice in a row", "{key}", "repeated"),
    ("without its separators", "{key}", "separators"),
    ("backwards", "{key}", "reversed"),
    ("in base64", "{key}", "base64"),
    ("in hexadecimal", "{key}", "hex"),
)
# Behind `Authorization`, where no API key of another name belongs.
SCHEMES: tuple[tuple[str, str, str | None], ...] = (
    ("Bearer", "Bearer {key}", None),
    ("Token", "Token {key}", None),
    ("ApiKey", "ApiKey {key}", None),
    ("Basic with the key as user", "Basic {key}", "user"),
    ("none", "{key}", None),
)
PLACES = ("header", "query", "cookie")
LONG = "a" * 8_192


@dataclass(frozen=True, slots=True)
class ApiKey(Security):
    """The key, and nothing but the key, under a name in one place of the request."""

    place: str
    name: str
    scheme: str = field(default="", compare=False)

    kind: ClassVar[str] = "apiKey"

    @classmethod
    def from_scheme(cls, scheme: dict[str, Any]) -> ApiKey | None:
        """`type: apiKey` with `in` and `name`."""
        place, name = scheme.get("in"), scheme.get("name")
        is_key = scheme.get("type") == "apiKey" and place in PLACES and isinstance(name, str)
        return cls(str(place), str(name)) if is_key else None

    @property
    def challenge(self) -> str | None:
        """API keys have no scheme of HTTP."""
        return None

    @property
    def presentation(self) -> Presentation:
        """The key under its name."""
        return self._at(self.place, "{key}")

    @property
    def unknown(self) -> Presentation:
        """A text as long as keys are."""
        return self._at(self.place, UNKNOWN)

    @property
    def equivalents(self) -> dict[str, Presentation]:
        """A header's name reads the same in any case (RFC 9110 5.1)."""
        if self.place != "header":
            return {}
        names = {self.name.lower(), self.name.upper()} - {self.name}
        return {name: Presentation(headers=((name, "{key}"),)) for name in sorted(names)}

    @property
    def wrong_keys(self) -> tuple[Wrong, ...]:
        """Texts that are not exactly the key."""
        return tuple(
            Wrong(f"a key that is {words}", self._at(self.place, value, how))
            for words, value, how in WRONG
        )

    @property
    def other_schemes(self) -> tuple[Wrong, ...]:
        """The key behind a scheme of `Authorization`."""
        field = "Proxy-Authorization" if self.name.lower() == "authorization" else "Authorization"
        return tuple(
            Wrong(
                f"{field} with the scheme {words}", Presentation(((field, value),), alteration=how)
            )
            for words, value, how in SCHEMES
        )

    @property
    def malformed(self) -> tuple[Wrong, ...]:
        """What is no key of any kind."""
        values = {"not ASCII": "\xff\xfe\xe9", "of 8 kB": LONG, "with a control byte": "a\x01b"}
        if self.place != "header":
            values = {"not UTF-8": "%ff%fe", "of 8 kB": LONG, "NUL": "%00"}
        return tuple(
            Wrong(f"a key that is {words}", self._at(self.place, value), True)
            for words, value in values.items()
        )

    @property
    def ambiguous(self) -> tuple[Presentation, ...]:
        """None: nothing says that a name which is no field of HTTP may not come twice."""
        return ()

    @property
    def elsewhere(self) -> tuple[Wrong, ...]:
        """The two other places, under the same name and others, and a body."""
        names = (self.name, "api_key", "access_token", "key", "token")
        found = [
            Wrong(f"a key in the {place}, as {name}", self._at(place, "{key}", name=name))
            for place in PLACES
            if place != self.place
            for name in dict.fromkeys(names)
        ]
        body = Presentation(
            headers=(("Content-Type", "application/json"),), body=f'{{"{self.name}":"{{key}}"}}'
        )
        return (*found, Wrong("a key in a JSON body", body, before_api=True))

    def _at(
        self, place: str, value: str, alteration: str | None = None, name: str = ""
    ) -> Presentation:
        pair = ((name or self.name, value),)
        if place == "header":
            return Presentation(headers=pair, alteration=alteration)
        if place == "query":
            return Presentation(query=pair, alteration=alteration)
        return Presentation(cookies=pair, alteration=alteration)
