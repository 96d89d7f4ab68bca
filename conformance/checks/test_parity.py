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
    from conformance.checks.context import Subject
    from conformance.client import Exchange


@requirements("PAR-01", "PAR-05", "PAR-02")
def test_statuses(subject: Subject) -> None:
    """The same status and the same refusal for the same request, valid or not."""
    requests = list(generated(subject, subject.settings.cases))
    requests += [subject.request(("unknown", "1"))]
    requests += [subject.request((name, value)) for name, value in unmatched(subject)]
    if subject.operation.pagination:
        trait = paging(subject)
        requests += [subject.request((trait.limit, 3), (trait.limit, 5))]
        forms = subject.few(("+10", "10.0", "007", " 10"), 2)
        requests += [subject.request((trait.limit, value)) for value in forms]
        requests += [Request("GET", subject.path, raw_query=f"{trait.limit}=abc", headers=())]
    requests += [
        Request(subject.operation.method, subject.path, headers=headers)
        for headers in (
            (),
            (("Authorization", "Bearer wrong-key-0123456789abcdef"),),
            (("Authorization", "Basic e2tleX06"),),
        )
        if subject.operation.bearer
    ]
    requests += [Request(method, subject.path) for method in ("HEAD", "OPTIONS")]
    if subject.settings.unsafe:
        requests += [Request("PATCH", subject.path, body="{}")]
    for pair in ask(subject, requests):
        if not _matter_of_data(subject, pair):
            _status(subject, pair)


def _matter_of_data(subject: Subject, pair: Pair) -> bool:
    """What a filter value matches is a matter of data, and so is 200 against 404 (docs: errors)."""
    request = next(iter(pair.values())).request
    named = any(f"{name}=" in (request.raw_query or "") for name in subject.operation.filters)
    return request.edge or (named and {exchange.status for exchange in pair.values()} <= {200, 404})


def _status(subject: Subject, pair: Pair) -> None:
    differs = compare(subject, "PAR-01", "status", pair, lambda exchange: exchange.status)
    if differs or not all(400 <= exchange.status < 500 for exchange in pair.values()):
        return
    compare(
        subject,
        "PAR-05",
        "refusal (error type, challenge, Allow)",
        pair,
        lambda exchange: laws.refusal(exchange, subject.contract.error_type),
    )
    if next(iter(pair.values())).request.method != "HEAD":
        compare(subject, "PAR-02", "shape of an error", pair, laws.skeleton)


@requirements("PAR-02", "PAR-04", "PAR-07", "PAR-08")
def test_shapes(subject: Subject) -> None:
    """The same keys and types, the same order, timestamps and words; other rows."""
    trait = subject.operation.pagination
    query = ((trait.limit, trait.maximum_limit), (trait.offset, 0)) if trait else ()
    [pair] = ask(subject, [subject.request(*query, plain=True)])
    if any(not exchange.ok for exchange in pair.values()):
        subject.unjudged("PAR-02", "a region gave no 2xx to compare")
        return
    rows = {
        name: pointer.get(exchange.json, trait.items) if trait else [exchange.json]
        for name, exchange in pair.items()
    }
    if any(not isinstance(part, list) for part in rows.values()):
        return
    full = all(rows.values())
    _differ(subject, "PAR-02", pair, laws.shapes(pair, rows), 2 if full else 0)
    found = laws.orders(pair, rows) + laws.forms(pair, rows, subject.operation.words)
    _differ(subject, "PAR-04", pair, found, 1 if full else 0)
    _differ(subject, "PAR-08", pair, laws.headers(pair), 1)
    _residency(subject, pair, rows)


def _differ(subject: Subject, requirement: str, pair: Pair, found: list[Finding], count: int) -> None:
    subject.judge(requirement, [sided(subject, one, pair) for one in found], comparisons=count)


def _residency(subject: Subject, pair: Pair, rows: dict[str, Any]) -> None:
    bases = {client.base for client in subject.clients.values()}
    if subject.settings.shared_data or len(bases) < len(subject.clients):
        subject.unjudged("PAR-07", "the regions are configured to share their data", "not_applicable")
        return
    subject.judge("PAR-07", laws.shared(pair, rows), rows=min(map(len, rows.values())))


@requirements("PAR-03")
def test_bounds(subject: Subject) -> None:
    """The same defaults, and the same treatment of every bound."""
    if subject.operation.pagination is None:
        subject.unjudged("PAR-03", "the operation has no pages", "not_applicable")
        return
    trait = paging(subject)
    top = trait.maximum_limit
    cases: list[Any] = [((trait.limit, value),) for value in (0, top + 1, -1, 1, top, "abc", 2**63)]
    cases += [((trait.offset, value),) for value in (0, 10**6, -1, "abc", 2**31, 2**63, 2**64)]
    cases += [((trait.limit, ""),), ((trait.offset, ""),)]
    for pair in ask(subject, [subject.request(*case) for case in subject.few(cases, 5)]):
        compare(subject, "PAR-03", "treatment", pair, lambda exchange: exchange.status)
    for pair in ask(subject, [subject.request(plain=True), subject.request((trait.limit, top + 1))]):
        subject.judge("PAR-03", _sizes(subject, pair), comparisons=1)


def _sizes(subject: Subject, pair: Pair) -> list[Finding]:
    """How many rows a page has where there are more than it shows."""
    trait = paging(subject)
    sizes: dict[str, int] = {}
    for name, exchange in pair.items():
        rows, total = pointer.get(exchange.json, trait.items), pointer.get(exchange.json, trait.total)
        if not isinstance(rows, list) or type(total) is not int or total <= len(rows):
            return []
        sizes[name] = len(rows)
    if len(set(sizes.values())) == 1:
        return []
    return [Finding("the same number of rows", str(sizes), tuple(pair.values()))]


@requirements("PAR-06")
def test_foreign_key(subject: Subject) -> None:
    """A key of one region is refused by the other."""
    secrets = next(iter(subject.clients.values())).secrets
    if subject.settings.shared_keys or len({secret.value for secret in secrets.values()}) < len(secrets):
        subject.unjudged("PAR-06", "the regions share a key", "not_applicable")
        return
    for name in subject.clients:
        for other in subject.clients:
            if other != name:
                request = Request(subject.operation.method, subject.path, key=other)
                exchange: Exchange = subject.send(request, region=name)
                subject.judge("PAR-06", laws.foreign(exchange, name, other), keys=1)
