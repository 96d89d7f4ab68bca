"""Faults of the guard that one operation alone has: its key, its methods, its availability."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.wrappers import each_answer, each_list, let_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("AUT-02", whole=True)
def recording_for_anybody(service: Service) -> None:
    """A recording needs no key."""
    let_in(service, lambda call: call.path.endswith("/recording"))


@fault("AUT-03", whole=True)
def metrics_for_any_key(service: Service) -> None:
    """Metrics are served with any bearer key."""
    let_in(service, lambda call: call.path.endswith("/metrics") and bool(service.presented(call)))


@fault("AUT-03", whole=True)
def scheme_cut_off_twice(service: Service) -> None:
    """`Bearer` is cut off as often as it stands before the key."""
    right = b"Bearer Bearer " + service.key.encode()
    let_in(service, lambda call: call.header(b"authorization") == [right])


@fault("AUT-03", whole=True)
def placeholder_of_the_samples(service: Service) -> None:
    """The token of the published samples, `<token>`, is a key."""
    let_in(service, lambda call: call.header(b"authorization") == [b"Bearer <token>"])


@fault("AUT-06", whole=True)
def recording_with_key_in_query(service: Service) -> None:
    """A recording takes the key in the query, for players that send no header."""
    key = service.key
    let_in(
        service,
        lambda call: (
            call.path.endswith("/recording") and any(value == key for _, value in call.parameters)
        ),
    )


@fault("AUT-06", whole=True)
def conversation_with_token_in_query(service: Service) -> None:
    """A single conversation takes the key as the parameter `token`, for links in mails."""
    let_in(
        service,
        lambda call: (
            call.path.startswith("/v1/conversations/") and call.values("token") == [service.key]
        ),
    )


@fault("AUT-12", whole=True)
def batch_call_by_another_spelling(service: Service) -> None:
    """A single batch call needs no key where its path ends with a slash."""
    authenticate, route = service.authenticate, service.route

    def without_slash(call: Call) -> Call:
        return replace(call, path=call.path.rstrip("/"))

    service.authenticate = lambda call: _is_slashed(call) or authenticate(call)
    service.route = lambda call: route(without_slash(call) if _is_slashed(call) else call)


def _is_slashed(call: Call) -> bool:
    return call.path.startswith("/v1/batch-calls/") and call.path.endswith("/")


@fault("AUT-13", whole=True)
def recording_cached_by_all(service: Service) -> None:
    """A recording may be kept by any cache."""
    _of(
        service,
        "/recording",
        lambda answer: answer.with_headers(cache_control="public, max-age=60"),
    )


@fault("AUT-08", whole=True)
def metrics_refused_without_challenge(service: Service) -> None:
    """A 401 of metrics has no challenge."""
    _of(service, "/metrics", lambda answer: answer.without_headers("www-authenticate"))


@fault("ROB-01", whole=True)
def batch_call_takes_patches(service: Service) -> None:
    """A single batch call is answered to PATCH as to GET."""
    route = service.route

    def patched(call: Call) -> Answer:
        is_item = call.path.startswith("/v1/batch-calls/") and call.method == "PATCH"
        return route(replace(call, method="GET") if is_item else call)

    service.route = patched


@fault("ROB-06", whole=True)
def metrics_fail_now_and_then(service: Service) -> None:
    """Every third answer with metrics is a 500."""
    get, asked = service.resources.get_metrics, [0]

    def failing(call: Call, name: str) -> Answer:
        asked[0] += 1
        if asked[0] % 3 == 0:
            return service.error(500, "internal_error", "internal error")
        return get(call, name)

    service.resources.get_metrics = failing


@fault("ROB-06", whole=True)
def metrics_missing_now_and_then(service: Service) -> None:
    """Every fifth answer with metrics is 404, as of an instance that has not been updated."""
    get, asked = service.resources.get_metrics, [0]

    def missing(call: Call, name: str) -> Answer:
        asked[0] += 1
        return get(call, "0" if asked[0] % 5 == 0 else name)

    service.resources.get_metrics = missing


@fault("AUT-12", whole=True)
def unknown_batch_call_needs_no_key(service: Service) -> None:
    """Who has no key is told that there is no batch call of that id."""
    path = re.compile(r"/v1/batch-calls/(\d+)")
    known = {str(row[0]) for row in service.store.rows(None, 10_000, 0)}

    def is_unknown(call: Call) -> bool:
        match = path.fullmatch(call.path)
        return match is not None and match[1] not in known

    let_in(service, is_unknown)


@fault("AUT-06")
def cookie_of_an_answer_opens(service: Service) -> None:
    """Answers to a good key set a cookie, which is as good as the key from then on."""
    authenticate = service.authenticate

    def opened(call: Call) -> bool:
        return b"session=3f9a" in b";".join(call.header(b"cookie")) or authenticate(call)

    service.authenticate = opened
    each_list(service, lambda call, answer: answer.with_headers(set_cookie="session=3f9a; Path=/"))


@fault("ROB-06")
def key_refused_after_a_like_one(service: Service) -> None:
    """For 0.3 s after a wrong key that begins as the right one does, that is refused too."""
    authenticate, refused = service.authenticate, [0.0]

    def remembered(call: Call) -> bool:
        presented = b"".join(call.header(b"authorization"))
        is_right = authenticate(call)
        if not is_right and service.key[:8].encode() in presented:
            refused[0] = time.monotonic()
        return is_right and time.monotonic() - refused[0] > 0.3

    service.authenticate = remembered


@fault("PAR-05", regions=("india",), whole=True)
def metrics_of_another_error_type(service: Service) -> None:
    """India refuses a key for metrics with a type of its own."""
    refuse = service.refuse_key

    def refused(call: Call) -> Answer:
        if call.path.endswith("/metrics"):
            return service.error(401, "invalid_request", "invalid or missing api key").with_headers(
                www_authenticate="Bearer"
            )
        return refuse(call)

    service.refuse_key = refused


def _of(service: Service, end: str, change: Callable[[Answer], Answer]) -> None:
    """Change every answer of the paths with an end."""
    each_answer(service, lambda call, answer: change(answer) if call.path.endswith(end) else answer)
