"""Faults of single resources: batch calls, their metrics, recordings; and of what they agree with."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service

    Change = Callable[[Any], Any]

METRICS, RECORDING, ITEM = "get_metrics", "get_recording", "get_batch_call"


@fault("RES-01", whole=True)
def listed_batch_call_not_found(service: Service) -> None:
    """Batch calls with an even id are listed, and not found by it."""
    get = service.resources.get_batch_call

    def found(call: Call, name: str) -> Answer:
        return get(call, "0" if name.isdecimal() and int(name) % 2 == 0 else name)

    service.resources.get_batch_call = found


@fault("RES-01", whole=True)
def conversations_not_found(service: Service) -> None:
    """Conversations are found without the end of their id alone."""
    get = service.resources.get_conversation
    service.resources.get_conversation = lambda call, name: get(call, f"{name}_1")


@fault("RES-01", whole=True)
def batch_call_of_another_id(service: Service) -> None:
    """A batch call has the id of the one before."""
    _change(service, ITEM, lambda data: data | {"id": data["id"] - 1})


@fault("RES-01", whole=True)
def metrics_of_half_the_batch_calls(service: Service) -> None:
    """Batch calls with an odd id have no metrics."""
    get = service.resources.get_metrics
    service.resources.get_metrics = lambda call, name: get(
        call, "0" if name.isdecimal() and int(name) % 2 else name
    )


@fault("RES-01", whole=True)
def batch_calls_not_found_at_first(service: Service) -> None:
    """A batch call is found the second time that it is asked for."""
    get, asked = service.resources.get_batch_call, set[str]()

    def found(call: Call, name: str) -> Answer:
        is_known = name in asked
        asked.add(name)
        return get(call, name if is_known else "0")

    service.resources.get_batch_call = found


@fault("RES-02", whole=True)
def old_instance_forgets_updates(service: Service) -> None:
    """One instance of three tells no `updated_at` of a single batch call."""
    turn = cycle((False, True, False))
    _change(service, ITEM, lambda data: data | {"updated_at": None} if next(turn) else data)


@fault("RES-02", whole=True)
def old_instance_counts_otherwise(service: Service) -> None:
    """One answer of four has one recipient too many of a single batch call."""
    turn = cycle((False, True, False, False))
    _change(
        service,
        ITEM,
        lambda data: data | {"total_recipients": data["total_recipients"] + next(turn)},
    )


@fault("RES-02", whole=True)
def status_lags_in_the_list(service: Service) -> None:
    """A single batch call is `completed`, whatever the list says."""
    _change(service, ITEM, lambda data: data | {"status": "completed"})


@fault("RES-02", whole=True)
def duration_in_milliseconds(service: Service) -> None:
    """The duration of a single conversation is in milliseconds."""
    _change(
        service,
        "get_conversation",
        lambda data: data | {"duration_seconds": 1000 * data["duration_seconds"]},
    )


@fault("RES-03", whole=True)
def unknown_batch_call_is_empty(service: Service) -> None:
    """A batch call that there is not has the newest one's data."""
    resources, get = service.resources, service.resources.get_batch_call

    def found(call: Call, name: str) -> Answer:
        answer = get(call, name)
        newest = service.store.rows(None, 1, 0)
        if answer.status != 404 or not newest:
            return answer
        return resources.answer({"data": service.show(newest[0])})

    service.resources.get_batch_call = found


@fault("RES-03", whole=True)
def unknown_conversation_is_empty(service: Service) -> None:
    """A conversation that there is not is an empty object."""
    resources, get = service.resources, service.resources.get_conversation

    def found(call: Call, name: str) -> Answer:
        answer = get(call, name)
        return answer if answer.status != 404 else resources.answer({"data": {}})

    service.resources.get_conversation = found


@fault("RES-03", whole=True)
def metrics_of_nothing_are_zero(service: Service) -> None:
    """A batch call that there is not has metrics, all of them 0."""
    resources, get = service.resources, service.resources.get_metrics

    def zeros(call: Call, name: str) -> Answer:
        answer = get(call, name)
        newest = service.store.rows(None, 1, 0)
        if answer.status != 404 or not newest:
            return answer
        return resources.answer({"data": dict.fromkeys(resources.metrics(newest[0]), 0)})

    service.resources.get_metrics = zeros


@fault("SCH-08", whole=True)
def metrics_count_retries_below_zero(service: Service) -> None:
    """Metrics of a batch call have -3 pending retries."""
    _change(service, METRICS, lambda data: data | {"pending_retry_count": -3})


@fault("SCH-06", whole=True)
def an_id_of_letters_fails(service: Service) -> None:
    """A batch call whose id is no number gives 500."""
    get = service.resources.get_batch_call

    def parsing(call: Call, name: str) -> Answer:
        return get(call, str(int(name)))

    service.resources.get_batch_call = parsing


@fault("SCH-06", whole=True)
def an_id_beyond_63_bits_fails(service: Service) -> None:
    """Metrics of an id beyond 63 bits give 500."""
    get = service.resources.get_metrics

    def stored(call: Call, name: str) -> Answer:
        number = int(name) if name.isdecimal() else 0
        number.to_bytes(8, "big", signed=True)
        return get(call, name)

    service.resources.get_metrics = stored


@fault("RES-03", whole=True)
def an_id_is_read_up_to_a_letter(service: Service) -> None:
    """A batch call is found by its id with letters behind it."""
    get = service.resources.get_batch_call
    service.resources.get_batch_call = lambda call, name: get(call, name.rstrip("abc"))


@fault("PAR-01", regions=("india",), whole=True)
def metrics_in_one_region_alone(service: Service) -> None:
    """India has metrics of no batch call."""
    service.resources.get_metrics = lambda call, name: service.error(
        404, "not_found", "no such resource"
    )


@fault("PAR-02", regions=("india",), whole=True)
def metrics_in_one_region_have_more(service: Service) -> None:
    """India's metrics count voicemails too."""
    _change(service, METRICS, lambda data: data | {"voicemail_count": 2})


@fault("PAR-02", regions=("india",), whole=True)
def schedules_in_one_region_are_objects(service: Service) -> None:
    """India's single batch calls have agents as objects."""
    _change(service, ITEM, lambda data: data | {"agent_id": {"id": data["agent_id"]}})


@fault("PAR-01", regions=("india",), whole=True)
def odd_ids_in_one_region_are_unknown(service: Service) -> None:
    """India finds nothing of an id of letters, which the other region calls invalid."""
    get = service.resources.get_batch_call
    service.resources.get_batch_call = lambda call, name: get(call, "0" if name.isalpha() else name)


@fault("SCH-01", whole=True)
def metrics_are_accepted(service: Service) -> None:
    """Metrics are answered with 202."""
    _replace(service, METRICS, lambda answer: replace(answer, status=202))


@fault("SCH-02", whole=True)
def recording_in_json(service: Service) -> None:
    """A recording is said to be JSON."""
    _replace(
        service, RECORDING, lambda answer: answer.with_headers(content_type="application/json")
    )


@fault("SCH-02", whole=True)
def recording_without_media_type(service: Service) -> None:
    """A recording does not say what it is."""
    _replace(service, RECORDING, lambda answer: answer.without_headers("content-type"))


@fault("SCH-02", whole=True)
def recording_without_bytes(service: Service) -> None:
    """A recording is empty."""
    _replace(service, RECORDING, lambda answer: replace(answer, body=b""))


@fault("SCH-02", whole=True)
def recording_is_a_page(service: Service) -> None:
    """In the place of a recording there is what a store of files says of it."""
    page = b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"
    _replace(service, RECORDING, lambda answer: replace(answer, body=page))


@fault("SCH-03", whole=True)
def success_rate_in_words(service: Service) -> None:
    """The share of calls that succeeded has a percent sign."""
    _change(service, METRICS, lambda data: data | {"success_rate": f"{data['success_rate']}%"})


@fault("SCH-03", whole=True)
def batch_call_not_wrapped(service: Service) -> None:
    """The `data` of a single batch call is a list of one."""
    _change(service, ITEM, lambda data: [data])


@fault("SCH-04", whole=True)
def metrics_leave_out_what_is_zero(service: Service) -> None:
    """Counts of nothing are left out of the metrics."""
    _change(service, METRICS, lambda data: {name: value for name, value in data.items() if value})


@fault("SCH-05", whole=True)
def metrics_count_in_texts(service: Service) -> None:
    """Counts are texts in the metrics."""
    _change(
        service,
        METRICS,
        lambda data: {
            name: str(value) if name.endswith("_count") else value for name, value in data.items()
        },
    )


@fault("SCH-06", whole=True)
def recording_fails(service: Service) -> None:
    """Every recording that there is is answered with 500."""
    _replace(service, RECORDING, lambda answer: service.error(500, "internal_error", "no storage"))


@fault("SCH-07", whole=True)
def metrics_say_more(service: Service) -> None:
    """The metrics have a property that is not documented."""
    _change(service, METRICS, lambda data: data | {"cost_cents": 12})


def _replace(service: Service, operation: str, change: Callable[[Answer], Answer]) -> None:
    """Change each answer of an operation that is a success."""
    stage = getattr(service.resources, operation)

    def changed(call: Call, name: str) -> Answer:
        answer = stage(call, name)
        return change(answer) if answer.status == 200 else answer

    setattr(service.resources, operation, changed)


def _change(service: Service, operation: str, change: Change) -> None:
    """Change the `data` of each success of an operation."""

    def changed(answer: Answer) -> Answer:
        data = json.loads(answer.body)["data"]
        return replace(answer, body=service.encode({"data": change(data)}))

    _replace(service, operation, changed)
