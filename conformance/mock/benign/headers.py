"""Other header fields, other words of refusal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from conformance.mock.entries import benign
from conformance.mock.wrappers import body, each_answer, each_refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service

WORDS = {
    400: "Bad input.",
    401: "Please provide a valid API key.",
    404: "Nothing here.",
    405: "Use GET.",
}


@benign()
def charset_named(service: Service) -> None:
    """`Content-Type` has `charset=utf-8`."""
    _always(service, "content-type", lambda: "application/json; charset=utf-8")


@benign()
def volatile_headers(service: Service) -> None:
    """Each answer has its own request id, cookie and entity tag."""
    _always(service, "x-request-id", lambda: f"{service.random.getrandbits(128):032x}")
    _always(
        service, "set-cookie", lambda: f"route={service.random.getrandbits(64):x}; Path=/; HttpOnly"
    )
    _always(service, "etag", lambda: f'W/"{service.random.getrandbits(64):x}"')


@benign()
def more_headers(service: Service) -> None:
    """Answers have headers of security and of a proxy."""
    _always(service, "strict-transport-security", lambda: "max-age=31536000")
    _always(service, "vary", lambda: "Authorization, Accept-Encoding")
    _always(service, "via", lambda: "1.1 edge")
    _always(service, "server", lambda: "gateway")


@benign()
def no_rate_limit_headers(service: Service) -> None:
    """Answers have no rate-limit headers."""
    headers = service.headers
    service.headers = lambda: {
        k: v for k, v in headers().items() if not k.startswith("x-ratelimit")
    }


@benign()
def never_stored(service: Service) -> None:
    """`Cache-Control` is `no-cache, no-store, must-revalidate`."""
    _always(service, "cache-control", lambda: "no-cache, no-store, must-revalidate")


@benign()
def challenge_with_realm(service: Service) -> None:
    """A 401's challenge has a realm and an error."""
    challenge = 'Bearer realm="voice", error="invalid_token", error_description="not a valid key"'
    each_refusal(service, lambda call, answer: answer.with_headers(www_authenticate=challenge))


@benign()
def errors_in_other_words(service: Service) -> None:
    """Errors are worded otherwise."""
    error = service.error
    service.error = lambda status, kind, message: error(status, kind, WORDS.get(status, "sorry"))


@benign()
def errors_in_hindi(service: Service) -> None:
    """Errors are worded in Hindi."""
    error = service.error
    service.error = lambda status, kind, message: error(status, kind, "अनुरोध अस्वीकार किया गया")


@benign()
def errors_with_request_id(service: Service) -> None:
    """Errors name a request id that is never the same."""
    _error_ids(service)


@benign()
def cookie_challenge(service: Service) -> None:
    """Refusals set a cookie."""
    each_answer(
        service,
        lambda call, answer: (
            answer.with_headers(set_cookie="seen=1; Path=/") if answer.status >= 400 else answer
        ),
    )


@benign()
def charset_in_upper_case(service: Service) -> None:
    """`Content-Type` is `Application/JSON;charset=UTF-8`, without a space."""
    _always(service, "content-type", lambda: "Application/JSON;charset=UTF-8")


@benign()
def open_to_every_origin(service: Service) -> None:
    """Answers may be read by a page of any origin, without credentials."""
    _always(service, "access-control-allow-origin", lambda: "*")
    _always(service, "access-control-expose-headers", lambda: "X-RateLimit-Limit")


@benign()
def private_for_a_minute(service: Service) -> None:
    """The caller's own cache may keep an answer for a minute."""
    _always(service, "cache-control", lambda: "private, max-age=60")
    _always(service, "vary", lambda: "Authorization")


@benign()
def two_challenges(service: Service) -> None:
    """A 401 offers two schemes in one header field."""
    challenge = 'Bearer realm="voice", ApiKey realm="voice"'
    each_refusal(service, lambda call, answer: answer.with_headers(www_authenticate=challenge))


@benign()
def rate_limits_with_fractions(service: Service) -> None:
    """`X-RateLimit-Reset` has milliseconds, and ends in `Z`."""
    headers = service.headers
    service.headers = lambda: {
        name: value.replace("+00:00", ".000Z") if name == "x-ratelimit-reset" else value
        for name, value in headers().items()
    }


@benign()
def errors_with_more_to_read(service: Service) -> None:
    """Errors have a code, a link and details beside the documented properties."""
    more = {"code": "E4711", "documentation_url": "https://docs.example/errors", "details": []}

    def extended(call: Call, answer: Answer) -> Answer:
        if answer.status < 400:
            return answer
        error = json.loads(answer.body)["error"]
        return body(service, answer, {"error": error | more})

    each_answer(service, extended)


def _always(service: Service, name: str, value: Callable[[], str]) -> None:
    headers = service.headers
    service.headers = lambda: headers() | {name: value()}


def _error_ids(service: Service) -> None:
    def named(call: Call, answer: Answer) -> Answer:
        if answer.status < 400:
            return answer
        error = json.loads(answer.body)["error"]
        return body(
            service,
            answer,
            {"error": error | {"request_id": f"{service.random.getrandbits(64):x}"}},
        )

    each_answer(service, named)
