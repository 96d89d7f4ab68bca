"""Requests of a list that no plan made, held against the oracle: what deviates is confirmed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from conformance.checks.beside import beside_nearer
from conformance.checks.confirm import confirm
from conformance.checks.experiments.asks import as_ask
from conformance.checks.investigate import (
    Suspect,
    ask_all,
    exceeds,
    investigate,
    judged,
    model_of,
)
from conformance.checks.shrink import shrunk
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.checks.context import Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.laws.oracle.model import ListModel

WRITTEN_OTHERWISE = "PAG-16"  # the same parameters in another order are answered otherwise
INVESTIGATED = 4  # deviations of one check that are asked again: one fault shows in many answers


def judge_requests(
    sender: Sender, evidence: Evidence, requests: Sequence[Request], model: ListModel
) -> list[Exchange]:
    """Ask everything at once, and confirm the first deviation of each requirement; the answers
    that held.
    """
    exchanges = sender.send_all(requests)
    deviating = [
        (exchange, found[0].requirement)
        for exchange in exchanges
        if (found := judged(sender, exchange, model))
    ]

    first_of_each = {requirement: exchange for exchange, requirement in reversed(deviating)}
    for requirement, exchange in list(first_of_each.items())[:INVESTIGATED]:
        _judge_deviation(sender, evidence, exchange, requirement, model)
    wrong = {id(exchange) for exchange, _ in deviating}
    return [exchange for exchange in exchanges if id(exchange) not in wrong]


def _judge_deviation(
    sender: Sender, evidence: Evidence, exchange: Exchange, requirement: str, model: ListModel
) -> None:
    """Confirm a deviation: as that of a window where one that is asked for plainly deviates too."""
    ask = as_ask(exchange.request, sender.operation)
    plain = ask_all(sender, [ask], model)[0] if ask else []
    if ask and plain and investigate(sender, evidence, Suspect(ask, plain[0]), model):
        return
    if ask and not plain:
        requirement = WRITTEN_OTHERWISE
    smaller = exchange if ask else _smaller(sender, exchange, requirement, model)
    confirm(
        sender,
        evidence,
        requirement,
        partial(_asked, sender, smaller.request, model),
        exceeds=partial(exceeds, sender, smaller, model),
    )


def _smaller(sender: Sender, exchange: Exchange, requirement: str, model: ListModel) -> Exchange:
    """The answer to the smallest request that breaks the same requirement."""

    def fails(request: Request) -> bool:
        found = judged(sender, sender.send(request), model)
        return bool(found) and found[0].requirement == requirement

    required = {name for name, _ in sender.operation.inputs.query}
    return sender.send(shrunk(exchange.request, fails, sender.context.seed, required))


def _asked(sender: Sender, request: Request, known: ListModel, again: bool) -> list[Finding]:
    """How the answer to a request deviates from the list as it reads at the time."""
    model = model_of(sender, again=True) if again else known
    if model is None:
        return []

    exchange: Exchange = sender.send(request, again=again)
    found = [
        Finding(deviation.expected, deviation.actual, (exchange,))
        for deviation in judged(sender, exchange, model)[:1]
    ]
    return beside_nearer(sender, found, exchange, model) if again else found
