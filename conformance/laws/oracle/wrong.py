"""What is wrong with an answer, in a word for each part of it: two that have one in common fail alike."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from conformance.events.model import Deviating
from conformance.laws.oracle.answers import closest
from conformance.laws.oracle.asked import query_of, read_request
from conformance.laws.oracle.values import Kind
from conformance.laws.pages import HAS_MORE, ROWS, TOTAL, read_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.client.exchange import Exchange
    from conformance.client.request import Request
    from conformance.contract.operation import Operation
    from conformance.laws.oracle.asked import Asked
    from conformance.laws.oracle.model import ListModel
    from conformance.laws.pages import Page

ORDER = "order"  # which rows come, and in which order
IN_BOUNDS = (Kind.MISSING, Kind.WITHIN)
PARTS = {"PAG-02": ROWS, "PAG-03": HAS_MORE, "PAG-04": TOTAL, "PAG-07": ORDER}


@dataclass(frozen=True, slots=True)
class Answered:
    """As much of an exchange as tells what is wrong with its page: rows by their identities alone.

    `sent` has what a client says besides the target: names of header fields, the version of HTTP.
    """

    asked: str
    target: str
    status: int
    page: Page | None
    sent: tuple[str, ...] = ()


def answered(exchange: Exchange, operation: Operation) -> Answered | None:
    """What is kept of an exchange until the list is known; None where it asks for no page."""
    if operation.pagination is None or exchange.response is None:
        return None
    path, _, _ = exchange.request.target.partition("?")
    is_list = path.endswith(operation.plain_path or operation.path)
    if not is_list or exchange.request.method != operation.method:
        return None
    if exchange.status in operation.refusals:
        return None
    page = read_page(exchange, operation, 0, 0)
    if page is not None:
        page = replace(page, rows=page.ids, exchange=None, following=None)
    return Answered(
        exchange.asked, exchange.request.target, exchange.status, page, _sent(exchange.request)
    )


def _sent(request: Request) -> tuple[str, ...]:
    names = {name.lower() for name, _ in request.headers}
    said = {f"HTTP/{request.version}", *(f"without {name.lower()}" for name in request.omit)}
    if request.body is not None:
        said.add("a body")
    if request.new_connection:
        said.add("a new connection")
    return tuple(sorted(names | said))


def deviating(
    answer: Answered, operation: Operation, model: ListModel, axes: Mapping[str, str]
) -> Deviating | None:
    """What is wrong with an answer, if anything is, and the window that was asked for, by the names of
    the axes `size` and `start`; None where the request does not say one window.
    """
    asked = _asked(answer, operation, model)
    # Out of bounds there is no window: what a value is taken for says nothing of that.
    if asked is None or len(asked.windows) != 1:
        return None
    if any(reading.kind not in IN_BOUNDS for reading in asked.readings):
        return None
    ((start, size),) = asked.windows
    parts = wrong(asked, answer.status, answer.page, model)
    values = {"size": size, "start": start}
    window = {name: values[axis] for axis, name in axes.items()}
    names = tuple(f"?{each.name}" for each in asked.filters)
    return Deviating(answer.asked, window, parts, (*names, *answer.sent), _identified(asked))


def _identified(asked: Asked) -> str:
    """What the values of a request's filters have in common, and no others; nothing without any."""
    if not asked.filters:
        return ""
    text = repr([(each.name, each.texts) for each in asked.filters])
    return hashlib.blake2s(text.encode("utf-8", "backslashreplace"), digest_size=4).hexdigest()


def parts_of(answer: Answered, operation: Operation, model: ListModel) -> tuple[str, ...]:
    """What is wrong with an answer; nothing where the meaning of its request is the server's own."""
    asked = _asked(answer, operation, model)
    return wrong(asked, answer.status, answer.page, model) if asked else ()


def _asked(answer: Answered, operation: Operation, model: ListModel) -> Asked | None:
    _, _, raw = answer.target.partition("?")
    return read_request(query_of(raw), operation, model)


def wrong(asked: Asked, status: int, page: Page | None, model: ListModel) -> tuple[str, ...]:
    """The parts of an answer that no reading of its request allows; of a refusal its status.

    What may be refused is not wrong for that, and a body that holds no page is the schema laws' to
    judge.
    """
    if not 200 <= status < 300:
        return () if asked.may_refuse or asked.may_not_find else (f"status {status}",)
    if page is None:
        return ()
    parts = {PARTS[each.requirement] for each in closest(asked, page, model)}
    if _is_misplaced(asked, page, model):
        parts.add(ORDER)
    return tuple(sorted(parts))


def _is_misplaced(asked: Asked, page: Page, model: ListModel) -> bool:
    """Whether under each reading a row is at another offset than where the list has it first.

    So a list tells something too that contradicts itself, and that no window can be compared with.
    """
    return all(
        any(lst.places.get(name, at) != at for at, name in enumerate(page.ids, start))
        for lst, (start, _) in product(asked.lists(model), asked.windows)
    )
