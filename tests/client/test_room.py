"""The room for large answers."""

from __future__ import annotations

import pytest

from conformance.client.room import LARGE, NoRoom, Room


def test_small_answers_are_not_counted() -> None:
    """A run keeps as many ordinary answers as it asks for."""
    room = Room(held=10 * LARGE)
    for _ in range(1_000):
        room.hold(LARGE - 1)


def test_large_answers_have_a_room() -> None:
    """Past it the run asks no further, and says what came."""
    room = Room(held=3 * LARGE)
    for _ in range(3):
        room.hold(LARGE)
    with pytest.raises(NoRoom, match="sent 4 answers of over 1 MB, 4 MB in all once parsed"):
        room.hold(LARGE)


def test_answers_that_nobody_keeps_make_room() -> None:
    """As those of a walk, of which one page after another is read."""
    room = Room(held=2 * LARGE)
    for _ in range(100):
        room.hold(LARGE)
        room.release(LARGE)


def test_one_body_of_the_most_that_was_allowed_has_room() -> None:
    """Who allows larger bodies means to have them judged."""
    Room(max_body=500 * LARGE).hold(2 * 500 * LARGE)
