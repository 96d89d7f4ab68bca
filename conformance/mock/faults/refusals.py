"""Faults of the 401: its status, its body, its headers, and what it gives away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from conformance.mock.entries import fault
from conformance.mock.service import INVALID, UNAUTHENTICATED, bearer_token
from conformance.mock.wrappers import body, each_answer, each_refusal, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("SCH-01")
def forbidden_for_unauthenticated(service: Service) -> None:
    """A refused key is answered with 403."""
    each_refusal(service, lambda call, answer: replace(answer, status=403))


@fault("SCH-01")
def redirect_for_unauthenticated(service: Service) -> None:
    """A refused key is redirected to a login page."""
    each_refusal(
        service, lambda call, answer: replace(answer, status=302).with_headers(location="/login")
    )


@fault("SCH-02")
def refusal_in_html(service: Service) -> None:
    """A 401 is an HTML page."""
    each_refusal(service, lambda call, answer: text(answer, "<h1>Unauthorized</h1>", "text/html"))


@fault("SCH-02")
def refusal_empty(service: Service) -> None:
    """A 401 has no body."""
    each_refusal(service, lambda call, answer: replace(answer, body=b""))


@fault("SCH-03")
def refusal_error_a_string(service: Service) -> None:
    """A 401's `error` is a string."""
    _says(service, {"error": "invalid or missing api key"})


@fault("AUT-07")
def refusal_with_detail(service: Service) -> None:
    """A 401 has `detail` instead of `error`."""
    _says(service, {"detail": "Not authenticated"})


@fault("AUT-07")
def refusal_of_another_type(service: Service) -> None:
    """A 401's `error.type` is `invalid_api_key`."""
    _says(service, {"error": {"message": "invalid or missing api key", "type": "invalid_api_key"}})


@fault("AUT-07")
def refusal_without_type(service: Service) -> None:
    """A 401's `error` has no `type`."""
    _says(service, {"error": {"message": "invalid or missing api key"}})


@fault("AUT-07")
def refusal_without_message(service: Service) -> None:
    """A 401's `error` has no `message`."""
    _says(service, {"error": {"type": "authentication_error"}})


@fault("AUT-07")
def malformed_header_of_another_type(service: Service) -> None:
    """A 401 for another scheme than bearer is of the type `invalid_request`."""
    each_refusal(
        service,
        lambda call, answer: (
            body(service, answer, _error("use a bearer token", INVALID))
            if call.header(b"authorization") and bearer_token(call) is None
            else answer
        ),
    )


@fault("AUT-08")
def no_challenge(service: Service) -> None:
    """A 401 has no `WWW-Authenticate`."""
    each_refusal(service, lambda call, answer: answer.without_headers("www-authenticate"))


@fault("AUT-08")
def challenge_of_another_scheme(service: Service) -> None:
    """A 401 asks for Basic credentials, which nothing accepts."""
    each_refusal(
        service,
        lambda call, answer: answer.with_headers(
            www_authenticate='Basic realm="voice", charset="UTF-8"'
        ),
    )


@fault("AUT-08")
def no_challenge_for_a_wrong_key(service: Service) -> None:
    """A 401 for a wrong key has no `WWW-Authenticate`, one for no key has."""
    each_refusal(
        service,
        lambda call, answer: (
            answer.without_headers("www-authenticate") if call.header(b"authorization") else answer
        ),
    )


@fault("AUT-09")
def token_echoed(service: Service) -> None:
    """A 401 repeats the token it refuses."""
    each_refusal(
        service,
        lambda call, answer: body(
            service, answer, _error("invalid api key" + _token(call, ": "), UNAUTHENTICATED)
        ),
    )


@fault("AUT-09")
def token_echoed_in_challenge(service: Service) -> None:
    """A 401's `WWW-Authenticate` repeats the token it refuses."""
    each_refusal(
        service,
        lambda call, answer: answer.with_headers(
            www_authenticate="Bearer" + quote(_token(call, " error_description="), safe=" =_-.~")
        ),
    )


@fault("AUT-09")
def stack_trace_in_refusal(service: Service) -> None:
    """A 401's message is a stack trace."""
    _says(service, _error(TRACE, UNAUTHENTICATED))


@fault("AUT-09")
def path_in_refusal(service: Service) -> None:
    """A 401's message names a file of the server."""
    _says(service, _error("key not found in /srv/voice-api/config/keys.yaml", UNAUTHENTICATED))


@fault("AUT-09")
def rows_in_refusal(service: Service) -> None:
    """A 401 carries the newest row beside its error."""
    each_refusal(
        service,
        lambda call, answer: body(
            service,
            answer,
            _error("invalid or missing api key", UNAUTHENTICATED)
            | {"data": [service.show(row) for row in service.store.rows(None, 1, 0)]},
        ),
    )


@fault("AUT-09")
def software_version_in_refusal(service: Service) -> None:
    """A 401 names the server's software and its version."""
    each_refusal(
        service,
        lambda call, answer: answer.with_headers(server="nginx/1.25.3", x_powered_by="PHP/8.2.1"),
    )


@fault("AUT-16")
def software_version_in_every_answer(service: Service) -> None:
    """Every answer names the server's software and its version."""
    each_answer(service, lambda call, answer: answer.with_headers(server="uvicorn/0.30.1"))


@fault("AUT-16")
def framework_version_in_every_answer(service: Service) -> None:
    """Every answer names the framework and its version."""
    each_answer(service, lambda call, answer: answer.with_headers(x_powered_by="Express/4.18.2"))


@fault("AUT-17")
def refusal_in_other_words(service: Service) -> None:
    """A 401's message is another one than the documented one."""
    _says(service, _error("Unauthorized", UNAUTHENTICATED))


@fault("AUT-17")
def refusal_in_capitals(service: Service) -> None:
    """A 401's message is the documented one in capitals."""
    _says(service, _error("INVALID OR MISSING API KEY", UNAUTHENTICATED))


@fault("AUT-10")
def missing_and_wrong_key_told_apart(service: Service) -> None:
    """A 401 says whether the key is missing or wrong."""
    each_refusal(
        service,
        lambda call, answer: body(
            service,
            answer,
            _error("unknown api key" if _token(call) else "missing api key", UNAUTHENTICATED),
        ),
    )


@fault("AUT-10")
def near_key_told_apart(service: Service) -> None:
    """A 401 says so where the token begins as the key does."""
    each_refusal(
        service,
        lambda call, answer: (
            body(service, answer, _error("api key was changed", UNAUTHENTICATED))
            if _token(call)[:12] == service.key[:12]
            else answer
        ),
    )


@fault("AUT-11")
def validation_before_authentication(service: Service) -> None:
    """Bad parameters are answered with 400 before the key is looked at."""
    authenticate = service.authenticate

    def validated(call: Call) -> bool:
        service.window(call)
        return authenticate(call)

    service.authenticate = validated


@fault("AUT-11")
def bad_limit_before_authentication(service: Service) -> None:
    """A bad `limit` is answered with 400 before the key is looked at."""
    authenticate = service.authenticate

    def validated(call: Call) -> bool:
        service.parse_limit(call.values("limit"))
        return authenticate(call)

    service.authenticate = validated


@fault("AUT-13")
def publicly_cacheable(service: Service) -> None:
    """A list is `public` to caches for a minute."""
    each_answer(service, lambda call, answer: _cached(answer, "public, max-age=60"))


@fault("AUT-13")
def cacheable_by_proxies(service: Service) -> None:
    """A list may be kept by proxies, by `s-maxage`."""
    each_answer(service, lambda call, answer: _cached(answer, "s-maxage=300"))


@fault("AUT-13")
def cacheable_by_the_edge(service: Service) -> None:
    """A header field for delivery networks lets them keep a list for a minute."""
    each_answer(
        service, lambda call, answer: answer.with_headers(cdn_cache_control="max-age=60, public")
    )


@fault("AUT-18")
def any_origin_with_credentials(service: Service) -> None:
    """The request's origin is let in with the caller's credentials, whatever it is."""
    _let_in_origins(service, lambda origin: origin)


@fault("AUT-18")
def no_origin_with_credentials(service: Service) -> None:
    """Pages without an origin of their own are let in with the caller's credentials."""
    _let_in_origins(service, lambda origin: "null")


def _let_in_origins(service: Service, allowed: Callable[[str], str]) -> None:
    def let_in(call: Call, answer: Answer) -> Answer:
        origins = call.header(b"origin")
        if not origins:
            return answer
        return answer.with_headers(
            access_control_allow_origin=allowed(origins[0].decode("latin-1")),
            access_control_allow_credentials="true",
        )

    each_answer(service, let_in)


TRACE = """Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/api/auth.py", line 41, in check
    raise InvalidKey(token)
api.auth.InvalidKey"""


def _error(message: str, kind: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind}}


def _says(service: Service, payload: dict[str, Any]) -> None:
    each_refusal(service, lambda call, answer: body(service, answer, payload))


def _token(call: Call, before: str = "") -> str:
    value = b"".join(call.header(b"authorization")).decode("latin-1")
    token = value.partition(" ")[2] or value
    return before + token if token else ""


def _cached(answer: Answer, policy: str) -> Answer:
    return answer.with_headers(cache_control=policy) if answer.status == 200 else answer
