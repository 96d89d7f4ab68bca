"""Robustness: methods, unknown and broken parameters, the published samples."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import confirm, windows_differ
from conformance.checks.filter_values import values
from conformance.checks.lists import page, paging
from conformance.checks.marks import requirements
from conformance.client import Request
from conformance.laws import pages as page_laws
from conformance.laws import robustness as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.checks.context import Context, Sender
    from conformance.checks.evidence import Evidence

SAFE = ("OPTIONS", "TRACE", "PROPFIND")
UNSAFE = ("DELETE", "POST", "PUT", "PATCH")
# `*` stands for each query parameter that the document has; the first ones tell the most.
QUERIES = {
    "unknown": "unknown=1",
    "with NUL": "q=%00",
    "with bad percent-encoding": "q=%zz",
    "of names alone": "flag&&other",
    "not UTF-8": "q=%ff%fe",
    "of 4 kB": "q=" + "a" * 4_000,
    "of 200 parameters": "&".join(f"p{i}=1" for i in range(200)),
    "of 30 kB": "q=" + "a" * 30_000,
    "of brackets": "a[b][c]=1",
    "NUL in a parameter": "*=%00",
    "bad percent-encoding in a parameter": "*=%zz",
    "not UTF-8 in a parameter": "*=%ff",
}
# What only the application sees; all else a server's HTTP layer may refuse by itself, in its own form.
PLAIN = ("unknown", "of names alone", "of 200 parameters", "of brackets")
UNSEEN = "does-not-exist-7f3a"


@requirements("ROB-01")
def test_methods(sender: Sender, evidence: Evidence) -> None:
    """Methods that the path does not have are refused, and change nothing."""
    item = sender.contract.resolve(sender.contract.document["paths"][sender.operation.path])
    unsafe = [name for name in UNSAFE if sender.settings.unsafe and name.lower() not in item]
    safe = [name for name in SAFE if name.lower() not in item]
    methods = [*sender.few(safe, 2 if unsafe else 3), *sender.few(unsafe, 1)]
    if unsafe and sender.operation.pagination and sender.settings.profile != "smoke":
        # Rows that went just once may have gone by themselves.
        experiment, never = partial(_changes, sender, unsafe), lambda changes: False
        confirm(sender, evidence, "ROB-01", experiment, inherent=True, exceeds=never, methods=len(unsafe))
    for exchange in sender.send_all(_without(sender.context, name) for name in methods):
        evidence.judge("ROB-01", laws.method_refused(exchange), methods=1)


def _without(context: Context, method: str) -> Request:
    return Request(method, context.path, body="{}" if method in UNSAFE else None)


def _changes(sender: Sender, methods: list[str], _again: bool) -> list[Finding]:
    """Rows that were there right before refused requests, and are not right after."""
    before = _head(sender)
    # At once: the less time goes by, the fewer rows go for other reasons.
    answers = sender.send_all(_without(sender.context, method) for method in methods)
    after = _head(sender)
    gone = before - after
    # Where rows go without being told to, one that went just now says nothing.
    if not gone or any(one.ok for one in answers) or after - _head(sender):
        return []
    text = f"rows {', '.join(map(repr, sorted(gone, key=str)[:3]))} are gone"
    return [Finding(f"nothing changed by a refused {', '.join(methods)}", text, tuple(answers))]


def _head(sender: Sender) -> set[object]:
    """The first rows as they are now: what a method changes by mistake is as a rule among them."""
    first = page(sender, paging(sender.context).maximum_limit, 0, again=True)
    return set(first.ids) if first else set()


@requirements("ROB-02", "ROB-03", "PAG-13", "FIL-06")
def test_queries(sender: Sender, evidence: Evidence) -> None:
    """Unknown parameters, long queries, NUL and bad percent-encoding never give a 5xx."""
    names = [one["name"] for one in sender.operation.parameters if one.get("in") == "query"]
    asked = [
        (what, query.replace("*", name))
        for what, query in QUERIES.items()
        for name in (names if "*" in query else [""])
    ]
    asked = list(sender.few(asked, 5))
    requests = [
        Request(sender.operation.method, sender.context.path, raw_query=query, edge=what not in PLAIN)
        for what, query in asked
    ]
    for (what, query), exchange in zip(asked, sender.send_all(requests), strict=True):
        requirement = _of(sender.context, query.split("=")[0])
        counts: dict[str, Any] = {"requests" if requirement == "ROB-02" else "values": 1}
        evidence.judge(requirement, laws.no_failure(exchange, what), **counts)
    if sender.operation.pagination:
        trait = paging(sender.context)
        sender.send_all([sender.request((trait.limit, "abc")), sender.request((trait.offset, "abc"))])
    sender.send(Request("GET", f"{sender.context.path.rstrip('/')}/-/{UNSEEN}"))


def _of(context: Context, name: str) -> str:
    """Whose law a broken value of a parameter is: a filter's, the window's, or nobody's in particular."""
    trait = context.operation.pagination
    if name in context.operation.filters:
        return "FIL-06"
    if trait and any(parameter.name == name for parameter in trait.parameters):
        return "PAG-13"
    return "ROB-02"


@requirements("ROB-04")
def test_published_samples(sender: Sender, evidence: Evidence) -> None:
    """A GET with the body {} gets the plain GET's answer, as the published code samples send it."""
    if sender.operation.pagination:
        # A body that is read for parameters may hide any of them.
        filters = [
            (name, str(value))
            for name, place in sender.operation.filters.items()
            for value in values(sender, place)[:1]
        ]
        windows = [(), (*filters, (paging(sender.context).limit, "5"), (paging(sender.context).offset, "2"))]
        for query in sender.few(windows, 1):
            experiment = partial(_sample, sender, query)
            confirm(
                sender,
                evidence,
                "ROB-04",
                experiment,
                exceeds=partial(windows_differ, sender.context, experiment),
                comparisons=1,
            )
    else:
        evidence.judge("ROB-04", _sample(sender, (), False), comparisons=1)


def _sample(sender: Sender, query: tuple[tuple[str, str], ...], again: bool) -> list[Finding]:
    headers = (("Authorization", "Bearer {key}"), ("Content-Type", "application/json"))
    asked = [sender.request(*query, plain=True), sender.request(*query, headers=headers, body="{}")]
    plain, sample = sender.send_all(asked, again=again)
    what = "without the body {}"
    found = laws.same_answer(plain, sample, what)
    if found or not sender.operation.pagination:
        return found
    one, other = (page_laws.read_page(exchange, sender.operation, 0, 0) for exchange in (sample, plain))
    return page_laws.same_page(one, other, what) if one and other else []


@requirements("ROB-05", "ROB-06")
def test_plain_requests(sender: Sender) -> None:
    """Plain valid requests keep being answered; the standing laws judge each of the run."""
    # Lists are asked for hundreds of times by other checks.
    if not sender.operation.pagination:
        times = 10 if sender.settings.profile == "smoke" else 40
        sender.send_all([sender.request(plain=True)] * times, again=True)
