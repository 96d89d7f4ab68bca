"""The sender: what it asks is recorded at once and judged in order; of a stream only what shows
something.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from conformance.checks.context import Sender
from tests.support.checks import make_context
from tests.support.lists import exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from conformance.client import Exchange, Request


class Client:
    """A region that answers the last request first, and has the first one answered already."""

    def send_all(
        self,
        requests: Iterable[Request],
        operation: str,
        *,
        again: bool,
        on_answer: Callable[[Exchange], None],
    ) -> list[tuple[Exchange, bool]]:
        answers = [replace(exchange(), id=str(number)) for number, _ in enumerate(requests)]
        for answer in reversed(answers[1:]):
            on_answer(answer)
        return [(answer, answer.id != "0") for answer in answers]

    def stream(self, requests: Iterable[Request], operation: str) -> Iterator[Exchange]:
        for number, _ in enumerate(requests):
            yield replace(exchange(), id=str(number))


def make_sender(heard: list[tuple[str, str]]) -> Sender:
    def hear(what: str) -> Callable[[Exchange], None]:
        return lambda exchange: heard.append((what, exchange.id))

    def observe_streamed(exchange: Exchange) -> bool:
        heard.append(("judged", exchange.id))
        return exchange.id == "1"

    client: Any = Client()
    recording: Any = SimpleNamespace(record=hear("recorded"), count=hear("counted"))
    return Sender(make_context(), {"mars": client}, hear("judged"), observe_streamed, recording)


def test_what_is_new_is_recorded_as_it_is_answered_and_judged_in_order() -> None:
    """An answer that another check has had is neither; the caller gets all of them."""
    heard: list[tuple[str, str]] = []
    sender = make_sender(heard)
    exchanges = sender.send_all([sender.request()] * 3)
    assert [exchange.id for exchange in exchanges] == ["0", "1", "2"]
    assert heard == [("recorded", "2"), ("recorded", "1"), ("judged", "1"), ("judged", "2")]


def test_of_a_stream_what_shows_something_is_recorded_and_the_rest_counted() -> None:
    """Hundreds of thousands of pages would fill the disk with nothing to see."""
    heard: list[tuple[str, str]] = []
    sender = make_sender(heard)
    assert [exchange.id for exchange in sender.stream([sender.request()] * 2)] == ["0", "1"]
    assert heard == [("judged", "0"), ("counted", "0"), ("judged", "1"), ("recorded", "1")]
