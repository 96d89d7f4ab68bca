"""Requests at random, as many of each kind as a rare fault needs to show (`--sensitivity`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from conformance.checks.draws import drawing
from conformance.checks.experiments.at_random import (
    about,
    hostile_value,
    odd_query,
    odd_value,
    past_the_end,
    window_ask,
)
from conformance.checks.filter_values import values
from conformance.checks.investigate import model_of
from conformance.checks.judge_asks import judge_asks
from conformance.checks.judge_requests import judge_requests
from conformance.checks.marks import requirements
from conformance.checks.methods import undocumented_methods
from conformance.checks.presenting import carrying
from conformance.checks.reach import reaches_end
from conformance.checks.regions import ask, compare_status
from conformance.contract.pagination import Role
from conformance.laws import authentication as laws
from conformance.laws import robustness
from conformance.laws.edge import is_edge_refusal

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.checks.experiments.asks import Ask
    from conformance.client import Request
    from conformance.contract.pagination import Pagination
    from conformance.contract.security import Wrong
    from conformance.laws.oracle.model import ListModel

OF_VALUES = ("PAG-11", "PAG-12", "PAG-13")
WINDOWS = ("PAG-01", "PAG-02", "PAG-03", "PAG-04", "PAG-07", "PAG-08", "PAG-09", "PAG-10", "PAG-16")


def _kind(sender: Sender, requirement: str) -> str:
    """The kind of evidence that a requirement counts first."""
    return next(iter(sender.contract.requirements[requirement].evidence))


def _count(sender: Sender, evidence: Evidence, requirement: str, held: int) -> None:
    amount: dict[str, Any] = {_kind(sender, requirement): held}
    evidence.judge(requirement, [], **amount)


def _asks(sender: Sender, model: ListModel, count: int) -> list[Ask]:
    known = {name: values(sender, place) for name, place in sender.operation.filters.items()}
    chosen = drawing(sender.context.seed, "windows")
    return [window_ask(sender.operation, model, known, chosen) for _ in range(count)]


@requirements(*WINDOWS, "FIL-01", "FIL-03", "ROB-09")
def test_windows_at_random(sender: Sender, evidence: Evidence) -> None:
    """Windows of the list and of filtered ones, by any client."""
    model = model_of(sender) if sender.settings.observations else None
    if model is None:
        return
    count, paging = sender.settings.observations, sender.operation.pagination
    assert paging is not None
    asks = _asks(sender, model, 2 * count)  # of filters and clients half of them tell
    held = judge_asks(sender, evidence, asks, model)
    for requirement, telling in _telling(paging, held).items():
        _count(sender, evidence, requirement, len(telling))

    repeated = judge_asks(sender, evidence, asks[:count], model, again=True)
    _count(sender, evidence, "PAG-08", len(repeated))
    if paging.addressable and reaches_end(sender, model.total, size=1):
        chosen = drawing(sender.context.seed, "past the end")
        beyond = [past_the_end(sender.operation, model, chosen) for _ in range(count)]
        _count(sender, evidence, "PAG-09", len(judge_asks(sender, evidence, beyond, model)))


def _telling(paging: Pagination, held: list[Ask]) -> dict[str, list[Ask]]:
    """For each requirement the asks whose answers could have broken it."""
    shortened = [each for each in held if each.size is None or each.start is None]
    return {
        "PAG-01": shortened if paging.sized else [],
        "PAG-02": held,
        "PAG-03": held,
        "PAG-04": held if paging.tells_total else [],
        "PAG-07": held if paging.addressable else [],
        "PAG-10": [each for each in held if each.size],
        "PAG-16": [each for each in held if each.reversed_order],
        "FIL-03": [each for each in held if each.filters],
        "ROB-09": [each for each in held if each.client],
    }


@requirements(*OF_VALUES, "FIL-04", "FIL-06", "PAG-15")
def test_values_at_random(sender: Sender, evidence: Evidence) -> None:
    """Values of parameters that the document does not allow, each held against its readings."""
    model = model_of(sender) if sender.settings.observations else None
    if model is None:
        return
    for requirement, requests in _odd_requests(sender.context, sender).items():
        held = judge_requests(sender, evidence, requests, model)
        _count(sender, evidence, requirement, len(held))


def _odd_requests(context: Context, sender: Sender) -> dict[str, list[Request]]:
    """Requests with one odd value each, by the requirement that it is about."""
    count = context.settings.observations
    requests = {kind: _of_window(context, kind, count) for kind in OF_VALUES}
    chosen = drawing(context.seed, "filters")
    known = {name: values(sender, place) for name, place in context.operation.filters.items()}
    requests["FIL-06"] = [
        context.request((name, hostile_value(known[name], chosen)), edge=True)
        for name in (chosen.choice(list(known)) for _ in range(count if known else 0))
    ]
    requests["FIL-04"] = [
        context.request((name, _unmatched(known[name], chosen)))
        for name in (chosen.choice(list(known)) for _ in range(count if known else 0))
    ]
    paging = context.operation.pagination
    size = paging.parameter(Role.SIZE) if paging else None
    sizes = range(1, (size.maximum or 1) + 1) if size else range(1, 2)
    requests["PAG-15"] = [
        context.request((size.name, chosen.choice(sizes)), (size.name, chosen.choice(sizes)))
        for _ in range(count if size else 0)
        if size
    ]
    return requests


def _unmatched(known: Sequence[Any], chosen: random.Random) -> Any:
    """A value of the kind of those that rows have, and that none has."""
    if any(isinstance(value, str) for value in known):
        return f"no-such-value-{chosen.randint(0, 10**9)}"
    return max([value for value in known if type(value) is int], default=0) + chosen.randint(
        1, 10**6
    )


def _of_window(context: Context, kind: str, count: int) -> list[Request]:
    parameters = about(kind, context.operation)
    chosen = drawing(context.seed, kind)
    return [
        context.request((parameter.name, odd_value(kind, parameter, chosen)), edge=True)
        for parameter in (chosen.choice(parameters) for _ in range(count if parameters else 0))
    ]


@requirements("AUT-02", "AUT-03", "AUT-04", "AUT-05", "AUT-06", "AUT-12")
def test_keys_at_random(sender: Sender, evidence: Evidence) -> None:
    """No key and wrong ones, at any window and filter."""
    security, count = sender.operation.security, sender.settings.observations
    model = model_of(sender) if count and sender.operation.pagination and security else None
    if model is None or security is None:
        return
    queries = [ask.query(sender.context) for ask in _asks(sender, model, count)]
    anonymous = [sender.anonymous(*query) for query in queries]
    for exchange in sender.send_all(anonymous):
        found = laws.refused(exchange, "a request without a key", sender.operation.refusals)
        evidence.judge("AUT-02", found, refusals=1)
        evidence.judge("AUT-12", found, refusals=1)

    for requirement, wrong in (
        ("AUT-03", security.wrong_keys),
        ("AUT-04", security.other_schemes),
        ("AUT-05", security.malformed),
        ("AUT-06", security.elsewhere),
    ):
        _judge_wrong(sender, evidence, requirement, wrong, anonymous)


def _judge_wrong(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    wrong: Sequence[Wrong],
    anonymous: Sequence[Request],
) -> None:
    chosen = drawing(sender.context.seed, requirement)
    alternatives = sender.operation.alternatives
    usable = [
        entry
        for entry in wrong
        if not any(scheme.presents(entry.presentation) for scheme in alternatives)
    ]
    entries = [chosen.choice(usable) for _ in anonymous] if usable else []
    answers = sender.send_all(
        carrying(request, entry.presentation)
        for request, entry in zip(anonymous, entries, strict=False)
    )
    for entry, exchange in zip(entries, answers, strict=False):
        evidence.judge(requirement, laws.not_accepted(exchange, entry.name), refusals=1)


@requirements("ROB-01", "ROB-02")
def test_oddities_at_random(sender: Sender, evidence: Evidence) -> None:
    """Methods and parameters that the operation does not have, at any window and filter."""
    is_asked = sender.settings.observations and sender.operation.pagination
    model = model_of(sender) if is_asked else None
    if model is None:
        return
    chosen = drawing(sender.context.seed, "oddities")
    asks = _asks(sender, model, sender.settings.observations)
    queries = [ask.query(sender.context) for ask in asks]
    odd = [
        sender.request(
            raw_query="&".join(filter(None, [urlencode(query), odd_query(chosen)])), edge=True
        )
        for query in queries
    ]
    for exchange in sender.send_all(odd):
        evidence.judge("ROB-02", robustness.no_failure(exchange, "unknown"), requests=1)

    safe, _ = undocumented_methods(sender.context)
    methods = [sender.request(*query, method=chosen.choice(safe)) for query in queries]
    for exchange in sender.send_all(methods):
        if not is_edge_refusal(exchange, sender.operation.errors):
            evidence.judge("ROB-01", robustness.method_refused(exchange), methods=1)


@requirements("PAR-01", "PAR-03")
def test_regions_at_random(sender: Sender, evidence: Evidence) -> None:
    """The same status in every region for the same odd value."""
    if not sender.settings.observations or sender.operation.pagination is None:
        return
    count = -(-sender.settings.observations // len(OF_VALUES))
    requests = [
        request for kind in OF_VALUES for request in _of_window(sender.context, kind, count)
    ]
    for pair in ask(sender, requests):
        for requirement in ("PAR-01", "PAR-03"):
            compare_status(sender, evidence, requirement, "status", pair)
