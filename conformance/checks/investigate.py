"""From a deviation to a finding: reduced, confirmed, and the region in which it fails known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from conformance.checks.confirm import confirm
from conformance.checks.experiments.asks import reduced
from conformance.checks.extent import extent
from conformance.checks.lists import longest, paging
from conformance.checks.wrong_total import beside_wrong_total
from conformance.laws.edge import is_edge_refusal
from conformance.laws.finding import Finding
from conformance.laws.oracle.answers import deviations
from conformance.laws.oracle.asked import query_of, read_request
from conformance.laws.oracle.model import ListModel
from conformance.laws.pages import read_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.experiments.asks import Ask
    from conformance.client import Exchange, Request
    from conformance.events.model import Fails
    from conformance.laws.oracle.answers import Deviation

NOTHING_ASKED: Mapping[Ask, Request] = MappingProxyType({})
FILTERED = "FIL-03"
TELLING = ("FIL-01", "FIL-02", "FIL-05")  # say of a filtered list what is wrong with its rows
CLIENT_RULE = "ROB-09"  # what a client sends besides the request changes the answer
SIZE_RULE = "PAG-06"  # so does the size of its pages the order of a list
ORDER_RULE = "PAG-16"  # so does the order of the parameters
DEFAULT_RULE = "PAG-01"  # so does leaving a parameter out
WINDOW_RULE = "PAG-07"  # so does the window


@dataclass(frozen=True, slots=True)
class Suspect:
    """An ask whose answer deviates, and how."""

    ask: Ask
    deviation: Deviation


def model_of(sender: Sender, *, again: bool = False) -> ListModel | None:
    """The list as it reads now, or as it was read before; None where no page could be read."""
    walked = longest(sender, again=again)
    return ListModel.of(walked.pages, whole=walked.whole)


def judged(
    sender: Sender, exchange: Exchange, model: ListModel, changes: int = 0
) -> list[Deviation]:
    """The deviations of an answer from what its own query may be taken to ask; see `deviations`.

    A refusal by what stands before the API says nothing of the API.
    """
    if is_edge_refusal(exchange, sender.operation.errors):
        return []
    if _asks_by_header(sender, exchange):
        return []
    _, _, raw = exchange.request.target.partition("?")
    asked = read_request(query_of(raw), sender.operation, model)
    if asked is None:
        return []
    starts, sizes = zip(*asked.windows, strict=True)
    page = read_page(exchange, sender.operation, min(starts), max(sizes))
    return deviations(asked, exchange.status, page, model, changes)


def _asks_by_header(sender: Sender, exchange: Exchange) -> bool:
    """Whether a request asks for its page beside the query, which is then not all that it asks."""
    paging = sender.operation.pagination
    names = {name.lower() for name in paging.header_names} if paging else set()
    return any(name.lower() in names for name, _ in exchange.request.headers)


def exceeds(sender: Sender, exchange: Exchange, model: ListModel, changes: int) -> bool:
    """Whether an answer deviates by more than so many changes of the list explain."""
    return bool(judged(sender, exchange, model, changes))


def ask_all(
    sender: Sender, asks: list[Ask], model: ListModel, *, again: bool = False, changes: int = 0
) -> list[list[Deviation]]:
    """The deviations of the answer to each ask, sent at once."""
    exchanges = answers_to(sender, asks, again=again)
    return [judged(sender, exchange, model, changes) for exchange in exchanges]


def answers_to(
    sender: Sender,
    asks: Sequence[Ask],
    *,
    again: bool = False,
    asked: Mapping[Ask, Request] = NOTHING_ASKED,
) -> list[Exchange]:
    """The answer to each ask, sent at once; `asked` has requests that ask for the same."""
    requests = [asked.get(ask) or ask.request(sender.context) for ask in asks]
    return sender.send_all(requests, again=again)


def investigate(sender: Sender, evidence: Evidence, suspect: Suspect, model: ListModel) -> bool:
    """Reduce a suspect, confirm what is left of it and judge it; whether it was confirmed."""

    def fails(ask: Ask) -> bool:
        return bool(ask_all(sender, [ask], model)[0])

    ask = reduced(suspect.ask, fails)
    rule = _rule(sender, ask, suspect, model)
    experiment = partial(_asked, sender, ask, model, rule)
    return confirm(sender, evidence, rule, experiment)


def _rule(sender: Sender, ask: Ask, suspect: Suspect, model: ListModel) -> str:
    """The requirement that the reduced ask breaks: the client's own where nothing else is
    needed.
    """
    if ask.client is not None:
        return CLIENT_RULE
    if ask.reversed_order:
        return ORDER_RULE
    explicit = _explicit(sender, ask)
    if explicit != ask and not ask_all(sender, [explicit], model)[0]:
        return DEFAULT_RULE
    found = ask_all(sender, [ask], model)[0]
    rule = found[0].requirement if found else suspect.deviation.requirement
    if rule == FILTERED:
        return _of_the_wide(sender, ask, model)
    if rule == "PAG-07" and _depends_on_size(sender, ask, model):
        return SIZE_RULE
    return "PAG-10" if rule == "PAG-02" and _is_of_size(sender, ask, model) else rule


def _depends_on_size(sender: Sender, ask: Ask, model: ListModel) -> bool:
    """Whether rows come in their order at the same place of other sizes, the largest among them, and
    at other places of this size they do not.
    """
    trait = paging(sender.context)
    if ask.size is None or ask.filters or ask.size >= trait.maximum_size:
        return False
    start = ask.start or 0
    larger = [replace(ask, size=size) for size in (trait.default_size, trait.maximum_size)]
    elsewhere = replace(ask, start=trait.aligned(ask.size, start + ask.size))
    return not any(ask_all(sender, larger, model)) and bool(ask_all(sender, [elsewhere], model)[0])


def _of_the_wide(sender: Sender, ask: Ask, model: ListModel) -> str:
    """What a page of all that the filter leaves but the first row breaks, where that is more telling
    than the few rows of a window.
    """
    trait = paging(sender.context)
    if not trait.addressable:
        return FILTERED
    wide = replace(ask, size=trait.maximum_size, start=trait.aligned(trait.maximum_size, 1))
    found = ask_all(sender, [wide], model)[0]
    return found[0].requirement if found and found[0].requirement in TELLING else FILTERED


def _explicit(sender: Sender, ask: Ask) -> Ask:
    """The same window with its documented defaults written out."""
    trait = paging(sender.context)
    size = trait.default_size if ask.size is None and trait.sized else ask.size
    start = 0 if ask.start is None and trait.addressable else ask.start
    return replace(ask, size=size, start=start)


def _is_of_size(sender: Sender, ask: Ask, model: ListModel) -> bool:
    """Whether it is the size alone that is not honoured: a window of another one counts right."""
    if ask.size is None or ask.filters or (ask.start or 0) + ask.size > model.total:
        return False
    default = paging(sender.context).default_size
    others = [replace(ask, size=size) for size in (ask.size - 1 or ask.size + 1, default)]
    return not all(ask_all(sender, others, model))


def _asked(sender: Sender, ask: Ask, known: ListModel, rule: str, again: bool) -> list[Finding]:
    """The finding of an ask, against the list as it reads now; with its region when asked again."""
    model = model_of(sender, again=True) if again else known
    if model is None:
        return []

    exchange = sender.send(ask.request(sender.context), again=again)
    found = judged(sender, exchange, model)
    if not found:
        return []

    note = f"asked {ask.words(sender.context)}"
    fails: tuple[Fails, ...] = ()
    if again:
        words, fails = extent(
            sender, ask, model.total, lambda moved: bool(ask_all(sender, [moved], model)[0])
        )
        note += f"; fails for {words}"
    shown = [exchange]
    if rule in (CLIENT_RULE, ORDER_RULE):  # the same window is right as any client asks for it
        shown += answers_to(sender, [replace(ask, client=None, reversed_order=False)])
    finding = Finding(found[0].expected, found[0].actual, tuple(shown), note=note, fails=fails)
    size = ask.size or paging(sender.context).default_size
    page = read_page(exchange, sender.operation, ask.start or 0, size)
    is_plain = page is not None and ask.plain and again
    return beside_wrong_total(sender, [finding], page) if page and is_plain else [finding]
