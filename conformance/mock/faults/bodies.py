"""Faults of the answer as a whole: status, media type, encoding, JSON."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.mock.entries import fault
from conformance.mock.service import encode
from conformance.mock.wrappers import each_answer, each_list, fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call
    from conformance.mock.service import Service


@fault("SCH-01")
def created_for_ok(service: Service) -> None:
    """A list is answered with 201."""
    _status(service, 200, 201)


@fault("SCH-01")
def partial_content(service: Service) -> None:
    """A page that others follow is answered with 206."""
    each_list(
        service,
        lambda call, answer: (
            replace(answer, status=206) if b'"has_more": true' in answer.body else answer
        ),
    )


@fault("SCH-01")
def no_content_for_empty_page(service: Service) -> None:
    """An empty page is answered with 204."""
    each_list(
        service,
        lambda call, answer: (
            replace(answer, status=204, body=b"") if b'"data": []' in answer.body else answer
        ),
    )


@fault("SCH-01")
def unprocessable_for_bad_request(service: Service) -> None:
    """Bad parameters are answered with 422."""
    _status(service, 400, 422)


@fault("SCH-01")
def forbidden_for_bad_request(service: Service) -> None:
    """Bad parameters are answered with 403."""
    _status(service, 400, 403)


@fault("SCH-01")
def too_large_for_bad_limit(service: Service) -> None:
    """A `limit` over 100 is answered with 413."""
    _large_limit(service)


@fault("SCH-04")
def ok_with_an_error_body(service: Service) -> None:
    """Bad parameters are answered with 200 and an error in the body."""
    _status(service, 400, 200)


@fault("SCH-06")
def filter_and_window_fail(service: Service) -> None:
    """A filter together with `limit` and `offset` gives 500."""
    _fails_for(
        service, lambda call: {"agent_id", "limit", "offset"} <= dict(call.parameters).keys()
    )


@fault("SCH-06")
def agent_zero_fails(service: Service) -> None:
    """`agent_id=0` gives 500."""
    _fails_for(service, lambda call: call.values("agent_id") == ["0"])


@fault("SCH-06")
def negative_agent_fails(service: Service) -> None:
    """A negative `agent_id` gives 500."""
    _fails_for(
        service, lambda call: any(value.startswith("-") for value in call.values("agent_id"))
    )


@fault("SCH-02")
def media_type_text(service: Service) -> None:
    """A list is `text/plain`."""
    each_list(service, lambda call, answer: answer.with_headers(content_type="text/plain"))


@fault("SCH-02")
def media_type_html(service: Service) -> None:
    """A list is `text/html`."""
    each_list(
        service, lambda call, answer: answer.with_headers(content_type="text/html; charset=utf-8")
    )


@fault("SCH-02")
def media_type_missing(service: Service) -> None:
    """A list has no `Content-Type`."""
    each_list(service, lambda call, answer: answer.without_headers("content-type"))


@fault("SCH-02")
def errors_as_problem_json(service: Service) -> None:
    """Errors are `application/problem+json`."""
    each_answer(
        service,
        lambda call, answer: (
            answer.with_headers(content_type="application/problem+json")
            if answer.status >= 400
            else answer
        ),
    )


@fault("SCH-02")
def duplicate_keys(service: Service) -> None:
    """The envelope has `total` twice."""
    _bytes(service, lambda body: body.replace(b'"total":', b'"total": 0, "total":'))


@fault("SCH-02")
def not_a_number(service: Service) -> None:
    """Some `total_recipients` are NaN."""
    _bytes(
        service,
        lambda body: re.sub(rb'"total_recipients": \d*7,', b'"total_recipients": NaN,', body),
    )


@fault("SCH-02")
def latin_1(service: Service) -> None:
    """The body is in ISO 8859-1."""
    _bytes(service, lambda body: body.decode().encode("latin-1", "replace"))


@fault("SCH-02")
def utf_16(service: Service) -> None:
    """The body is in UTF-16."""
    _bytes(service, lambda body: body.decode().encode("utf-16"))


@fault("SCH-02")
def byte_order_mark(service: Service) -> None:
    """The body begins with a byte order mark."""
    _bytes(service, lambda body: b"\xef\xbb\xbf" + body)


@fault("SCH-02")
def guarded_json(service: Service) -> None:
    """The body begins with a guard against script inclusion."""
    _bytes(service, lambda body: b")]}',\n" + body)


@fault("SCH-02")
def trailing_comma(service: Service) -> None:
    """The envelope ends with a comma."""
    _bytes(service, lambda body: body[:-1] + b",}")


@fault("SCH-02")
def cut_short(service: Service) -> None:
    """A page of more than 50 rows is cut off in the middle."""
    _bytes(service, lambda body: body[: len(body) // 2] if body.count(b'"agent_id"') > 50 else body)


@fault("SCH-02")
def single_quotes(service: Service) -> None:
    """The body is a Python literal."""
    service.encode = lambda payload: repr(payload).encode()


@fault("SCH-03")
def json_inside_a_string(service: Service) -> None:
    """The body is a JSON string with the JSON in it."""
    _bytes(service, lambda body: encode(body.decode()))


def _status(service: Service, of: int, to: int) -> None:
    each_answer(
        service, lambda call, answer: replace(answer, status=to) if answer.status == of else answer
    )


def _bytes(service: Service, change: Callable[[bytes], bytes]) -> None:
    each_list(service, lambda call, answer: replace(answer, body=change(answer.body)))


def _fails_for(service: Service, when: Callable[[Call], bool]) -> None:
    list_rows = service.list_rows
    service.list_rows = lambda call: fail() if when(call) else list_rows(call)


def _large_limit(service: Service) -> None:
    def answered(call: Call, answer: Answer) -> Answer:
        large = (
            len(limits := call.values("limit")) == 1
            and limits[0].isdecimal()
            and len(limits[0]) > 2
        )
        return replace(answer, status=413) if large and answer.status == 400 else answer

    each_answer(service, answered)
