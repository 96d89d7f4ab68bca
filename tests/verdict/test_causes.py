"""Explanations: which failure names which, by shared requests alone, and never in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.events.model import Finding, Requirement
from conformance.verdict.causes import with_causes
from conformance.verdict.report import Result

if TYPE_CHECKING:
    from conformance.events.model import Area
    from conformance.verdict.report import Outcome


def requirement(
    name: str,
    area: Area = "pagination",
    *,
    explained_by: tuple[str, ...] = (),
    fatal: bool = False,
) -> Requirement:
    return Requirement(
        name, "MUST", area, f"{name} is kept", "law", explained_by=explained_by, fatal=fatal
    )


def finding(*asked: str, at: str | None = None) -> Finding:
    return Finding(expected="a", actual="b", level="MUST", exchanges=asked, asked=asked, at=at)


def result(
    name: str,
    region: str | None = "india",
    outcome: Outcome = "failed",
    *findings: Finding,
    operation: str = "list",
    unlisted: tuple[tuple[str, ...], ...] = (),
    observed: int = 100,
) -> Result:
    evidence = {"answers": observed}
    return Result(
        name,
        "MUST",
        "pagination",
        operation,
        region,
        outcome,
        "why",
        evidence,
        {},
        findings,
        omitted=len(unlisted),
        unlisted=unlisted,
    )


def seen(name: str, *requests: str, at: str | None = None) -> Result:
    """A failure with a finding for each request."""
    return result(name, "india", "failed", *(finding(request, at=at) for request in requests))


def causes(requirements: list[Requirement], *results: Result) -> dict[str, tuple[str, ...]]:
    catalogue = {entry.id: entry for entry in requirements}
    return {found.requirement: found.caused_by for found in with_causes(list(results), catalogue)}


BASIC = requirement("A")
EXPLAINED = requirement("B", explained_by=("A*", "F"))
PARITY = requirement("P", "parity", explained_by=("A",))
FATAL = requirement("F", fatal=True)


def test_a_shared_request_explains() -> None:
    """The more basic failure was seen in the answer to the same request."""
    assert causes([BASIC, EXPLAINED], seen("A", "x1"), seen("B", "x1")) == {"A": (), "B": ("A",)}


def test_other_requests_do_not_explain() -> None:
    """Two failures seen apart are two problems."""
    assert causes([BASIC, EXPLAINED], seen("A", "x1"), seen("B", "x2"))["B"] == ()


def test_one_finding_of_its_own_is_enough_to_stand() -> None:
    """A failure of which one finding is left over is a problem of its own."""
    found = causes([BASIC, EXPLAINED], seen("A", "x1"), seen("B", "x1", "x2"))
    assert found["B"] == ()


def test_findings_that_are_not_listed_count_too() -> None:
    """On either side: they explain, and they have to be explained."""
    cause = result("A", "india", "failed", finding("x1"), unlisted=(("x2",),))
    effect = result("B", "india", "failed", finding("x2"))
    assert causes([BASIC, EXPLAINED], cause, effect)["B"] == ("A",)

    effect = result("B", "india", "failed", finding("x2"), unlisted=(("x3",),))
    assert causes([BASIC, EXPLAINED], cause, effect)["B"] == ()


def test_several_failures_may_explain_one_between_them() -> None:
    """Each finding has its cause, and all of them are named."""
    both = requirement("C", explained_by=("A", "B"))
    results = (seen("A", "x1"), seen("B", "x2"), seen("C", "x1", "x2"))
    assert causes([BASIC, requirement("B"), both], *results)["C"] == ("A", "B")
    assert causes([BASIC, requirement("B"), both], *results[::2])["C"] == ()


def test_another_place_in_the_same_answer_does_not_explain() -> None:
    """A timestamp without a zone says nothing of the count beside it."""
    stamp = seen("A", "x1", at="/data/*/created_at")
    assert causes([BASIC, EXPLAINED], stamp, seen("B", "x1", at="total"))["B"] == ()
    assert causes([BASIC, EXPLAINED], stamp, seen("B", "x1", at="created_at"))["B"] == ("A",)
    assert causes([BASIC, EXPLAINED], stamp, seen("B", "x1"))["B"] == ("A",)


def test_a_requirement_that_is_not_named_explains_nothing() -> None:
    """The catalogue says what may be put down to what."""
    assert causes([BASIC, requirement("B")], seen("A", "x1"), seen("B", "x1"))["B"] == ()


def test_a_failure_of_another_region_or_operation_explains_nothing() -> None:
    """Regions and operations break on their own account."""
    effect = seen("B", "x1")
    other_region = result("A", "global", "failed", finding("x1"))
    other_operation = result("A", "india", "failed", finding("x1"), operation="other")
    assert causes([BASIC, EXPLAINED], other_region, effect)["B"] == ()
    assert causes([BASIC, EXPLAINED], other_operation, effect)["B"] == ()


def test_a_failure_of_any_region_explains_parity() -> None:
    """Regions differ because one of them breaks a law in an answer that was compared."""
    compared = result("P", None, "failed", finding("x1", "y1"))
    assert causes([BASIC, PARITY], seen("A", "y1"), compared)["P"] == ("A",)
    assert causes([BASIC, PARITY], seen("A", "y2"), compared)["P"] == ()


def test_parity_never_explains_a_region() -> None:
    """What regions do together is a consequence of what each does."""
    regional = requirement("R", explained_by=("P",))
    compared = result("P", None, "failed", finding("x1"))
    assert causes([PARITY, regional], compared, seen("R", "x1"))["R"] == ()


def test_only_a_failure_explains() -> None:
    """A warning or a doubt is no ground to excuse a failure."""
    outcomes: tuple[Outcome, ...] = ("warned", "inconclusive", "waived", "passed", "broken")
    for outcome in outcomes:
        cause = result("A", "india", outcome, finding("x1"))
        assert causes([BASIC, EXPLAINED], cause, seen("B", "x1"))["B"] == ()


def test_a_pass_is_not_explained() -> None:
    """What held has no cause."""
    passed = result("B", "india", "passed", finding("x1"))
    assert causes([BASIC, EXPLAINED], seen("A", "x1"), passed)["B"] == ()


def test_a_doubt_is_explained_by_a_fatal_failure_alone() -> None:
    """What could not be judged because no body was JSON is no second problem."""
    doubt = result("B", "india", "inconclusive")
    assert causes([FATAL, EXPLAINED], seen("F", "x1"), doubt)["B"] == ("F",)
    assert causes([BASIC, EXPLAINED], seen("A", "x1"), doubt)["B"] == ()


def test_a_fatal_failure_explains_other_failures_only_where_nothing_met_it() -> None:
    """No key was accepted: everything follows. One of a hundred was not: nothing does."""
    every = result("F", "india", "failed", finding("x1"), observed=1)
    assert causes([FATAL, EXPLAINED], every, seen("B", "x9"))["B"] == ("F",)
    assert causes([FATAL, EXPLAINED], seen("F", "x1"), seen("B", "x9"))["B"] == ()


def test_of_two_that_explain_each_other_the_earlier_is_the_cause() -> None:
    """The catalogue's order decides which is more basic."""
    one, two = requirement("A", explained_by=("B",)), requirement("B", explained_by=("A",))
    results = seen("A", "x"), seen("B", "x")
    assert causes([one, two], *results) == {"A": (), "B": ("A",)}
    assert causes([two, one], *results) == {"A": ("B",), "B": ()}


def test_a_ring_is_cut_at_its_most_basic_member() -> None:
    """Three that explain each other in a circle leave one root."""
    ring = [
        requirement("A", explained_by=("C",)),
        requirement("B", explained_by=("A",)),
        requirement("C", explained_by=("B",)),
    ]
    found = causes(ring, seen("A", "x"), seen("B", "x"), seen("C", "x"))
    assert found == {"A": (), "B": ("A",), "C": ("B",)}
