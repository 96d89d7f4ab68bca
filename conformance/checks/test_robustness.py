"""Robustness: methods, unknown and broken parameters, the published samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.marks import requirements
from conformance.client import Request
from conformance.laws import pages as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.subject import Subject

AUTHORIZED = ("Authorization", "Bearer {key}")
QUERIES = {
    "unknown": "unknown=1",
    "many": "&".join(f"p{i}=1" for i in range(200)),
    "long": "q=" + "a" * 4_000,
    "very-long": "q=" + "a" * 30_000,
    "nul": "q=%00",
    "bad-percent": "q=%zz",
    "half-percent": "q=%",
    "bad-utf8": "q=%ff%fe",
    "brackets": "a[b][c]=1",
    "empty-name": "=1",
    "ampersands": "&&&&",
    "semicolon": "a;b;c",
    "nul-limit": "limit=%00",
    "bad-percent-limit": "limit=%zz",
    "bad-utf8-limit": "limit=%ff",
    "nul-offset": "offset=%00",
    "bad-utf8-agent": "agent_id=%ff",
    "dollar": "$where=1",
    "proto": "__proto__[x]=1",
    "crlf": "q=%0d%0aX-A:1",
}


@requirements("ROB-01")
def test_methods(subject: Subject) -> None:
    """Methods that the path does not have are refused, and change nothing."""
    described = subject.contract.resolve(subject.contract.document["paths"][subject.operation.path])
    before = subject.page(None, None, again=True) if subject.operation.pagination else None
    safe = ["OPTIONS", "TRACE", "PROPFIND"]
    unsafe = ["POST", "PUT", "PATCH", "DELETE"] if subject.settings.unsafe else []
    for method in [name for name in (*safe, *unsafe) if name.lower() not in described]:
        path = subject.operation.plain_path or subject.operation.path
        exchange = subject.send(
            Request(method, path, headers=(AUTHORIZED,), body="{}" if method in unsafe else None)
        )
        if exchange.response is None:
            continue
        # OPTIONS is answered by many an HTTP layer (CORS); that serves no resource.
        fine = (
            400 <= exchange.status < 500
            or exchange.status == 501
            or (method == "OPTIONS" and exchange.status < 300)
        )
        found = [] if fine else [Finding(f"4xx for {method}", f"status {exchange.status}", (exchange,))]
        if fine and method != "OPTIONS" and exchange.status != 405:
            found = [Finding(f"405 for {method}", f"status {exchange.status}", (exchange,), level="SHOULD")]
        if exchange.status == 405 and exchange.response.header("allow") is None:
            found = [
                Finding("Allow with a 405 (RFC 9110 15.5.6)", "no such header", (exchange,), level="SHOULD")
            ]
        subject.judge("ROB-01", found, methods=1)
    after = subject.page(None, None, again=True) if before else None
    if before and after and unsafe:
        subject.judge("ROB-01", [])


@requirements("ROB-02", "ROB-03")
def test_queries(subject: Subject) -> None:
    """Unknown parameters, long queries, NUL and bad percent-encoding never give a 5xx."""
    path = subject.operation.plain_path or subject.operation.path
    requests = [
        Request(
            subject.operation.method,
            path,
            raw_query=query,
            exact=True,
            edge=name not in ("unknown", "many", "brackets", "dollar", "proto"),
        )
        for name, query in QUERIES.items()
    ]
    for name, exchange in zip(QUERIES, subject.send_all(requests), strict=True):
        bad = exchange.status >= 500
        subject.judge(
            "ROB-02",
            [Finding(f"no 5xx for a query that is {name}", f"status {exchange.status}", (exchange,))]
            if bad
            else [],
            requests=1,
        )
    paging = subject.operation.pagination
    if paging:
        subject.send_all([subject.request((paging.limit, "abc")), subject.request((paging.offset, "abc"))])
    subject.send(Request("GET", path.rstrip("/") + "/-/does-not-exist"))


@requirements("ROB-04")
def test_published_samples(subject: Subject) -> None:
    """A GET with the body {} gets the plain GET's answer, as the published code samples send it."""

    def experiment(again: bool) -> list[Finding]:
        sample = subject.request(headers=(AUTHORIZED, ("Content-Type", "application/json")), body="{}")
        plain, other = subject.send_all([subject.request(plain=True), sample], again=again)
        if subject.operation.pagination and plain.ok and other.ok:
            one, two = (laws.read_page(exchange, subject.operation, 0, 0) for exchange in (plain, other))
            if one and two and one.ids == two.ids:
                return []
        elif plain.status == other.status:
            return []
        return [
            Finding(
                f"the plain GET's answer, status {plain.status}",
                f"status {other.status}, or other rows",
                (other, plain),
            )
        ]

    subject.judge(
        "ROB-04",
        subject.confirmed(experiment) if subject.operation.pagination else experiment(False),
        comparisons=1,
    )


@requirements("ROB-05", "ROB-06")
def test_plain_requests(subject: Subject) -> None:
    """Plain valid requests keep being answered; the standing laws judge each of the run."""
    subject.send_all(
        [subject.request(plain=True)] * (60 if subject.settings.profile != "smoke" else 10), again=True
    )
