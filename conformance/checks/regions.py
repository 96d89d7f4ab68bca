"""The same request to every region, and what differs between them once each one's own noise is removed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.laws import parity
from conformance.laws.response import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.laws.finding import Finding

Pair = dict[str, "Exchange"]


def ask(sender: Sender, requests: Iterable[Request], *, again: bool = False) -> list[Pair]:
    """The answers of every region to each request, in the order of the requests."""
    requests = list(requests)
    found = _each_region(sender, requests, again=again)
    return [{name: answers[index] for name, answers in found.items()} for index in range(len(requests))]


def _each_region(sender: Sender, requests: list[Request], *, again: bool) -> dict[str, Any]:
    from concurrent.futures import ThreadPoolExecutor

    names = list(sender.clients)
    with ThreadPoolExecutor(len(names)) as pool:
        found = pool.map(lambda name: sender.send_all(requests, again=again, region=name), names)
        return dict(zip(names, found, strict=True))


def compare(
    sender: Sender, evidence: Evidence, requirement: str, what: str, pair: Pair, of: Callable[[Exchange], Any]
) -> bool:
    """Judge whether a property is the same in every region; whether it differs.

    What differs between a region and itself, asked again, is noise and not compared.
    """
    if any(exchange.response is None for exchange in pair.values()):
        return False
    found = parity.differ(what, pair, of)
    if found:
        request = next(iter(pair.values())).request
        [second] = ask(sender, [request], again=True)
        steady = all(of(pair[name]) == of(second[name]) for name in pair)
        found = _shrunk(sender, what, second, of) if steady else []
        found = [sided(sender.context, one, second) for one in found]
    evidence.judge(requirement, found, comparisons=1)
    return bool(found)


def _shrunk(sender: Sender, what: str, pair: Pair, of: Callable[[Exchange], Any]) -> list[Finding]:
    """The difference under the smallest request that still shows it: parameters dropped one after another."""
    found = parity.differ(what, pair, of)
    request = next(iter(pair.values())).request
    parts = (request.raw_query or "").split("&") if request.raw_query else []
    for part in list(parts) if 1 < len(parts) <= 6 else []:
        fewer = [one for one in parts if one != part]
        [smaller] = ask(sender, [replace(request, raw_query="&".join(fewer))])
        if shrunk := parity.differ(what, smaller, of):
            found, parts = shrunk, fewer
    return found


def sided(context: Context, finding: Finding, pair: Pair) -> Finding:
    """Say which region breaks the contract, if either does: by the laws that one answer is judged by."""
    breaks = tuple(
        name
        for name, exchange in pair.items()
        if any(
            context.contract.requirements[requirement].level == "MUST" and found
            for requirement, _, found in standing(exchange, context.schemas, context.settings.latency_budget)
        )
    )
    keeps = tuple(name for name in pair if name not in breaks)
    return replace(finding, keeps=keeps, breaks=breaks)
