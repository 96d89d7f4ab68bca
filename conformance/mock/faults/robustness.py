"""Faults of robustness: answers to what is odd, rare or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from conformance.mock.service import Service
    from conformance.mock.wire import Answer, Call


@fault("ROB-06")
def error_every_50th_call(service: Service) -> None:
    """Every 50th list request answers 500."""
    inner, seen = service.list_rows, iter(range(1, 10**12))

    def list_rows(call: Call) -> Answer:
        return service.error(500, "internal_error", "try again") if next(seen) % 50 == 0 else inner(call)

    service.list_rows = list_rows


@fault("SCH-01")
def unprocessable_for_bad_request(service: Service) -> None:
    """Bad parameters answer 422 instead of 400."""
    error = service.error
    service.error = lambda status, kind, message: error(422 if status == 400 else status, kind, message)
