"""Findings that rest on a simpler request too: one that fails in the same way, so that what they show
is no matter of what they asked besides, and both are one fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.filter_values import matching_nothing
from conformance.checks.investigate import judged
from conformance.checks.lists import longest, page, paging, window
from conformance.checks.presenting import carrying
from conformance.checks.reach import reaches_end
from conformance.laws import pages as laws
from conformance.laws.oracle.asked import query_of
from conformance.laws.oracle.values import CANONICAL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.lists import Walk
    from conformance.client import Exchange, Request
    from conformance.contract.pagination import Pagination
    from conformance.contract.security import Wrong
    from conformance.laws.finding import Finding
    from conformance.laws.oracle.model import ListModel
    from conformance.laws.pages import Page

    Found = list[Finding]

DIGITS = 20  # of an integer that tell how far it is out of bounds


def beside_unknown_key(sender: Sender, found: Found, wrong: Wrong, exchange: Exchange) -> Found:
    """A malformed credential without the key is accepted: so may a well-formed one be that nobody has
    been given.
    """
    security = sender.operation.security
    if not found or not exchange.ok or wrong.presentation.has_key or security is None:
        return found
    unknown = sender.send(carrying(sender.anonymous(), security.unknown))
    if not unknown.ok:
        return found
    return _resting(found, unknown, "a well-formed key that nobody has is accepted too")


def beside_keyless(sender: Sender, found: Found, exchange: Exchange) -> Found:
    """A method is served that is not documented: so may it be without a key."""
    if not found or not exchange.ok:
        return found
    keyless = sender.send(sender.anonymous(method=exchange.request.method))
    return _resting(found, keyless, "served without a key too") if keyless.ok else found


def beside_unknown_value(
    sender: Sender, found: Found, exchange: Exchange, name: str, known: Sequence[Any]
) -> Found:
    """A hostile value of a filter gets an answer: so may a usual one that no row has."""
    if not found:
        return found
    for value in matching_nothing(sender.context, name, known)[:1]:
        usual = sender.send(sender.request((name, value)))
        if usual.status == exchange.status and usual.json == exchange.json:
            note = f"{name}={value}, which no row has, gets the same answer"
            return _resting(found, usual, note)
    return found


def beside_past_end(sender: Sender, found: Found, exchange: Exchange) -> Found:
    """An empty list is refused: so may be what lies past the end of the whole list, as the first row
    of an empty one does.
    """
    total = longest(sender).total
    if not found or exchange.ok or not paging(sender.context).addressable or not total:
        return found
    if not reaches_end(sender, total, paging(sender.context).default_size):
        return found
    past = sender.send(window(sender.context, None, _past(paging(sender.context), total)))
    if past.status != exchange.status:
        return found
    return _resting(found, past, "what lies past the end of the whole list is refused too")


def _past(trait: Pagination, total: int) -> int:
    """The first start past so many rows that the style has words for."""
    start = trait.aligned(None, total)
    return start if start >= total else trait.behind(trait.default_size, start, total - start)


def page_laws(walked: Walk) -> tuple[Callable[[Page], Found], ...]:
    """What each page of a list must keep by itself: PAG-02, PAG-03, PAG-04."""
    first = walked.pages[0]
    return laws.size, laws.has_more, lambda read: laws.same_total([first, read])


def beside_unfiltered(sender: Sender, found: Found, answer: Page, total: int, law: int) -> Found:
    """A page of a filtered list of so many rows breaks one of its laws: so may the page of the whole
    list that is as far from its end.
    """
    whole = longest(sender)
    start = answer.offset - total + whole.total
    trait = paging(sender.context)
    if not found or not whole.pages or not trait.addressable or start < 0:
        return found
    if trait.aligned(answer.limit, start) != start:
        return found  # no page of the whole list begins there
    twin = page(sender, answer.limit, start, again=True)
    if twin is None or twin.exchange is None or not page_laws(whole)[law](twin):
        return found
    note = f"so is the whole list with limit {twin.limit} and offset {twin.offset}"
    return _resting(found, twin.exchange, note)


def beside_nearer(sender: Sender, found: Found, exchange: Exchange, model: ListModel) -> Found:
    """A huge integer is answered as no reading of it allows: so may one be that is just out of
    bounds.
    """
    nearer = _nearer(sender, exchange.request, model) if found else []
    for other in sender.send_all(nearer):
        if other.status == exchange.status and judged(sender, other, model):
            return _resting(found, other, f"so is ?{other.request.query_string}")
    return found


def _nearer(sender: Sender, request: Request, model: ListModel) -> list[Request]:
    """Requests for values right out of the bounds that a huge integer is beyond, if it is one."""
    trait, asked = paging(sender.context), query_of(request.query_string)
    name, values = next(iter(asked.items()), ("", [""]))
    parameter = next((each for each in trait.parameters if each.name == name), None)
    is_alone = len(asked) == 1 and len(values) == 1 and parameter is not None and parameter.integer
    if not is_alone or parameter is None or not CANONICAL.fullmatch(values[0]):
        return []

    is_below = values[0].startswith("-")
    number = int(values[0][:DIGITS])  # a parser of integers has its own limit
    if is_below:
        near = [(parameter.minimum or 0) - 1, -1, -trait.maximum_size]
    else:
        near = [model.total if parameter.maximum is None else parameter.maximum + 1]
    return [
        sender.request((name, value))
        for value in dict.fromkeys(near)
        if abs(value) < abs(number) and (value < 0) == is_below
    ]


def _resting(found: Found, exchange: Exchange, note: str) -> Found:
    return [finding.resting_on(exchange, note=note) for finding in found]
