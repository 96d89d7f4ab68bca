"""Region parity: the same request to every region; data differ, behaviour must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.checks.generated import generated
from conformance.checks.marks import requirements
from conformance.client import Request
from conformance.contract import pointer
from conformance.laws import parity as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client import Exchange
    from conformance.subject import Subject


def _both(subject: Subject, requests: list[Request], *, again: bool = False) -> list[dict[str, Exchange]]:
    answers = {name: subject.send_all(requests, again=again, region=name) for name in subject.clients}
    return [{name: answers[name][index] for name in answers} for index in range(len(requests))]


def _compare(
    subject: Subject, requirement: str, what: str, pair: dict[str, Exchange], of: Callable[[Exchange], Any]
) -> None:
    """A difference counts only where each region, asked again, repeats itself."""
    if any(exchange.response is None for exchange in pair.values()):
        return
    found = laws.differ(what, pair, of)
    if found:
        request = next(iter(pair.values())).request
        second = _both(subject, [request], again=True)[0]
        steady = all(of(pair[name]) == of(second[name]) for name in pair)
        found = laws.differ(what, second, of) if steady else []
    subject.judge(requirement, found, comparisons=1)


@requirements("PAR-01", "PAR-05")
def test_statuses(subject: Subject) -> None:
    """The same status and the same refusal for the same request, valid or not."""
    filters = set(subject.operation.filters)
    requests = generated(subject, subject.settings.cases)
    for pair in _both(subject, requests):
        request = next(iter(pair.values())).request
        # What a filter value matches is a matter of data, and so is 200 against 404.
        named = any(f"{name}=" in (request.raw_query or "") for name in filters)
        statuses = {exchange.status for exchange in pair.values()}
        if (named and statuses <= {200, 404}) or request.edge:
            continue
        _compare(subject, "PAR-01", "status", pair, lambda exchange: exchange.status)
        if all(400 <= exchange.status < 500 for exchange in pair.values()):
            _compare(
                subject,
                "PAR-05",
                "error type and challenge",
                pair,
                lambda exchange: laws.refusal(exchange, subject.contract.error_type),
            )
    if subject.operation.bearer:
        path = subject.operation.plain_path or subject.operation.path
        for headers in (
            (),
            (("Authorization", "Bearer wrong-key-0123456789abcdef"),),
            (("Authorization", "Basic e2tleX06"),),
        ):
            pair = _both(subject, [Request(subject.operation.method, path, headers=headers, exact=True)])[0]
            _compare(subject, "PAR-01", "status", pair, lambda exchange: exchange.status)
            _compare(
                subject,
                "PAR-05",
                "error type and challenge",
                pair,
                lambda exchange: laws.refusal(exchange, subject.contract.error_type),
            )


@requirements("PAR-02", "PAR-04", "PAR-07", "PAR-08")
def test_shapes(subject: Subject) -> None:
    """The same keys and types, the same order, timestamps and words; other rows."""
    paging = subject.operation.pagination
    query = ((paging.limit, paging.maximum_limit), (paging.offset, 0)) if paging else ()
    pair = _both(subject, [subject.request(*query)])[0]
    if any(not exchange.ok for exchange in pair.values()):
        subject.inconclusive("PAR-02", "a region gave no 2xx to compare")
        return
    rows = {
        name: pointer.get(exchange.json, paging.items) if paging else [exchange.json]
        for name, exchange in pair.items()
    }
    if any(not isinstance(part, list) for part in rows.values()):
        return
    subject.judge("PAR-02", laws.shapes(pair, rows), comparisons=2 if all(rows.values()) else 0)
    subject.judge(
        "PAR-04",
        laws.orders(pair, rows) + laws.forms(pair, rows, subject.operation.words),
        comparisons=1 if all(rows.values()) else 0,
    )
    subject.judge("PAR-08", laws.headers(pair), comparisons=1)
    if subject.settings.shared_data or len({client.base for client in subject.clients.values()}) < len(
        subject.clients
    ):
        subject.inconclusive("PAR-07", "the regions are configured to share their data", "not_applicable")
    else:
        subject.judge("PAR-07", laws.shared(pair, rows), rows=min(map(len, rows.values())))


@requirements("PAR-03")
def test_bounds(subject: Subject) -> None:
    """The same defaults, and the same treatment of every bound."""
    paging = subject.operation.pagination
    if paging is None:
        subject.inconclusive("PAR-03", "the operation has no pages", "not_applicable")
        return
    cases = [
        ((paging.limit, value),)
        for value in (0, -1, 1, paging.maximum_limit, paging.maximum_limit + 1, 10**6, "abc", 2**64)
    ]
    cases += [((paging.offset, value),) for value in (0, -1, 10**6, "abc", 2**64)]
    for pair in _both(subject, [subject.request(*case) for case in cases]):
        _compare(subject, "PAR-03", "treatment", pair, lambda exchange: exchange.status)
    plain = _both(
        subject, [subject.request(plain=True), subject.request((paging.limit, paging.maximum_limit + 1))]
    )
    for pair in plain:
        pages = {
            name: (pointer.get(e.json, paging.items), pointer.get(e.json, paging.total))
            for name, e in pair.items()
        }
        full = all(
            isinstance(rows, list) and isinstance(total, int) and total > len(rows)
            for rows, total in pages.values()
        )
        sizes = {name: len(rows) for name, (rows, _) in pages.items()} if full else {}
        found = (
            [Finding("the same number of rows", str(sizes), tuple(pair.values()))]
            if len(set(sizes.values())) > 1
            else []
        )
        subject.judge("PAR-03", found, comparisons=1)


@requirements("PAR-06")
def test_foreign_key(subject: Subject) -> None:
    """A key of one region is refused by the other."""
    secrets = next(iter(subject.clients.values())).secrets
    if subject.settings.shared_keys or len({secret.value for secret in secrets.values()}) < len(secrets):
        subject.inconclusive("PAR-06", "the regions share a key", "not_applicable")
        return
    for name in subject.clients:
        for other in subject.clients:
            if other != name:
                path = subject.operation.plain_path or subject.operation.path
                exchange = subject.send(
                    Request(subject.operation.method, path, key=other, exact=True), region=name
                )
                found = (
                    [
                        Finding(
                            f"401 from {name} for the key of {other}",
                            f"status {exchange.status}",
                            (exchange,),
                        )
                    ]
                    if exchange.ok
                    else []
                )
                subject.judge("PAR-06", found, keys=1)
