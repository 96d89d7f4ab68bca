"""Conversations, metrics and recordings that are otherwise, and as documented."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import benign

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service

COUNTS = ("_count", "total_processed")


@benign()
def recordings_not_kept(service: Service) -> None:
    """No conversation has a recording."""
    service.resources.get_recording = lambda call, name: service.error(
        404, "not_found", "no recording"
    )


@benign()
def recordings_in_one_region_alone(service: Service) -> None:
    """India keeps no recording, and the other region one of each of its conversations."""
    if service.region == "india":
        recordings_not_kept(service)
    else:
        _each_conversation(service, lambda row, number: row | {"status": "completed"})


@benign()
def recordings_as_mp3(service: Service) -> None:
    """Recordings are MP3, sent in chunks."""
    get = service.resources.get_recording

    def as_mp3(call: Call, name: str) -> Answer:
        answer = get(call, name)
        if answer.status != 200:
            return answer
        return replace(answer, chunked=True).with_headers(content_type="audio/mpeg")

    service.resources.get_recording = as_mp3


@benign()
def conversations_oldest_first(service: Service) -> None:
    """Conversations are listed with the oldest first."""
    chosen = service.resources.chosen
    service.resources.chosen = lambda window: chosen(window)[::-1]


@benign()
def conversation_with_a_transcript(service: Service) -> None:
    """A single conversation has a transcript, which its row has not."""
    get = service.resources.get_conversation

    def with_transcript(call: Call, name: str) -> Answer:
        answer = get(call, name)
        if answer.status != 200:
            return answer
        data = json.loads(answer.body)["data"]
        return service.resources.answer(
            {"data": data | {"transcript": [{"role": "agent", "text": "नमस्ते"}]}}
        )

    service.resources.get_conversation = with_transcript


@benign()
def metrics_of_nothing(service: Service) -> None:
    """No call of any batch was made yet: every count is 0, and so is every share."""
    metrics = service.resources.metrics
    service.resources.metrics = lambda row: {
        name: 0 if name.endswith(COUNTS) else 0.0 for name in metrics(row)
    }


@benign()
def unknown_number_is_malformed(service: Service) -> None:
    """An id of a batch call beyond 32 bits is refused as no id."""
    get = service.resources.get_batch_call

    def within(call: Call, name: str) -> Answer:
        if name.isdecimal() and int(name) > 2**31 - 1:
            return service.error(400, "invalid_request", "batch_id: no such id")
        return get(call, name)

    service.resources.get_batch_call = within


@benign()
def conversations_under_way(service: Service) -> None:
    """Every fifth conversation is not over: it has neither an end nor a duration yet."""
    _each_conversation(
        service,
        lambda row, number: (
            row if number % 5 else row | {"end_timestamp": None, "duration_seconds": None}
        ),
    )


@benign()
def conversations_of_nobody(service: Service) -> None:
    """Every seventh conversation was with an agent that is deleted: it has none."""
    _each_conversation(service, lambda row, number: row if number % 7 else row | {"agent_id": None})


def _each_conversation(service: Service, change: Callable[[Any, int], Any]) -> None:
    """Change conversations as they are kept, by their number."""
    conversations = service.resources.conversations
    rows = conversations.rows
    conversations.rows = [change(row, number) for number, row in enumerate(rows)]
