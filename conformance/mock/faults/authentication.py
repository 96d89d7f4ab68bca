"""Faults of authentication: who gets in, and who does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.messages import Answer
from conformance.mock.service import INVALID, NOT_FOUND, envelope
from conformance.mock.wrappers import body, let_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Call
    from conformance.mock.service import Service


@fault("AUT-14")
def scheme_in_lower_case_refused(service: Service) -> None:
    """Only `Bearer` is understood, not `bearer`."""
    _refused(
        service, lambda call: any(value[:1] == b"b" for value in call.header(b"authorization"))
    )


@fault("AUT-14")
def scheme_in_upper_case_refused(service: Service) -> None:
    """`BEARER` is not understood."""
    _refused(
        service, lambda call: any(value[:6] == b"BEARER" for value in call.header(b"authorization"))
    )


@fault("AUT-01")
def valid_key_refused_for_a_filter(service: Service) -> None:
    """The key is refused where the list is filtered."""
    _refused(service, lambda call: bool(call.values("agent_id")))


@fault("AUT-01")
def valid_key_refused_past_the_first_page(service: Service) -> None:
    """The key is refused where `offset` is given and not 0."""
    _refused(service, lambda call: call.values("offset") not in ([], ["0"]))


@fault("AUT-02")
def authentication_off(service: Service) -> None:
    """No key is asked for."""
    service.authenticate = lambda call: True


@fault("AUT-02")
def no_header_accepted(service: Service) -> None:
    """Without a header everybody is let in; a wrong key is refused."""
    let_in(service, lambda call: not call.header(b"authorization"))


@fault("AUT-02")
def no_header_is_bad_request(service: Service) -> None:
    """Without a header the answer is 400."""
    _without_header(service, 400, INVALID)


@fault("AUT-02")
def no_header_not_found(service: Service) -> None:
    """Without a header the answer is 404."""
    _without_header(service, 404, NOT_FOUND)


@fault("AUT-02")
def no_header_gets_empty_list(service: Service) -> None:
    """Without a header the answer is 200 and an empty list."""
    refuse_key = service.refuse_key
    service.refuse_key = lambda call: (
        refuse_key(call)
        if call.header(b"authorization")
        else body(service, replace(refuse_key(call), status=200), envelope([], False, 0))
    )


@fault("AUT-03")
def any_token_accepted(service: Service) -> None:
    """Any bearer token is let in."""
    service.accepts = lambda token: token != b""


@fault("AUT-03")
def empty_token_accepted(service: Service) -> None:
    """An empty bearer token is let in."""
    _also(service, lambda token, key: token.strip() == b"")


@fault("AUT-03")
def token_prefix_accepted(service: Service) -> None:
    """A beginning of the key is let in."""
    _also(service, lambda token, key: len(token) >= 10 and key.startswith(token))


@fault("AUT-03")
def truncated_token_accepted(service: Service) -> None:
    """The key without its last character is let in."""
    _also(service, lambda token, key: token == key[:-1])


@fault("AUT-03")
def token_suffix_accepted(service: Service) -> None:
    """The key with more behind it is let in."""
    _also(service, lambda token, key: token.startswith(key))


@fault("AUT-03")
def token_case_ignored(service: Service) -> None:
    """The key in another case is let in."""
    _also(service, lambda token, key: token.lower() == key.lower())


@fault("AUT-03")
def token_checked_by_length(service: Service) -> None:
    """Any token as long as the key is let in."""
    _also(service, lambda token, key: len(token) == len(key))


@fault("AUT-03")
def token_checked_by_form(service: Service) -> None:
    """Any token that begins as the region's keys do is let in."""
    _also(service, lambda token, key: token[:8] == key[:8] and len(token) > 20)


@fault("AUT-03")
def token_checked_by_its_start(service: Service) -> None:
    """Only the first 24 characters of the key are compared."""
    _also(service, lambda token, key: token[:24] == key[:24])


@fault("AUT-06")
def key_in_query_accepted(service: Service) -> None:
    """The key is let in as a query parameter of any name."""
    let_in(service, lambda call: service.key in [value for _, value in call.parameters])


@fault("AUT-06")
def access_token_accepted(service: Service) -> None:
    """The key is let in as the query parameter `access_token`."""
    let_in(service, lambda call: service.key in call.values("access_token"))


@fault("AUT-06")
def key_in_cookie_accepted(service: Service) -> None:
    """The key is let in as a cookie of any name."""
    let_in(
        service, lambda call: any(service.key.encode() in value for value in call.header(b"cookie"))
    )


@fault("AUT-06")
def key_in_auth_token_accepted(service: Service) -> None:
    """The key is let in as the header `X-Auth-Token`."""
    let_in(service, lambda call: call.header(b"x-auth-token") == [service.key.encode()])


@fault("AUT-06")
def key_in_body_accepted(service: Service) -> None:
    """The key is let in as a part of the body."""
    let_in(service, lambda call: service.key.encode() in call.body)


@fault("AUT-12")
def open_past_first_page(service: Service) -> None:
    """No key is asked for where `offset` is given and not 0."""
    let_in(service, lambda call: call.values("offset") not in ([], ["0"]))


@fault("AUT-12")
def open_for_a_filter(service: Service) -> None:
    """No key is asked for where the list is filtered."""
    let_in(service, lambda call: bool(call.values("agent_id")))


@fault("AUT-12")
def open_for_small_pages(service: Service) -> None:
    """No key is asked for where `limit` is 1."""
    let_in(service, lambda call: call.values("limit") == ["1"])


@fault("AUT-12")
def open_for_head(service: Service) -> None:
    """No key is asked for by HEAD."""
    let_in(service, lambda call: call.method == "HEAD")


@fault("AUT-12")
def open_for_post(service: Service) -> None:
    """POST lists rows, and asks for no key."""
    _open_method(service, "POST")


@fault("AUT-12")
def open_for_put(service: Service) -> None:
    """PUT lists rows, and asks for no key."""
    _open_method(service, "PUT")


@fault("AUT-12")
def open_for_options(service: Service) -> None:
    """OPTIONS lists rows, and asks for no key."""
    _open_method(service, "OPTIONS")


@fault("AUT-15")
def options_described_to_strangers(service: Service) -> None:
    """OPTIONS without a key is answered with 204 and `Allow`."""
    _describes(service, lambda: Answer(204, {"allow": "GET, HEAD, OPTIONS"}, b""))


@fault("AUT-15")
def options_documented_to_strangers(service: Service) -> None:
    """OPTIONS without a key is answered with 200 and a description of the parameters."""
    described = {"parameters": ["limit", "offset", "agent_id"]}
    _describes(service, lambda: Answer(200, service.headers(), service.encode(described)))


@fault("PAR-06")
def other_regions_key_accepted(service: Service) -> None:
    """The other region's key is let in."""
    _also(service, lambda token, key: token == service.other_key.encode())


@fault("PAR-06", regions=("india",))
def other_regions_key_accepted_here(service: Service) -> None:
    """One region lets the other's key in."""
    _also(service, lambda token, key: token == service.other_key.encode())


def _refused(service: Service, who: Callable[[Call], bool]) -> None:
    authenticate = service.authenticate
    service.authenticate = lambda call: authenticate(call) and not who(call)


def _also(service: Service, accepts: Callable[[bytes, bytes], bool]) -> None:
    exactly = service.accepts
    service.accepts = lambda token: exactly(token) or accepts(token, service.key.encode())


def _without_header(service: Service, status: int, kind: str) -> None:
    refuse_key = service.refuse_key
    service.refuse_key = lambda call: (
        refuse_key(call)
        if call.header(b"authorization")
        else service.error(status, kind, "invalid or missing api key")
    )


def _describes(service: Service, description: Callable[[], Answer]) -> None:
    respond = service.respond

    def described(call: Call) -> Answer:
        is_stranger = not call.header(b"authorization")
        return description() if call.method == "OPTIONS" and is_stranger else respond(call)

    service.respond = described


def _open_method(service: Service, method: str) -> None:
    service.methods += (method,)
    let_in(service, lambda call: call.method == method)
