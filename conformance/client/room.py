"""The memory for large answers: what all regions of a process may hold of them together."""

from __future__ import annotations

import threading

from conformance.client.limits import Limits, shown_size

LARGE = 1_000_000  # bytes from which on an answer, parsed, is a large one
HELD = 160_000_000  # bytes of large answers, as they came and parsed, that a run can hold


class NoRoom(Exception):
    """There is no room for a further large answer; the text says how many came."""


class Room:
    """Counts the bytes of large answers; `max_body` above its default makes room for one such body.

    Judging compares hundreds of answers with each other, so they are held, and servers that send
    megabytes each time would take the machine's memory.
    """

    def __init__(self, max_body: int = Limits().body, *, held: int = HELD) -> None:
        self._room = held if max_body <= Limits().body else max(held, 2 * max_body)
        self._large, self._held = 0, 0
        self._lock = threading.Lock()

    def hold(self, weight: int) -> None:
        """Count an answer of so many bytes; raises NoRoom."""
        if weight < LARGE:
            return
        with self._lock:
            self._large += 1
            self._held += weight
            if self._held <= self._room:
                return

            answers = f"{self._large} answers" if self._large > 1 else "an answer"
            raise NoRoom(
                f"sent {answers} of over {shown_size(LARGE)}, {shown_size(self._held)} in all "
                "once parsed: more than a run holds (--max-body)"
            )

    def release(self, weight: int) -> None:
        """Count no longer an answer that nobody keeps."""
        if weight < LARGE:
            return
        with self._lock:
            self._large -= 1
            self._held -= weight
