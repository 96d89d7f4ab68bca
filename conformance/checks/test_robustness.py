"""Robustness: methods, unknown and broken parameters, the published samples."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from conformance.checks.confirm import apart, settle
from conformance.checks.filter_values import values
from conformance.checks.lists import page, paging
from conformance.checks.marks import requirements
from conformance.client import Request
from conformance.laws import pages as page_laws
from conformance.laws import robustness as laws
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.checks.context import Subject

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
def test_methods(subject: Subject) -> None:
    """Methods that the path does not have are refused, and change nothing."""
    item = subject.contract.resolve(subject.contract.document["paths"][subject.operation.path])
    unsafe = [name for name in UNSAFE if subject.settings.unsafe and name.lower() not in item]
    safe = [name for name in SAFE if name.lower() not in item]
    methods = [*subject.few(safe, 2), *subject.few(unsafe, 1)]
    if unsafe and subject.operation.pagination and subject.settings.profile != "smoke":
        # Rows that went just once may have gone by themselves.
        experiment, never = partial(_changes, subject, unsafe), lambda changes: False
        settle(subject, "ROB-01", experiment, inherent=True, beyond=never, methods=len(unsafe))
    for exchange in subject.send_all(_without(subject, name) for name in methods):
        subject.judge("ROB-01", laws.method_refused(exchange), methods=1)


def _without(subject: Subject, method: str) -> Request:
    return Request(method, subject.path, body="{}" if method in UNSAFE else None)


def _changes(subject: Subject, methods: list[str], _again: bool) -> list[Finding]:
    """Rows that were there right before refused requests, and are not right after."""
    before = _head(subject)
    # At once: the less time goes by, the fewer rows go for other reasons.
    answers = subject.send_all(_without(subject, method) for method in methods)
    after = _head(subject)
    gone = before - after
    # Where rows go without being told to, one that went just now says nothing.
    if not gone or any(one.ok for one in answers) or after - _head(subject):
        return []
    text = f"rows {', '.join(map(repr, sorted(gone, key=str)[:3]))} are gone"
    return [Finding(f"nothing changed by a refused {', '.join(methods)}", text, tuple(answers))]


def _head(subject: Subject) -> set[object]:
    """The first rows as they are now: what a method changes by mistake is as a rule among them."""
    first = page(subject, paging(subject).maximum_limit, 0, again=True)
    return set(first.ids) if first else set()


@requirements("ROB-02", "ROB-03", "PAG-13", "FIL-06")
def test_queries(subject: Subject) -> None:
    """Unknown parameters, long queries, NUL and bad percent-encoding never give a 5xx."""
    names = [one["name"] for one in subject.operation.parameters if one.get("in") == "query"]
    asked = [
        (what, query.replace("*", name))
        for what, query in QUERIES.items()
        for name in (names if "*" in query else [""])
    ]
    asked = list(subject.few(asked, 5))
    requests = [
        Request(subject.operation.method, subject.path, raw_query=query, edge=what not in PLAIN)
        for what, query in asked
    ]
    for (what, query), exchange in zip(asked, subject.send_all(requests), strict=True):
        requirement = _of(subject, query.split("=")[0])
        evidence: dict[str, Any] = {"requests" if requirement == "ROB-02" else "values": 1}
        subject.judge(requirement, laws.no_failure(exchange, what), **evidence)
    if subject.operation.pagination:
        trait = paging(subject)
        subject.send_all([subject.request((trait.limit, "abc")), subject.request((trait.offset, "abc"))])
    subject.send(Request("GET", f"{subject.path.rstrip('/')}/-/{UNSEEN}"))


def _of(subject: Subject, name: str) -> str:
    """Whose law a broken value of a parameter is: a filter's, the window's, or nobody's in particular."""
    trait = subject.operation.pagination
    if name in subject.operation.filters:
        return "FIL-06"
    return "PAG-13" if trait and name in (trait.limit, trait.offset) else "ROB-02"


@requirements("ROB-04")
def test_published_samples(subject: Subject) -> None:
    """A GET with the body {} gets the plain GET's answer, as the published code samples send it."""
    if subject.operation.pagination:
        # A body that is read for parameters may hide any of them.
        filters = [
            (name, str(value))
            for name, place in subject.operation.filters.items()
            for value in values(subject, place)[:1]
        ]
        windows = [(), (*filters, (paging(subject).limit, "5"), (paging(subject).offset, "2"))]
        for query in subject.few(windows, 1):
            experiment = partial(_sample, subject, query)
            settle(subject, "ROB-04", experiment, beyond=partial(apart, subject, experiment), comparisons=1)
    else:
        subject.judge("ROB-04", _sample(subject, (), False), comparisons=1)


def _sample(subject: Subject, query: tuple[tuple[str, str], ...], again: bool) -> list[Finding]:
    headers = (("Authorization", "Bearer {key}"), ("Content-Type", "application/json"))
    asked = [subject.request(*query, plain=True), subject.request(*query, headers=headers, body="{}")]
    plain, sample = subject.send_all(asked, again=again)
    what = "without the body {}"
    found = laws.same_answer(plain, sample, what)
    if found or not subject.operation.pagination:
        return found
    one, other = (page_laws.read_page(exchange, subject.operation, 0, 0) for exchange in (sample, plain))
    return page_laws.same_page(one, other, what) if one and other else []


@requirements("ROB-05", "ROB-06")
def test_plain_requests(subject: Subject) -> None:
    """Plain valid requests keep being answered; the standing laws judge each of the run."""
    # Lists are asked for hundreds of times by other checks.
    if not subject.operation.pagination:
        times = 10 if subject.settings.profile == "smoke" else 40
        subject.send_all([subject.request(plain=True)] * times, again=True)
