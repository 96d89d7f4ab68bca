"""The laws between a list and its items: each row can be fetched, and agrees; what is not listed is not
there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from conformance.client.exchange import Exchange
    from conformance.events.model import Level
    from conformance.laws.answer import Answer

NO_SUCH_NUMBER = 2_000_000_011  # an integer of 32 bits that no account numbers anything with
NO_SUCH_UUID = "5f0e8d1c-7b7a-4c7e-9d52-3a1f6c0e9b47"
SHOWN = 3  # properties of an item that differ from its row
MALFORMED = (400, 422)  # of an identity that is no text of the form that the API gives


def fetched(exchange: Exchange, place: str, identity: Any) -> list[Finding]:
    """RES-01: the item of a listed identity is there, and is the one that was asked for."""
    expected = f"the item with {place} {identity!r}, which is listed"
    if not exchange.ok:
        return [Finding(expected, f"status {exchange.status}", (exchange,), at="status")]
    if item_of(exchange.json, place, identity) is None:
        return [Finding(expected, "an answer without that identity", (exchange,))]
    return []


def present(exchange: Exchange, identity: Any) -> list[Finding]:
    """RES-01: what belongs to an item of a listed identity is there."""
    if exchange.ok or exchange.status == 429:
        return []
    path = exchange.request.path
    expected = f"{path} of {identity!r}, which is listed"
    return [Finding(expected, f"status {exchange.status}", (exchange,), at="status")]


def item_of(body: Any, place: str, identity: Any) -> dict[str, Any] | None:
    """The object of an answer that has an identity: the body itself, or a member of it; an
    identity may be a number in one place and a text in the other.
    """
    for candidate in identified(body):
        value = pointer.get(candidate, place)
        if value is not pointer.MISSING and str(value) == str(identity):
            return candidate
    return None


def identified(body: Any) -> Iterator[dict[str, Any]]:
    """The objects of an answer that may be what it is about: the body itself, then its members."""
    if isinstance(body, dict):
        yield body
        yield from (member for member in body.values() if isinstance(member, dict))


def agrees(
    row: Any, item: dict[str, Any], exchanges: tuple[Exchange, ...], unsteady: Collection[str] = ()
) -> list[Finding]:
    """RES-02: an item has the values that its row has, as far as both have a property.

    `unsteady` names what differs between answers of the item itself.
    """
    steady = {name: value for name, value in row.items() if name not in unsteady}
    return [
        Finding(
            f"{at} {_shown(listed)}, as the list has it", _shown(fetched_value), exchanges, at=at
        )
        for at, listed, fetched_value in islice(_differences(steady, item, ""), SHOWN)
    ]


def unsteady(items: Sequence[dict[str, Any]]) -> set[str]:
    """The properties that answers of one item have differently: made for each answer, or moving."""
    first, *others = items or [{}]
    return {
        name
        for name, value in first.items()
        if any(name in other and other[name] != value for other in others)
    }


def alternating(
    row: dict[str, Any], items: Sequence[dict[str, Any]], exchanges: tuple[Exchange, ...]
) -> list[Finding]:
    """RES-02: no property leaves the value that its row has and comes back to it, answer by answer.

    What is made for each answer never comes back, and what moves does not at once: those are two
    versions of one item.
    """
    found = []
    for name, listed in row.items():
        told = [item[name] for item in items if name in item]
        others = [place for place, value in enumerate(told) if value != listed]
        if others and listed in told[others[0] :]:
            expected = f"/{name} {_shown(listed)} in every answer, as the list has it"
            actual = f"{_shown(told[others[0]])} in {len(others)} of {len(told)} answers"
            found.append(Finding(expected, actual, exchanges, at=f"/{name}"))
    return found[:SHOWN]


def _differences(listed: Any, item: Any, at: str) -> Iterator[tuple[str, Any, Any]]:
    """The places at which two values differ; of objects the common properties alone, of lists those
    of one length, for a list may show less than its item.
    """
    if isinstance(listed, dict) and isinstance(item, dict):
        for name in listed:
            if name in item:
                yield from _differences(listed[name], item[name], f"{at}/{name}")
    elif isinstance(listed, list) and isinstance(item, list):
        if len(listed) == len(item):
            for index, (one, other) in enumerate(zip(listed, item, strict=True)):
                yield from _differences(one, other, f"{at}/{index}")
    elif listed != item:
        yield at, listed, item


def _shown(value: Any) -> str:
    return repr(value)[:100]


def unknown_identity(known: Collection[Any]) -> Any:
    """An identity of the form of those that are known, which none of them is."""
    values = list(known)
    if all(type(value) is int for value in values):
        return NO_SUCH_NUMBER
    if all(_is_uuid(value) for value in values):
        return NO_SUCH_UUID
    texts = {str(value) for value in values}
    candidate = _turned(str(values[0]))
    while candidate in texts:
        candidate = _turned(candidate) + "0"
    return candidate


def nearly_known(known: Collection[Any]) -> list[str]:
    """Identities that a lenient reader takes for one that is known: with a tail, its beginning alone,
    a pattern.
    """
    first = next(iter(known))
    texts = {str(value) for value in known}
    # A number that begins another one may be that of a row that was not read.
    beginning = first[: len(first) // 2] if isinstance(first, str) else ""
    near = (f"{first}abc", beginning, "%")
    return [text for text in near if text and text not in texts]


def _is_uuid(value: Any) -> bool:
    try:
        return str(uuid.UUID(str(value))) == str(value).lower()
    except ValueError:
        return False


def _turned(text: str) -> str:
    """A text of the same form: each digit and letter of its last part another one."""
    head, last = text[: len(text) // 2], text[len(text) // 2 :]
    return head + "".join(_other(letter) for letter in last)


def _other(letter: str) -> str:
    if letter.isdecimal():
        return str(9 - int(letter))
    if letter.isascii() and letter.isalpha():
        start = ord("a") if letter.islower() else ord("A")
        return chr(start + 25 - (ord(letter) - start))
    return letter


def not_there(exchange: Exchange, identity: Any, empty: Empty | None = None) -> list[Finding]:
    """RES-03: an identity that nobody has gets 404; a text that may be malformed a refusal as such
    too.

    `empty`: what may say so in place of a 404 that the document does not name; then it is a SHOULD.
    """
    is_opaque = isinstance(identity, str) and not _is_uuid(identity)
    allowed = (404, *MALFORMED) if is_opaque else (404,)
    if exchange.status in allowed or exchange.response is None:
        return []
    expected = f"404 for the identity {identity!r}, which nothing has"
    is_empty = empty is not None and exchange.ok and empty.holds(exchange.json)
    level: Level | None = "SHOULD" if is_empty else None
    return [Finding(expected, f"status {exchange.status}", (exchange,), at="status", level=level)]


def misdescribed(answer: Answer, identity: Any) -> list[Finding]:
    """RES-03, where the document names no 404: a success for an identity that nobody has is at least
    one that the document describes.
    """
    if not answer.exchange.ok or answer.described is None:
        return []
    if not answer.body_problem and answer.described.validator.is_valid(answer.exchange.json):
        return []
    expected = f"404 for the identity {identity!r}, which nothing has, or a body of its schema"
    return [Finding(expected, f"status {answer.status}, with another body", answer.shown)]


@dataclass(frozen=True, slots=True)
class Empty:
    """A documented success that has nothing of a row: `members` of the body that the document
    describes, such as `errors`, and none with an identity, which a row has at `place`.
    """

    place: str
    members: frozenset[str]

    def holds(self, body: Any) -> bool:
        """Whether a body is one."""
        if not isinstance(body, dict) or not body or not body.keys() <= self.members:
            return False
        listed = (one for member in body.values() if isinstance(member, list) for one in member)
        return all(
            pointer.get(candidate, self.place) is pointer.MISSING
            for candidate in (*identified(body), *listed)
        )
