"""Which wrong keys an operation is asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from conformance.client.placeholders import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.client.credentials import Secret
    from conformance.contract.security import Presentation, Security, Wrong

T = TypeVar("T")

CERTAIN, TURN = 2, 3  # that each operation is asked with, and those that it has when its turn comes


def wrong_keys(sender: Sender) -> list[Wrong]:
    """Those that make another key of the region's own: one without letters has no other case.

    Where few are asked, as of further operations, each operation has others behind the first ones:
    operations share what reads their keys, as a rule.
    """
    security, secret = sender.operation.security, sender.client.secret
    assert security is not None
    wrong = others_than_the_key(security, security.wrong_keys, secret)
    if sender.settings.profile != "smoke":
        return wrong

    operations = [operation.id for operation in sender.contract.operations]
    place = operations.index(sender.operation.id)
    if place:
        wrong += others_than_the_key(security, security.further_keys, secret)
    return in_turn(wrong, place)


def in_turn(entries: Sequence[T], place: int) -> list[T]:
    """The first entries, then the others from those on whose turn it is at a place, the last ones at
    the second.
    """
    first, rest = entries[:CERTAIN], entries[CERTAIN:]
    begins = -TURN * place % len(rest) if rest else 0
    return [*first, *rest[begins:], *rest[:begins]]


def others_than_the_key(
    security: Security, entries: Sequence[Wrong], secret: Secret
) -> list[Wrong]:
    """Those that are not the right key by chance."""
    right = _contents(security.presentation, secret)
    return [entry for entry in entries if _contents(entry.presentation, secret) != right]


def _contents(shown: Presentation, secret: Secret) -> tuple[Any, ...]:
    """What a presentation comes to with its keys."""
    fields = (*shown.headers, *shown.query, *shown.cookies)
    values = [(name, filled(value, secret, shown.alteration)) for name, value in fields]
    return (*values, shown.body, shown.certificate)
