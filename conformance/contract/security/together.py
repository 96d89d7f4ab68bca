"""Credentials that are told apart by the name of their scheme: those that an operation needs together
(OpenAPI, Security Requirement Object), or one beside which the API has others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar

from conformance.contract.security.interface import (
    NOTHING,
    PLACEHOLDER,
    Presentation,
    Security,
    Wrong,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Together(Security):
    """Each part with its own key. What is wrong with one of them is presented beside the others, which
    are right.
    """

    parts: tuple[Security, ...]
    scheme: str = field(default="", compare=False)

    kind: ClassVar[str] = "together"

    @classmethod
    def from_scheme(cls, scheme: dict[str, Any]) -> None:
        """None: no Security Scheme Object describes several."""

    @classmethod
    def of(cls, *parts: Security) -> Together:
        """These schemes, called by all their names."""
        return cls(parts, " and ".join(part.scheme for part in parts))

    @property
    def schemes(self) -> tuple[str, ...]:
        """The parts that have a key."""
        return tuple(name for part in self.parts for name in part.schemes)

    @property
    def needs_certificate(self) -> bool:
        """Whether one of the parts does."""
        return any(part.needs_certificate for part in self.parts)

    @property
    def challenge(self) -> str | None:
        """That of the first part that has one."""
        return next((part.challenge for part in self.parts if part.challenge), None)

    @property
    def presentation(self) -> Presentation:
        """All parts as they are documented."""
        return self._merged(_own(part, part.presentation) for part in self.parts)

    @property
    def unknown(self) -> Presentation:
        """A key that nobody has for each of them."""
        return self._merged(_own(part, part.unknown) for part in self.parts)

    def altered(self, alteration: str, scheme: str = "") -> Presentation:
        """The key of one scheme altered, the others as they are."""
        part = next(part for part in self.parts if scheme in part.schemes)
        return self._beside(part, part.altered(alteration))

    @property
    def equivalents(self) -> dict[str, Presentation]:
        """The other forms of each part."""
        return {
            name: self._beside(part, shown)
            for part in self.parts
            for name, shown in part.equivalents.items()
        }

    @property
    def wrong_keys(self) -> tuple[Wrong, ...]:
        """Each part missing, then each part's own."""
        missing = []
        if len(self.parts) > 1:
            missing = [self._without(part) for part in self.parts]
        return (*missing, *self._wrong(lambda part: part.wrong_keys))

    @property
    def other_schemes(self) -> tuple[Wrong, ...]:
        """Those of each part."""
        return self._wrong(lambda part: part.other_schemes)

    @property
    def malformed(self) -> tuple[Wrong, ...]:
        """Those of each part."""
        return self._wrong(lambda part: part.malformed)

    @property
    def ambiguous(self) -> tuple[Presentation, ...]:
        """Those of each part."""
        return tuple(self._beside(part, shown) for part in self.parts for shown in part.ambiguous)

    @property
    def elsewhere(self) -> tuple[Wrong, ...]:
        """Those of each part."""
        return self._wrong(lambda part: part.elsewhere)

    def _without(self, part: Security) -> Wrong:
        shown = replace(NOTHING, certificate=not part.needs_certificate)
        is_early = part.needs_certificate
        return Wrong(f"a request without {part.scheme}", self._beside(part, shown), is_early)

    def _wrong(self, of: Callable[[Security], tuple[Wrong, ...]]) -> tuple[Wrong, ...]:
        """One of each part in turn, as far as the others have room beside it."""
        by_part = [
            [
                Wrong(self._named(part, wrong.name), shown, wrong.before_api)
                for wrong in of(part)
                if self._has_room(part, wrong.presentation)
                and (shown := self._beside(part, wrong.presentation))
            ]
            for part in self.parts
        ]
        in_turn = (wrong for turn in zip_longest(*by_part) for wrong in turn if wrong)
        # A part that is missing altogether is presented alike by several of them.
        return tuple({wrong.presentation: wrong for wrong in in_turn}.values())

    def _named(self, part: Security, name: str) -> str:
        return f"{name} ({part.scheme})" if len(self.parts) > 1 else name

    def _has_room(self, part: Security, shown: Presentation) -> bool:
        """Whether a presentation leaves the places of the other parts alone."""
        others = [other.presentation for other in self.parts if other is not part]
        taken = {place for other in others for place in _places(other)}
        return not taken & set(_places(shown))

    def _beside(self, part: Security, shown: Presentation) -> Presentation:
        """A presentation of one part beside the documented one of each other."""
        return self._merged(
            _own(other, shown if other is part else other.presentation) for other in self.parts
        )

    @staticmethod
    def _merged(presentations: Iterable[Presentation]) -> Presentation:
        shown = list(presentations)
        return Presentation(
            headers=tuple(pair for each in shown for pair in each.headers),
            query=tuple(pair for each in shown for pair in each.query),
            cookies=tuple(pair for each in shown for pair in each.cookies),
            body=next((each.body for each in shown if each.body is not None), None),
            certificate=all(each.certificate for each in shown),
        )


def _own(part: Security, shown: Presentation) -> Presentation:
    """A presentation whose key is named by the part's scheme, with its alteration."""
    how = f"|{shown.alteration}" if shown.alteration else ""
    name = f"{{key:{part.scheme}{how}}}"

    def named(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((place, value.replace(PLACEHOLDER, name)) for place, value in pairs)

    body = shown.body.replace(PLACEHOLDER, name) if shown.body is not None else None
    return Presentation(
        named(shown.headers),
        named(shown.query),
        named(shown.cookies),
        body,
        certificate=shown.certificate,
    )


def _places(shown: Presentation) -> list[str]:
    places = [f"header {name.lower()}" for name, _ in shown.headers]
    places += [f"query {name}" for name, _ in shown.query]
    return [*places, *(f"cookie {name}" for name, _ in shown.cookies)]
