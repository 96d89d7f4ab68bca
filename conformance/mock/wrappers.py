"""Short ways to wrap a stage of the pipeline, for faults and benign variants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.mock.integers import InvalidParameter

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.messages import Answer, Call, Window
    from conformance.mock.service import Item, Service
    from conformance.mock.store import Row


def each_item(service: Service, change: Callable[[Item], Item]) -> None:
    """Change every row as it is shown."""
    show = service.show
    service.show = lambda row: change(show(row))


def each_page(service: Service, change: Callable[[Any], Any]) -> None:
    """Change the body of every list."""
    envelope = service.envelope
    service.envelope = lambda items, more, total: change(envelope(items, more, total))


def each_total(service: Service, change: Callable[[Window, int], int]) -> None:
    """Change the `total` that is shown; `has_more` is still worked out from the true one."""
    list_rows, envelope = service.list_rows, service.envelope
    asked: list[Window] = []

    def remember(call: Call) -> Answer:
        asked[:] = [service.window(call)]
        return list_rows(call)

    service.list_rows = remember
    service.envelope = lambda items, more, total: envelope(items, more, change(asked[0], total))


def each_answer(service: Service, change: Callable[[Call, Answer], Answer]) -> None:
    """Change every answer, refusals included."""
    respond = service.respond

    def changed(call: Call) -> Answer:
        return change(call, respond(call))

    service.respond = changed


def each_list(service: Service, change: Callable[[Call, Answer], Answer]) -> None:
    """Change every answer to a list request that authenticated."""
    list_rows = service.list_rows
    service.list_rows = lambda call: change(call, list_rows(call))


def each_refusal(service: Service, change: Callable[[Call, Answer], Answer]) -> None:
    """Change every 401."""
    refuse_key = service.refuse_key
    service.refuse_key = lambda call: change(call, refuse_key(call))


def each_selection(service: Service, change: Callable[[Window, list[Row]], list[Row]]) -> None:
    """Change the rows of a page after they were selected."""
    select = service.select
    service.select = lambda window: change(window, select(window))


def each_start(service: Service, move: Callable[[Window], int]) -> None:
    """Start pages elsewhere, with the number of rows they should have."""
    select = service.select

    def moved(window: Window) -> list[Row]:
        length = max(0, min(window.limit, service.count(window) - window.offset))
        return select(replace(window, offset=max(0, move(window))))[:length]

    service.select = moved


def each_order(service: Service, order: Callable[[Window], str]) -> None:
    """Order each page as its window says."""
    service.select = lambda window: service.store.rows(
        window.agent_id, window.limit, window.offset, order(window)
    )


def let_in(service: Service, who: Callable[[Call], bool]) -> None:
    """Authenticate some more calls than those with the key."""
    authenticate = service.authenticate
    service.authenticate = lambda call: authenticate(call) or who(call)


def body(service: Service, answer: Answer, payload: Any, **headers: str) -> Answer:
    """Put another body into an answer."""
    return replace(answer, body=service.encode(payload)).with_headers(**headers)


def text(answer: Answer, words: str, media_type: str = "text/plain") -> Answer:
    """Put words that are not JSON into an answer."""
    return replace(answer, body=words.encode()).with_headers(content_type=media_type)


def fail(words: str = "unexpected") -> Any:
    """Raise, where only an expression fits; the service answers 500."""
    raise RuntimeError(words)


def refuse(name: str, wanted: str) -> Any:
    """Refuse a parameter, where only an expression fits; the service answers 400."""
    raise InvalidParameter(name, wanted)
