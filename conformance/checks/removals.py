"""Rows that are gone after methods that were refused: an experiment that knows how the list moves by
itself.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from conformance.checks.lists import page, paging
from conformance.checks.methods import with_method
from conformance.laws import robustness as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.client import Exchange

SHOWN = 3  # rows that a finding names
LOOKS = 5  # at the first rows at least, for whether any goes by itself
AS_LONG = 2  # times that the methods took, the looks go on


class Removals:
    """Rows that were there right before refused requests, and are not right after.

    `answers` are all that the methods were given.
    """

    def __init__(self, sender: Sender, methods: Sequence[str]) -> None:
        self._sender, self._methods = sender, methods
        self._seen: list[Any] | None = None  # the first rows, when they were looked at last
        self._is_restless = False
        self.answers: list[Exchange] = []

    def __call__(self, _again: bool) -> list[Finding]:
        """One experiment; nothing where rows were ever seen to go by themselves."""
        before = self._first_rows()
        if self._seen is not None and laws.removed(self._seen, before):
            self._is_restless = True
        began = time.monotonic()
        # At once: the less time goes by, the fewer rows go for other reasons.
        requests = [with_method(self._sender.context, method) for method in self._methods]
        answers = self._sender.send_all(requests)
        self.answers += answers
        self._seen = self._first_rows()
        gone = laws.removed(before, self._seen)

        if not gone or any(exchange.ok for exchange in answers):
            return []
        self._look(time.monotonic() - began)
        if self._is_restless:
            return []
        named = ", ".join(map(repr, sorted(gone, key=str)[:SHOWN]))
        expected = f"nothing changed by a refused {', '.join(self._methods)}"
        return [Finding(expected, f"rows {named} are gone", tuple(answers))]

    def _look(self, seconds: float) -> None:
        """Whether rows go by themselves, so that one that went just now says nothing: for longer than
        the methods took.
        """
        until, looks = time.monotonic() + AS_LONG * seconds, 0
        while not self._is_restless and (looks < LOOKS or time.monotonic() < until):
            seen, self._seen = self._seen or [], self._first_rows()
            self._is_restless = bool(laws.removed(seen, self._seen))
            looks += 1

    def _first_rows(self) -> list[Any]:
        """The first rows as they are now, in order: what a method changes by mistake is among them."""
        first = page(self._sender, paging(self._sender.context).maximum_size, 0, again=True)
        return list(first.ids) if first else []
