"""The same request to every region, and what differs between them once each one's own noise is
removed.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.laws import parity
from conformance.laws.pages import STATUS
from conformance.laws.response import judge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange, Request
    from conformance.laws.finding import Finding

Pair = dict[str, "Exchange"]
"""The answers to one request, by region."""

PARTS = 6  # parameters of a request that are left out one after another; more are not worth the requests


def ask(sender: Sender, requests: Iterable[Request], *, again: bool = False) -> list[Pair]:
    """The answers of every region to each request, in the order of the requests."""
    requests = list(requests)
    answers = _each_region(sender, requests, again=again)
    return [{region: of[index] for region, of in answers.items()} for index in range(len(requests))]


def _each_region(
    sender: Sender, requests: list[Request], *, again: bool
) -> dict[str, list[Exchange]]:
    regions = list(sender.clients)
    with ThreadPoolExecutor(len(regions)) as pool:
        answers = pool.map(
            lambda region: sender.send_all(requests, again=again, region=region), regions
        )
        return dict(zip(regions, answers, strict=True))


def request_of(pair: Pair) -> Request:
    """The request that every region was asked."""
    return next(iter(pair.values())).request


def compare(
    sender: Sender,
    evidence: Evidence,
    requirement: str,
    what: str,
    pair: Pair,
    of: Callable[[Exchange], Any],
    at: str | None = None,
) -> bool:
    """Judge whether a property is the same in every region; whether it differs.

    `at` is its place in the answer, where it is one. What differs between a region and itself, asked
    again, is noise and not compared.
    """
    if any(exchange.response is None for exchange in pair.values()):
        return False
    if not parity.differ(what, pair, of):
        evidence.judge(requirement, [], comparisons=1)
        return False

    [second] = ask(sender, [request_of(pair)], again=True)
    is_steady = all(of(pair[region]) == of(second[region]) for region in pair)
    findings = _smallest(sender, what, second, of) if is_steady else []
    sides = [replace(with_sides(sender.context, each, second), at=at) for each in findings]
    evidence.judge(requirement, sides, comparisons=1)
    return bool(sides)


def compare_status(
    sender: Sender, evidence: Evidence, requirement: str, what: str, pair: Pair
) -> bool:
    """The same of the status, which no deviation in a body explains."""
    return compare(sender, evidence, requirement, what, pair, lambda one: one.status, STATUS)


def _smallest(
    sender: Sender, what: str, pair: Pair, of: Callable[[Exchange], Any]
) -> list[Finding]:
    """The difference under the smallest request that still shows it: parameters dropped one after
    another.
    """
    findings = parity.differ(what, pair, of)
    request = request_of(pair)
    parameters = request.query_string.split("&")
    if not 1 < len(parameters) <= PARTS:
        return findings

    for parameter in list(parameters):
        fewer = [kept for kept in parameters if kept != parameter]
        [smaller] = ask(sender, [replace(request, query=(), raw_query="&".join(fewer))])
        still = parity.differ(what, smaller, of)
        if still:
            findings, parameters = still, fewer
    return findings


def with_sides(context: Context, finding: Finding, pair: Pair) -> Finding:
    """Say which regions break the contract, and which keep it: by the laws that one answer is
    judged by.
    """
    breaks = tuple(region for region, exchange in pair.items() if _breaks_a_must(context, exchange))
    keeps = tuple(region for region in pair if region not in breaks)
    return replace(finding, keeps=keeps, breaks=breaks)


def _breaks_a_must(context: Context, exchange: Exchange) -> bool:
    catalogue = context.contract.requirements
    judged = judge(exchange, context.schemas, context.settings.latency_budget)
    return any(
        catalogue[requirement].level == "MUST" and findings for requirement, _, findings in judged
    )
