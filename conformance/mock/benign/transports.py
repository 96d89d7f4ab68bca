"""The same answers carried otherwise: coded, chunked, closed, slow, refused for a while."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from email.utils import formatdate
from typing import TYPE_CHECKING

from conformance.mock.entries import benign
from conformance.mock.messages import Answer
from conformance.mock.rates import RateHeaders
from conformance.mock.wrappers import each_answer

if TYPE_CHECKING:
    from conformance.mock.messages import Call
    from conformance.mock.service import Service


@benign()
def gzipped(service: Service) -> None:
    """Bodies are compressed for whom accepts it."""
    each_answer(service, lambda call, answer: _gzipped(answer) if _accepts_gzip(call) else answer)


@benign()
def chunked(service: Service) -> None:
    """Bodies come in chunks."""
    each_answer(service, lambda call, answer: replace(answer, chunked=True))


@benign()
def gzipped_and_chunked(service: Service) -> None:
    """Bodies are compressed and come in chunks."""
    each_answer(
        service,
        lambda call, answer: replace(
            _gzipped(answer) if _accepts_gzip(call) else answer, chunked=True
        ),
    )


@benign()
def closed_each_time(service: Service) -> None:
    """The connection is closed after each answer."""
    each_answer(service, lambda call, answer: answer.with_headers(connection="close"))


@benign()
def closed_now_and_then(service: Service) -> None:
    """The connection is closed after every tenth answer."""
    each_answer(
        service,
        lambda call, answer: (
            answer if service.calls % 10 else answer.with_headers(connection="close")
        ),
    )


@benign()
def http_1_0(service: Service) -> None:
    """Answers are HTTP/1.0, and end with the connection."""
    each_answer(
        service,
        lambda call, answer: replace(answer, version=b"1.0").with_headers(connection="close"),
    )


@benign()
def slow_line(service: Service) -> None:
    """Answers take 60 ms with jitter."""
    each_answer(
        service,
        lambda call, answer: replace(answer, delay=max(0.02, service.random.gauss(0.06, 0.015))),
    )


@benign()
def hiccups(service: Service) -> None:
    """Every 40th answer takes a second."""
    each_answer(
        service, lambda call, answer: answer if service.calls % 40 else replace(answer, delay=1.0)
    )


@benign()
def reset_every_60th(service: Service) -> None:
    """Every 60th GET has its connection reset."""
    each_answer(
        service,
        lambda call, answer: (
            replace(answer, reset=True)
            if call.method == "GET" and service.calls % 60 == 0
            else answer
        ),
    )


@benign()
def rate_limited(service: Service) -> None:
    """More than 50 requests a second are refused, with `Retry-After`."""
    _limited(service, {"retry-after": "1"})


@benign()
def rate_limited_until_reset(service: Service) -> None:
    """More than 50 requests a second are refused; only `X-RateLimit-Reset` says for how long."""
    _limited(service, {})


@benign()
def deep_offsets_are_slow(service: Service) -> None:
    """A row that is passed over costs half a millisecond."""
    list_rows = service.list_rows

    def slower(call: Call) -> Answer:
        offset = min(service.window(call).offset, service.store.total())
        return replace(list_rows(call), delay=0.0005 * offset)

    service.list_rows = slower


@benign()
def cold_start(service: Service) -> None:
    """The first answers take a second each."""
    each_answer(
        service, lambda call, answer: replace(answer, delay=1.0) if service.calls < 4 else answer
    )


@benign()
def preflight_answered(service: Service) -> None:
    """OPTIONS is answered 204 with what a browser asks for, before any key is looked at."""
    respond = service.respond
    allowed = {"allow": "GET, HEAD, OPTIONS", "access-control-allow-methods": "GET, HEAD"}

    def described(call: Call) -> Answer:
        return Answer(204, allowed, b"") if call.method == "OPTIONS" else respond(call)

    service.respond = described


@benign()
def rate_limited_until_a_date(service: Service) -> None:
    """More than 50 requests a second are refused, with `Retry-After` as an HTTP date."""
    headers: dict[str, str] = {}
    _limited(service, headers)
    respond = service.respond

    def dated(call: Call) -> Answer:
        headers["retry-after"] = formatdate(time.time() + 1, usegmt=True)
        return respond(call)

    service.respond = dated


def _accepts_gzip(call: Call) -> bool:
    return any(b"gzip" in value for value in call.header(b"accept-encoding"))


def _gzipped(answer: Answer) -> Answer:
    coded = answer.with_headers(content_encoding="gzip", vary="Accept-Encoding")
    return replace(coded, body=gzip.compress(answer.body, 1))


# docs: errors-rate-limits
def _limited(service: Service, headers: dict[str, str]) -> None:
    rates = service.rates = RateHeaders(50, least=0)
    respond = service.respond

    def limited(call: Call) -> Answer:
        if not rates.spent():
            return respond(call)
        refusal = service.error(429, "rate_limit_exceeded", "too many requests")
        return replace(refusal, headers=refusal.headers | headers)

    service.respond = limited
