"""Requests whose effect must be known, even to a run that is stopped: what they created is to be undone."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.client.request import Request


class Effects(Protocol):
    """Who keeps account of what requests do."""

    def under_way(self, region: str, request: Request) -> AbstractContextManager[bool]:
        """Entered while a request is under way; whether its answer is awaited once it was sent,
        though the run is stopped meanwhile.
        """
        ...

    def note(self, exchange: Exchange) -> None:
        """Take in what came of a request."""
        ...


class NoEffects:
    """Nobody does."""

    def under_way(self, region: str, request: Request) -> AbstractContextManager[bool]:
        """Stopped with the run."""
        return nullcontext(enter_result=False)

    def note(self, exchange: Exchange) -> None:
        """Nothing is kept."""
