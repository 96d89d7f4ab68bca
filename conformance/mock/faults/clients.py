"""Faults of an answer that depends on what a client sends besides the request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.mock.entries import fault
from conformance.mock.service import INVALID, PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("ROB-09")
def fewer_rows_for_curl(service: Service) -> None:
    """A User-Agent of curl gets a page without its last row."""
    _cut(service, lambda call: _has(call, b"user-agent", b"curl"))


@fault("ROB-09")
def fewer_rows_for_browsers(service: Service) -> None:
    """A User-Agent of a browser gets a page without its last row."""
    _cut(service, lambda call: _has(call, b"user-agent", b"Mozilla"))


@fault("ROB-09")
def nameless_clients_refused(service: Service) -> None:
    """Without a User-Agent the answer is 403."""
    _refused(service, 403, lambda call: not call.header(b"user-agent"))


@fault("ROB-09")
def any_media_type_refused(service: Service) -> None:
    """`Accept: */*` is answered 406."""
    _refused(service, 406, lambda call: call.header(b"accept") == [b"*/*"])


@fault("ROB-09")
def page_for_browsers(service: Service) -> None:
    """A browser's `Accept` gets a page without its last row."""
    _cut(service, lambda call: _has(call, b"accept", b"text/html"))


@fault("ROB-09")
def other_total_without_gzip(service: Service) -> None:
    """`Accept-Encoding: identity` gets a total that is one too high."""
    _total(service, lambda call: call.header(b"accept-encoding") == [b"identity"])


@fault("ROB-09")
def other_total_without_accept_encoding(service: Service) -> None:
    """Without `Accept-Encoding` the total is one too high."""
    _total(service, lambda call: not call.header(b"accept-encoding"))


@fault("ROB-09")
def other_page_over_http_1_0(service: Service) -> None:
    """HTTP/1.0 gets a page without its last row."""
    _cut(service, lambda call: call.version == "1.0")


@fault("ROB-09")
def first_request_of_a_connection_is_short(service: Service) -> None:
    """A connection that is to be closed gets a page without its last row."""
    _cut(service, lambda call: _has(call, b"connection", b"close"))


@fault("ROB-09")
def cookie_changes_the_page(service: Service) -> None:
    """With a cookie the total is one too high."""
    _total(service, lambda call: bool(call.header(b"cookie")))


@fault("ROB-09")
def unknown_tag_is_not_modified(service: Service) -> None:
    """Any `If-None-Match` is answered 304."""
    _changed(
        service,
        lambda call: bool(call.header(b"if-none-match")),
        lambda answer: replace(answer, status=304, body=b""),
    )


@fault("ROB-09")
def origin_changes_the_page(service: Service) -> None:
    """With an `Origin` the page lacks its last row."""
    _cut(service, lambda call: bool(call.header(b"origin")))


@fault("ROB-09")
def language_refused(service: Service) -> None:
    """A preference of language is answered 400."""
    _refused(service, 400, lambda call: bool(call.header(b"accept-language")))


def _has(call: Call, name: bytes, part: bytes) -> bool:
    return any(part in value for value in call.header(name))


def _changed(
    service: Service, who: Callable[[Call], bool], change: Callable[[Answer], Answer]
) -> None:
    """Change the list for some clients."""
    list_rows = service.list_rows
    service.list_rows = lambda call: change(list_rows(call)) if who(call) else list_rows(call)


def _refused(service: Service, status: int, who: Callable[[Call], bool]) -> None:
    _changed(service, who, lambda answer: service.error(status, INVALID, "not for this client"))


def _with_envelope(
    service: Service, who: Callable[[Call], bool], change: Callable[[Any, Any, Any], Any]
) -> None:
    list_rows, envelope = service.list_rows, service.envelope

    def listed(call: Call) -> Answer:
        if not who(call) or call.path != PATH:
            return list_rows(call)
        service.envelope = lambda items, more, total: envelope(*change(items, more, total))
        try:
            return list_rows(call)
        finally:
            service.envelope = envelope

    service.list_rows = listed


def _cut(service: Service, who: Callable[[Call], bool]) -> None:
    _with_envelope(service, who, lambda items, more, total: (items[:-1], more, total))


def _total(service: Service, who: Callable[[Call], bool]) -> None:
    _with_envelope(service, who, lambda items, more, total: (items, True, total + 1))


@fault("ROB-09")
def head_fails(service: Service) -> None:
    """HEAD is answered 500."""
    _changed(service, _is_head, lambda answer: replace(answer, status=500))


@fault("ROB-09")
def head_of_another_type(service: Service) -> None:
    """HEAD names `text/html` as its media type."""
    _changed(service, _is_head, lambda answer: answer.with_headers(content_type="text/html"))


@fault("ROB-09")
def head_of_another_window(service: Service) -> None:
    """HEAD passes over the query: its length is that of the plain list."""
    respond = service.respond
    service.respond = lambda call: respond(replace(call, query="") if _is_head(call) else call)


def _is_head(call: Call) -> bool:
    return call.method == "HEAD"
