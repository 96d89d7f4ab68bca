"""What a security scheme says: how a key is presented, how it must not be, and what a refusal asks
for.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Any, ClassVar

Fields = tuple[tuple[str, str], ...]
"""Names and values, in the order in which they are sent; `{key}` in a value stands for the key."""

PLACEHOLDER = "{key}"
_NAMED = re.compile(r"\{key:[A-Za-z0-9._-]+")  # the key of a scheme: see `together`


@dataclass(frozen=True, slots=True)
class Presentation:
    """What a request carries for its credential; nothing, where it has none.

    `query` is written into the target as it stands. `alteration` names a way in which the key is
    changed before it takes the place of `{key}`; none: the key itself. `certificate`: over a
    connection that shows the client's certificate, where there is one.
    """

    headers: Fields = ()
    query: Fields = ()
    cookies: Fields = ()
    body: str | None = None
    alteration: str | None = None
    certificate: bool = True

    @property
    def has_key(self) -> bool:
        """Whether it carries the key, altered or not."""
        fields = (*self.headers, *self.query, *self.cookies, ("", self.body or ""))
        return any("{key" in value for _, value in fields)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A presentation that must not be accepted, and words for it: `a token that is truncated`.

    `before_api`: what stands before the API (a proxy, the HTTP layer) may refuse it too, in its own
    form.
    """

    name: str
    presentation: Presentation
    before_api: bool = False


NOTHING = Presentation()


class Security(ABC):
    """A security scheme of the document; each list of wrong presentations begins with what shows
    the most.
    """

    kind: ClassVar[str]
    """The name under which laws and reports know it."""

    scheme: str
    """The name that the document gives it."""

    @property
    def schemes(self) -> tuple[str, ...]:
        """The names of those that have a key of their own."""
        return (self.scheme,)

    @property
    def needs_certificate(self) -> bool:
        """Whether the client must show a certificate."""
        return False

    def altered(self, alteration: str, scheme: str = "") -> Presentation:
        """The documented presentation with a key that is altered: that of `scheme`, where there are
        several.
        """
        return replace(self.presentation, alteration=alteration)

    @classmethod
    @abstractmethod
    def from_scheme(cls, scheme: dict[str, Any]) -> Security | None:
        """Read a Security Scheme Object of OpenAPI; none where it is of another kind."""

    @property
    @abstractmethod
    def challenge(self) -> str | None:
        """The scheme that a refusal names in `WWW-Authenticate` (RFC 9110 11.6.1); none where none
        does.
        """

    @property
    @abstractmethod
    def presentation(self) -> Presentation:
        """The key as it is documented."""

    @property
    @abstractmethod
    def unknown(self) -> Presentation:
        """A key that nobody has, well-formed."""

    @property
    @abstractmethod
    def equivalents(self) -> dict[str, Presentation]:
        """Other forms of the documented presentation that mean the same, each with its name."""

    def presents(self, shown: Presentation) -> bool:
        """Whether a presentation is the documented one, or means the same; names of fields have no
        case (RFC 9110 5.1).
        """
        documented = (self.presentation, *self.equivalents.values())
        return _compared(shown) in map(_compared, documented)

    @property
    @abstractmethod
    def wrong_keys(self) -> tuple[Wrong, ...]:
        """Where it is documented, but not the key."""

    @property
    def further_keys(self) -> tuple[Wrong, ...]:
        """More of the same, for operations beside the one that is asked with all wrong keys."""
        return ()

    @property
    @abstractmethod
    def other_schemes(self) -> tuple[Wrong, ...]:
        """The right key under another scheme."""

    @property
    @abstractmethod
    def malformed(self) -> tuple[Wrong, ...]:
        """What is no presentation at all."""

    @property
    @abstractmethod
    def ambiguous(self) -> tuple[Presentation, ...]:
        """The right key beside a wrong one, in each order."""

    @property
    @abstractmethod
    def elsewhere(self) -> tuple[Wrong, ...]:
        """The right key in places where the document does not have it."""


def _compared(shown: Presentation) -> Presentation:
    """A presentation, whichever scheme its key is that of: one key may be for all."""

    def alike(pairs: Fields) -> Fields:
        return tuple((name, _NAMED.sub("{key", value)) for name, value in pairs)

    headers = alike(tuple((name.lower(), value) for name, value in shown.headers))
    return replace(shown, headers=headers, query=alike(shown.query), cookies=alike(shown.cookies))
