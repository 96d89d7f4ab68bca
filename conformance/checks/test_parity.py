"""Region parity: the same request to every region; data differ, behaviour must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.filter_values import unmatched
from conformance.checks.generated import generated
from conformance.checks.lists import paging
from conformance.checks.marks import requirements
from conformance.checks.regions import Pair, ask, compare, sided
from conformance.client import Request
from conformance.contract import pointer
from conformance.laws import parity as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence
    from conformance.client import Exchange


@requirements("PAR-01", "PAR-05", "PAR-02")
def test_statuses(sender: Sender, evidence: Evidence) -> None:
    """The same status and the same refusal for the same request, valid or not."""
    requests = list(generated(sender.context, sender.settings.cases))
    requests += [sender.request(("unknown", "1"))]
    requests += [sender.request((name, value)) for name, value in unmatched(sender.context)]
    if sender.operation.pagination:
        trait = paging(sender.context)
        requests += [sender.request((trait.limit, 3), (trait.limit, 5))]
        forms = sender.few(("+10", "10.0", "007", " 10"), 2)
        requests += [sender.request((trait.limit, value)) for value in forms]
        requests += [Request("GET", sender.context.path, raw_query=f"{trait.limit}=abc", headers=())]
    requests += [
        Request(sender.operation.method, sender.context.path, headers=headers)
        for headers in (
            (),
            (("Authorization", "Bearer wrong-key-0123456789abcdef"),),
            (("Authorization", "Basic e2tleX06"),),
        )
        if sender.operation.security
    ]
    requests += [Request(method, sender.context.path) for method in ("HEAD", "OPTIONS")]
    if sender.settings.unsafe:
        requests += [Request("PATCH", sender.context.path, body="{}")]
    for pair in ask(sender, requests):
        if not _matter_of_data(sender.context, pair):
            _status(sender, evidence, pair)


def _matter_of_data(context: Context, pair: Pair) -> bool:
    """What a filter value matches is a matter of data, and so is 200 against 404 (docs: errors)."""
    request = next(iter(pair.values())).request
    named = any(f"{name}=" in (request.raw_query or "") for name in context.operation.filters)
    return request.edge or (named and {exchange.status for exchange in pair.values()} <= {200, 404})


def _status(sender: Sender, evidence: Evidence, pair: Pair) -> None:
    differs = compare(sender, evidence, "PAR-01", "status", pair, lambda exchange: exchange.status)
    if differs or not all(400 <= exchange.status < 500 for exchange in pair.values()):
        return
    compare(
        sender,
        evidence,
        "PAR-05",
        "refusal (error type, challenge, Allow)",
        pair,
        lambda exchange: laws.refusal(exchange, sender.operation.errors),
    )
    if next(iter(pair.values())).request.method != "HEAD":
        compare(sender, evidence, "PAR-02", "shape of an error", pair, laws.skeleton)


@requirements("PAR-02", "PAR-04", "PAR-07", "PAR-08")
def test_shapes(sender: Sender, evidence: Evidence) -> None:
    """The same keys and types, the same order, timestamps and words; other rows."""
    trait = sender.operation.pagination
    query = trait.window(trait.maximum_size, 0) if trait else ()
    [pair] = ask(sender, [sender.request(*query, plain=True)])
    if any(not exchange.ok for exchange in pair.values()):
        evidence.unjudged("PAR-02", "a region gave no 2xx to compare")
        return
    rows = {
        name: pointer.get(exchange.json, trait.rows_pointer) if trait else [exchange.json]
        for name, exchange in pair.items()
    }
    if any(not isinstance(part, list) for part in rows.values()):
        return
    full = all(rows.values())
    _differ(sender.context, evidence, "PAR-02", pair, laws.shapes(pair, rows), 2 if full else 0)
    found = laws.orders(pair, rows) + laws.forms(pair, rows, sender.operation.row.words)
    _differ(sender.context, evidence, "PAR-04", pair, found, 1 if full else 0)
    _differ(sender.context, evidence, "PAR-08", pair, laws.headers(pair), 1)
    _residency(sender, evidence, pair, rows)


def _differ(
    context: Context, evidence: Evidence, requirement: str, pair: Pair, found: list[Finding], count: int
) -> None:
    evidence.judge(requirement, [sided(context, one, pair) for one in found], comparisons=count)


def _residency(sender: Sender, evidence: Evidence, pair: Pair, rows: dict[str, Any]) -> None:
    bases = {client.base for client in sender.clients.values()}
    if sender.settings.shared_data or len(bases) < len(sender.clients):
        evidence.unjudged("PAR-07", "the regions are configured to share their data", "not_applicable")
        return
    evidence.judge("PAR-07", laws.shared(pair, rows), rows=min(map(len, rows.values())))


@requirements("PAR-03")
def test_bounds(sender: Sender, evidence: Evidence) -> None:
    """The same defaults, and the same treatment of every bound."""
    if sender.operation.pagination is None:
        evidence.unjudged("PAR-03", "the operation has no pages", "not_applicable")
        return
    trait = paging(sender.context)
    top = trait.maximum_limit
    cases: list[Any] = [((trait.limit, value),) for value in (0, top + 1, -1, 1, top, "abc", 2**63)]
    cases += [((trait.offset, value),) for value in (0, 10**6, -1, "abc", 2**31, 2**63, 2**64)]
    cases += [((trait.limit, ""),), ((trait.offset, ""),)]
    for pair in ask(sender, [sender.request(*case) for case in sender.few(cases, 5)]):
        compare(sender, evidence, "PAR-03", "treatment", pair, lambda exchange: exchange.status)
    for pair in ask(sender, [sender.request(plain=True), sender.request((trait.limit, top + 1))]):
        evidence.judge("PAR-03", _sizes(sender.context, pair), comparisons=1)


def _sizes(context: Context, pair: Pair) -> list[Finding]:
    """How many rows a page has where there are more than it shows."""
    trait = paging(context)
    sizes: dict[str, int] = {}
    for name, exchange in pair.items():
        rows, total = pointer.get(exchange.json, trait.rows_pointer), pointer.get(exchange.json, trait.total)
        if not isinstance(rows, list) or type(total) is not int or total <= len(rows):
            return []
        sizes[name] = len(rows)
    if len(set(sizes.values())) == 1:
        return []
    return [Finding("the same number of rows", str(sizes), tuple(pair.values()))]


@requirements("PAR-06")
def test_foreign_key(sender: Sender, evidence: Evidence) -> None:
    """A key of one region is refused by the other."""
    secrets = next(iter(sender.clients.values())).secrets
    if sender.settings.shared_keys or len({secret.value for secret in secrets.values()}) < len(secrets):
        evidence.unjudged("PAR-06", "the regions share a key", "not_applicable")
        return
    for name in sender.clients:
        for other in sender.clients:
            if other != name:
                request = Request(sender.operation.method, sender.context.path, key=other)
                exchange: Exchange = sender.send(request, region=name)
                evidence.judge("PAR-06", laws.foreign(exchange, name, other), keys=1)
