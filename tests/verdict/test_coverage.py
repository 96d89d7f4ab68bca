"""Coverage: how many operations a run asked, and why not the others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.operation import NO_VALUE, OF_CREATED
from conformance.plan import ONE_REGION
from conformance.verdict.coverage import coverage_of


@dataclass
class Named:
    id: str


@dataclass
class Came:
    operation: str
    outcome: str
    message: str = ""


@dataclass
class Concluded:
    operations: list[Named]
    results: list[Came] = field(default_factory=list)
    config: dict[str, str] = field(default_factory=dict)
    runs: tuple[str, ...] = ()
    asked: frozenset[str] = frozenset()


def said(operations: list[str], *results: Came) -> str | None:
    return coverage_of(cast("Any", Concluded([Named(name) for name in operations], list(results))))


def test_a_run_that_asked_everything_says_nothing() -> None:
    """Where each operation has a result that was judged there is nothing to say."""
    assert said(["a"], Came("a", "passed"), Came("a", "not_applicable", "x")) is None


def test_what_a_law_of_writes_asked_was_asked() -> None:
    """No requirement is judged on a DELETE, though what the run created was deleted by it."""
    results = [
        Came("a", "passed"),
        Came("b", "not_applicable", f"{OF_CREATED}a creates is deleted"),
    ]
    report = Concluded([Named("a"), Named("b")], results)
    assert (coverage_of(cast("Any", report)) or "").startswith("asked 1 of 2 operations")
    report.asked = frozenset({"b"})
    assert coverage_of(cast("Any", report)) is None


def test_what_was_not_asked_is_counted_by_reason() -> None:
    """The reason is that of the operation, not that of a requirement without its trait."""
    no_trait = "the operation has no trait pagination"
    no_value = "the document gives no value for {id}"
    results = [
        Came("a", "passed"),
        Came("b", "not_applicable", no_trait),
        Came("b", "not_applicable", no_value),
        Came("c", "not_applicable", f"{NO_VALUE}{{id}}, {{slug}}"),
        Came("d", "not_applicable", "a request could change state"),
    ]
    assert said(["a", "b", "c", "d"], *results) == (
        "asked 1 of 4 operations; not asked: 2 because the document gives no value for {id}, {slug}, "
        "1 because a request could change state"
    )


@given(st.lists(st.sampled_from("abcdef"), unique=True, min_size=1), st.integers(0, 6))
def test_the_counts_add_up(names: list[str], asked: int) -> None:
    """Whatever was asked, the numbers are those of the document."""
    results = [Came(name, "failed") for name in names[:asked]]
    sentence = said(names, *results)
    if asked >= len(names):
        assert sentence is None
    else:
        assert sentence is not None
        assert sentence.startswith(f"asked {min(asked, len(names))} of {len(names)} operation")


def test_a_shard_names_what_the_others_ask() -> None:
    """That there is one region alone keeps parity out, not the operation; a merge has them all."""
    results = [Came("a", "passed"), Came("b", "not_applicable", ONE_REGION)]
    report = Concluded([Named("a"), Named("b")], results, {"shard": "1/2"})
    said_of_shard = coverage_of(cast("Any", report))
    assert said_of_shard == (
        "asked 1 of 2 operations; not asked: 1 because this shard has none of their checks"
    )
    report.runs = ("one", "two")
    assert (coverage_of(cast("Any", report)) or "").endswith(f"1 because {ONE_REGION}")
