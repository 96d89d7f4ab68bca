"""Faults of odd requests: other methods, other parameters, a GET with a body."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from conformance.mock.entries import fault
from conformance.mock.service import INVALID, NOT_FOUND
from conformance.mock.wrappers import body, each_answer, each_list, fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service

DELETE_NEWEST = """
DELETE FROM batch_calls
WHERE id = (SELECT id FROM batch_calls ORDER BY created_at DESC, id DESC LIMIT 1)
"""
DOCUMENTED = {"limit", "offset", "agent_id"}


@fault("ROB-01")
def post_served(service: Service) -> None:
    """POST lists rows as GET does."""
    service.methods += ("POST",)


@fault("ROB-01")
def put_served(service: Service) -> None:
    """PUT lists rows as GET does."""
    service.methods += ("PUT",)


@fault("ROB-01")
def delete_deletes(service: Service) -> None:
    """DELETE deletes the newest row and lists the rest."""
    _on(service, "DELETE", lambda: service.store.change(DELETE_NEWEST))


@fault("ROB-01")
def patch_fails(service: Service) -> None:
    """PATCH gives 500."""
    _on(service, "PATCH", fail)


@fault("ROB-01")
def refused_method_empties(service: Service) -> None:
    """DELETE is answered with 405, and deletes the newest row all the same."""
    _after(service, "DELETE", lambda: service.store.change(DELETE_NEWEST))


@fault("ROB-07")
def allow_missing(service: Service) -> None:
    """A 405 has no `Allow`."""
    each_answer(service, lambda call, answer: answer.without_headers("allow"))


@fault("ROB-07")
def unsupported_method_not_found(service: Service) -> None:
    """An unsupported method is answered with 404."""
    route = service.route
    service.route = lambda call: (
        route(call)
        if call.method in service.methods
        else service.error(404, NOT_FOUND, "no such resource")
    )


@fault("ROB-02")
def unknown_parameter_fails(service: Service) -> None:
    """A parameter that the document does not have gives 500."""
    _fails(service, lambda call: any(name not in DOCUMENTED for name, _ in call.parameters))


@fault("ROB-02")
def parameter_in_brackets_fails(service: Service) -> None:
    """A documented parameter with brackets behind its name, which makes it a list, gives 500."""
    listed = {f"{name}[]" for name in DOCUMENTED}
    _fails(service, lambda call: any(name in listed for name, _ in call.parameters))


@fault("ROB-02")
def long_query_fails(service: Service) -> None:
    """A query of more than 2000 bytes gives 500."""
    _fails(service, lambda call: len(call.query) > 2000)


@fault("ROB-02")
def nul_in_query_fails(service: Service) -> None:
    """A NUL anywhere in the query gives 500."""
    _fails(service, lambda call: "%00" in call.query)


@fault("ROB-02")
def bad_percent_encoding_fails(service: Service) -> None:
    """Bad percent-encoding in the query gives 500."""
    _fails(service, lambda call: bool(re.search(r"%(?![0-9A-Fa-f]{2})", call.query)))


@fault("ROB-02")
def query_not_utf_8_fails(service: Service) -> None:
    """A query that is not UTF-8 once decoded gives 500."""
    _fails(service, lambda call: bool(unquote_to_bytes(call.query).decode() is None))


@fault("ROB-04")
def body_of_a_get_refused(service: Service) -> None:
    """A GET with a body is answered with 400."""
    _with_body(service, lambda call: service.error(400, INVALID, "a GET has no body"))


@fault("ROB-04")
def body_of_a_get_hides_the_query(service: Service) -> None:
    """A GET with a body is answered as if it had no query."""
    list_rows = service.list_rows
    _with_body(service, lambda call: list_rows(replace(call, query="")))


@fault("ROB-04")
def body_of_a_get_hides_the_filter(service: Service) -> None:
    """A GET with a body is answered as if it had no `agent_id`."""
    list_rows = service.list_rows
    _with_body(
        service,
        lambda call: list_rows(replace(call, query=re.sub(r"agent_id=[^&]*&?", "", call.query))),
    )


@fault("ROB-04")
def json_get_lists_nothing(service: Service) -> None:
    """A GET with `Content-Type: application/json` finds nothing."""
    each_list(
        service,
        lambda call, answer: (
            body(service, answer, service.envelope([], False, service.count(service.window(call))))
            if call.method == "GET"
            and any(b"json" in value for value in call.header(b"content-type"))
            else answer
        ),
    )


def _on(service: Service, method: str, effect: Callable[[], object]) -> None:
    list_rows = service.list_rows
    service.methods += (method,)
    service.list_rows = lambda call: (effect() if call.method == method else None, list_rows(call))[
        1
    ]


def _after(service: Service, method: str, effect: Callable[[], object]) -> None:
    route = service.route
    service.route = lambda call: (effect() if call.method == method else None, route(call))[1]


def _fails(service: Service, when: Callable[[Call], bool]) -> None:
    list_rows = service.list_rows
    service.list_rows = lambda call: fail() if when(call) else list_rows(call)


def _with_body(service: Service, respond: Callable[[Call], Answer]) -> None:
    list_rows = service.list_rows
    service.list_rows = lambda call: (
        respond(call) if call.body and call.method == "GET" else list_rows(call)
    )
