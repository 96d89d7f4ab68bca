"""Faults of authentication at one door only: every other way in is closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.service import PATH
from conformance.mock.wrappers import let_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("AUT-12")
def stranger_by_trailing_slash(service: Service) -> None:
    """A trailing slash leads past the key."""
    _spelling(service, lambda path: path == f"{PATH}/")


@fault("AUT-12")
def stranger_by_doubled_slash(service: Service) -> None:
    """A doubled slash leads past the key."""
    _spelling(service, lambda path: path != PATH and path.replace("//", "/") == PATH)


@fault("AUT-12")
def stranger_by_upper_case(service: Service) -> None:
    """The path in upper case leads past the key."""
    _spelling(service, lambda path: path != PATH and path.lower() == PATH)


@fault("AUT-12")
def stranger_by_suffix(service: Service) -> None:
    """The path with `.json` behind it leads past the key."""
    _spelling(service, lambda path: path == f"{PATH}.json")


@fault("AUT-12")
def stranger_by_dot_segment(service: Service) -> None:
    """A path with a dot segment leads past the key."""
    _spelling(service, lambda path: "/./" in path)


@fault("AUT-12")
def stranger_by_path_parameter(service: Service) -> None:
    """A path with a parameter of its own leads past the key."""
    _spelling(service, lambda path: path.startswith(f"{PATH};"))


@fault("AUT-12")
def stranger_by_host(service: Service) -> None:
    """`Host: localhost` is let in without a key."""
    let_in(service, lambda call: call.header(b"host") == [b"localhost"])


@fault("AUT-12")
def stranger_over_http_1_0(service: Service) -> None:
    """HTTP/1.0 is let in without a key."""
    let_in(service, lambda call: call.version == "1.0")


@fault("AUT-12")
def stranger_forwarded_from_loopback(service: Service) -> None:
    """`X-Forwarded-For: 127.0.0.1` is let in."""
    _header(service, b"x-forwarded-for", b"127.0.0.1")


@fault("AUT-12")
def stranger_with_real_ip(service: Service) -> None:
    """`X-Real-IP: 127.0.0.1` is let in."""
    _header(service, b"x-real-ip", b"127.0.0.1")


@fault("AUT-12")
def stranger_forwarded(service: Service) -> None:
    """A `Forwarded` field for loopback is let in."""
    _header(service, b"forwarded", b"127.0.0.1")


@fault("AUT-12")
def stranger_with_original_url(service: Service) -> None:
    """`X-Original-URL` is taken for the word of a proxy that has asked for the key."""
    _header(service, b"x-original-url", b"/")


@fault("AUT-12")
def stranger_with_range(service: Service) -> None:
    """A `Range` is served without a key."""
    _header(service, b"range", b"bytes")


@fault("AUT-12")
def stranger_not_modified(service: Service) -> None:
    """`If-None-Match: *` is answered 304 before the key is looked at."""
    respond = service.respond

    def conditional(call: Call) -> Answer:
        answer = respond(call)
        if answer.status == 401 and call.header(b"if-none-match") == [b"*"]:
            return replace(answer, status=304, body=b"")
        return answer

    service.respond = conditional


@fault("AUT-12")
def stranger_from_an_origin(service: Service) -> None:
    """A request of a browser's page is let in."""
    _header(service, b"origin", b"https://")


@fault("AUT-12")
def stranger_from_nowhere(service: Service) -> None:
    """A page without an origin, such as a file, is let in."""
    _header(service, b"origin", b"null")


@fault("AUT-12")
def stranger_with_admin_cookie(service: Service) -> None:
    """A cookie that says admin is let in."""
    _header(service, b"cookie", b"admin=true")


@fault("AUT-12")
def stranger_as_a_probe(service: Service) -> None:
    """The User-Agent of a health probe is let in."""
    _header(service, b"user-agent", b"kube-probe")


@fault("AUT-12")
def stranger_with_debug(service: Service) -> None:
    """`debug=1` is let in."""
    let_in(service, lambda call: call.values("debug") == ["1"])


@fault("AUT-12")
def stranger_with_callback(service: Service) -> None:
    """A `callback` is let in."""
    let_in(service, lambda call: bool(call.values("callback")))


@fault("AUT-12")
def stranger_in_an_offset_band(service: Service) -> None:
    """Offsets from 32 to 63 are served without a key."""
    let_in(
        service,
        lambda call: any(v.isdecimal() and 32 <= int(v) < 64 for v in call.values("offset")),
    )


@fault("AUT-12")
def stranger_with_a_middle_filter_value(service: Service) -> None:
    """One agent's list is served without a key."""

    def middle(call: Call) -> bool:
        agents = [
            row[0] for row in service.store.query("SELECT DISTINCT agent_id FROM batch_calls")
        ]
        return call.values("agent_id") == [str(sorted(agents)[len(agents) // 2])]

    let_in(service, middle)


@fault("AUT-12")
def stranger_right_behind_a_key(service: Service) -> None:
    """A target that was just served with the key is served to the next one without."""
    respond, warm = service.respond, {"": 0}

    def cached(call: Call) -> Answer:
        answer = respond(call)
        warm["calls"] = warm.get("calls", 0) + 1
        if answer.status == 200:
            warm[call.query] = warm["calls"]
        elif (
            answer.status == 401
            and warm["calls"] - warm.get(call.query, -99) < 8
            and call.path == PATH
        ):
            service.authenticate, strict = (lambda call: True), service.authenticate
            answer = respond(call)
            service.authenticate = strict
        return answer

    service.respond = cached


def _spelling(service: Service, leads_past: Callable[[str], bool]) -> None:
    """Serve a spelling of the path, without asking for a key."""
    respond = service.respond

    def served(call: Call) -> Answer:
        if leads_past(call.path):
            service.authenticate, strict = (lambda call: True), service.authenticate
            answer = respond(replace(call, path=PATH))
            service.authenticate = strict
            return answer
        return respond(call)

    service.respond = served


def _header(service: Service, name: bytes, part: bytes) -> None:
    let_in(service, lambda call: any(part in value for value in call.header(name)))
