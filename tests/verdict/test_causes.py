"""Explanations: which failure names which, and never in a circle."""

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
    follows_from: tuple[str, ...] = (),
) -> Requirement:
    return Requirement(
        name,
        "MUST",
        area,
        f"{name} is kept",
        "law",
        explained_by=explained_by,
        follows_from=follows_from,
    )


def result(
    name: str,
    region: str | None = "india",
    outcome: Outcome = "failed",
    *exchanges: str,
    operation: str = "list",
) -> Result:
    findings = (
        (Finding(expected="a", actual="b", level="MUST", exchanges=exchanges),) if exchanges else ()
    )
    return Result(name, "MUST", "pagination", operation, region, outcome, "why", {}, {}, findings)


def seen(name: str, exchange: str) -> Result:
    return result(name, "india", "failed", exchange)


def causes(requirements: list[Requirement], *results: Result) -> dict[str, tuple[str, ...]]:
    catalogue = {entry.id: entry for entry in requirements}
    return {found.requirement: found.caused_by for found in with_causes(list(results), catalogue)}


BASIC = requirement("A")
EXPLAINED = requirement("B", explained_by=("A*",))
FOLLOWS = requirement("C", follows_from=("A",))
PARITY = requirement("P", "parity", follows_from=("A",))


def test_a_shared_exchange_explains() -> None:
    """The more basic failure was seen in the same exchange."""
    found = causes([BASIC, EXPLAINED], seen("A", "x1"), seen("B", "x1"))
    assert found == {"A": (), "B": ("A",)}


def test_other_exchanges_do_not_explain() -> None:
    """Two failures seen apart are two problems."""
    found = causes([BASIC, EXPLAINED], seen("A", "x1"), seen("B", "x2"))
    assert found["B"] == ()


def test_what_follows_from_a_failure_needs_no_shared_exchange() -> None:
    """A law that is built upon another falls with it, inconclusive ones included."""
    found = causes([BASIC, FOLLOWS], result("A"), result("C", "india", "inconclusive"))
    assert found["C"] == ("A",)


def test_a_failure_of_another_region_or_operation_explains_nothing() -> None:
    """Regions and operations break on their own account."""
    assert causes([BASIC, FOLLOWS], result("A", "global"), result("C"))["C"] == ()
    assert causes([BASIC, FOLLOWS], result("A", operation="other"), result("C"))["C"] == ()


def test_a_failure_of_any_region_explains_parity() -> None:
    """Regions differ because one of them breaks a law."""
    assert causes([BASIC, PARITY], result("A", "global"), result("P", None))["P"] == ("A",)


def test_parity_never_explains_a_region() -> None:
    """What regions do together is a consequence of what each does."""
    regional = requirement("R", follows_from=("P",))
    assert causes([PARITY, regional], result("P", None), result("R"))["R"] == ()


def test_only_a_failure_explains() -> None:
    """A warning or a doubt is no ground to excuse a failure."""
    outcomes: tuple[Outcome, ...] = ("warned", "inconclusive", "waived", "passed", "broken")
    for outcome in outcomes:
        assert causes([BASIC, FOLLOWS], result("A", "india", outcome), result("C"))["C"] == ()


def test_a_pass_is_not_explained() -> None:
    """What held has no cause."""
    assert causes([BASIC, FOLLOWS], result("A"), result("C", "india", "passed"))["C"] == ()


def test_of_two_that_explain_each_other_the_earlier_is_the_cause() -> None:
    """The catalogue's order decides which is more basic."""
    one, two = requirement("A", follows_from=("B",)), requirement("B", follows_from=("A",))
    assert causes([one, two], result("A"), result("B")) == {"A": (), "B": ("A",)}
    assert causes([two, one], result("A"), result("B")) == {"A": ("B",), "B": ()}


def test_a_ring_is_cut_at_its_most_basic_member() -> None:
    """Three that explain each other in a circle leave one root."""
    ring = [
        requirement("A", follows_from=("C",)),
        requirement("B", follows_from=("A",)),
        requirement("C", follows_from=("B",)),
    ]
    assert causes(ring, result("A"), result("B"), result("C")) == {
        "A": (),
        "B": ("A",),
        "C": ("B",),
    }
