"""Faults of errors: their envelope, their type, their media type."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import fault
from conformance.mock.service import INVALID
from conformance.mock.wrappers import body, each_answer, text

if TYPE_CHECKING:
    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("ROB-03")
def bad_request_with_detail(service: Service) -> None:
    """A 400 has `detail` instead of `error`."""
    _says(service, 400, {"detail": "invalid value"})


@fault("ROB-03")
def bad_request_of_another_type(service: Service) -> None:
    """A 400's `error.type` is `bad_request`."""
    _says(service, 400, {"error": {"message": "invalid value", "type": "bad_request"}})


@fault("ROB-03")
def bad_request_without_type(service: Service) -> None:
    """A 400's `error` has no `type`."""
    _says(service, 400, {"error": {"message": "invalid value"}})


@fault("ROB-03")
def not_found_of_another_type(service: Service) -> None:
    """A 404's `error.type` is `no_route`."""
    _says(service, 404, {"error": {"message": "no such resource", "type": "no_route"}})


@fault("SCH-04")
def busy_without_counts(service: Service) -> None:
    """Every fortieth answer is a 429 for too many calls at once, without how many there are."""
    _busy(service, {})


@fault("SCH-05")
def busy_with_counts_as_texts(service: Service) -> None:
    """Every fortieth answer is a 429 for too many calls at once, whose counts are texts."""
    _busy(service, {"current_calls": "10", "max_calls": "10"})


# docs: errors-rate-limits
def _busy(service: Service, counts: dict[str, Any]) -> None:
    answered = itertools.count(1)

    def busy(call: Call, answer: Answer) -> Answer:
        if next(answered) % 40:
            return answer
        message, kind = "too many calls at once", "concurrent_call_limit_exceeded"
        refusal = service.error(429, kind, message)
        error = {"message": message, "type": kind, **counts}
        return body(service, refusal, {"error": error}, retry_after="0")

    each_answer(service, busy)


@fault("ROB-08")
def method_refused_with_detail(service: Service) -> None:
    """A 405 has `detail` instead of `error`."""
    _says(service, 405, {"detail": "Method Not Allowed"})


@fault("SCH-03")
def bad_request_message_a_list(service: Service) -> None:
    """A 400's `error.message` is a list."""
    _says(service, 400, {"error": {"message": [{"loc": ["query"]}], "type": INVALID}})


@fault("SCH-02")
def bad_request_in_plain_text(service: Service) -> None:
    """A 400 is plain text."""
    _writes(service, 400, "Bad Request")


@fault("ROB-08")
def not_found_in_html(service: Service) -> None:
    """A 404 is an HTML page."""
    _writes(service, 404, "<h1>Not Found</h1>", "text/html")


def _says(service: Service, status: int, payload: Any) -> None:
    each_answer(
        service,
        lambda call, answer: body(service, answer, payload) if answer.status == status else answer,
    )


def _writes(service: Service, status: int, words: str, media_type: str = "text/plain") -> None:
    each_answer(
        service,
        lambda call, answer: text(answer, words, media_type) if answer.status == status else answer,
    )
