"""A finding is explained by a failure that is known to fail where it lies, and in the same way; one
request elsewhere, or wrong in another part, is a problem of its own.
"""

from __future__ import annotations

import pytest

from conformance.events.model import Deviating, Fails, Finding, Requirement
from conformance.verdict.causes import with_causes
from conformance.verdict.report import Result

CAUSE = Requirement("A", "MUST", "pagination", "A is kept", "law")
EFFECT = Requirement("B", "MUST", "pagination", "B is kept", "law", explained_by=("A",))
LIMITS = Fails("limit", 37, 41, 1, 100)
OFFSETS = Fails("offset", 60, 136, 0, 136)


def seen(
    limit: int, offset: int, *wrong: str, asked: str = "x", besides: tuple[str, ...] = ()
) -> Deviating:
    return Deviating(asked, {"limit": limit, "offset": offset}, wrong or ("order",), besides)


def failed(
    name: str, *answers: Deviating, fails: tuple[Fails, ...] = (), outcome: str = "failed"
) -> Result:
    """A failure with one finding, which rests on all the answers."""
    asked = tuple(answer.asked for answer in answers)
    finding = Finding(
        expected="a", actual="b", level="MUST", exchanges=asked, asked=asked, fails=fails
    )
    return Result(
        name,
        "MUST",
        "pagination",
        "list",
        "india",
        outcome,  # type: ignore[arg-type]  # one of the literals
        "why",
        {"pages": 9},
        {},
        (finding,),
        deviating=answers,
    )


def is_explained(*effect: Deviating, cause: Deviating, fails: tuple[Fails, ...]) -> bool:
    results = [failed("A", cause, fails=fails), failed("B", *effect)]
    found = with_causes(results, {"A": CAUSE, "B": EFFECT})
    return found[1].caused_by == ("A",)


KNOWN = seen(40, 80, asked="known")


@pytest.mark.parametrize(
    ("answer", "explained"),
    [
        (seen(37, 60), True),
        (seen(41, 100), True),
        (seen(36, 60), False),
        (seen(42, 60), False),
        (seen(37, 59), False),
        (seen(37, 200), True),  # it fails up to the end of the axis, and beyond
        (seen(37, 60, "rows"), False),
        (seen(37, 60, "rows", "order"), True),
        (seen(37, 60, besides=("?agent_id",)), True),  # the whole list fails, so does a part of it
    ],
)
def test_only_what_fails_there_and_alike_is_explained(answer: Deviating, explained: bool) -> None:
    """The window within the part that fails, and a part of the answer in common."""
    assert is_explained(answer, cause=KNOWN, fails=(LIMITS, OFFSETS)) is explained


def test_each_deviating_request_must_lie_there() -> None:
    """One elsewhere shows something else."""
    inside, outside = seen(38, 70, asked="x"), seen(50, 70, asked="y")
    assert is_explained(inside, seen(39, 61, asked="y"), cause=KNOWN, fails=(LIMITS, OFFSETS))
    assert not is_explained(inside, outside, cause=KNOWN, fails=(LIMITS, OFFSETS))


def test_two_forms_of_a_window_that_differ_are_not_explained() -> None:
    """What fails for the window says nothing of the form, be the other one right or not."""
    both = (seen(38, 70), seen(38, 70, asked="y", besides=("accept",)))
    assert not is_explained(*both, cause=KNOWN, fails=(LIMITS, OFFSETS))
    otherwise = Deviating("y", {"limit": 38, "offset": 70}, (), ("accept",))
    assert not is_explained(seen(38, 70), otherwise, cause=KNOWN, fails=(LIMITS, OFFSETS))
    of_another = Deviating("y", {"limit": 38, "offset": 70}, (), ("?agent_id",), "ab")
    assert is_explained(seen(38, 70), of_another, cause=KNOWN, fails=(LIMITS, OFFSETS))
    elsewhere = Deviating("y", {"limit": 5, "offset": 70}, ())
    assert is_explained(seen(38, 70), elsewhere, cause=KNOWN, fails=(LIMITS, OFFSETS))


def test_a_failure_of_one_form_is_not_refuted_by_another() -> None:
    """What fails with a header field fails there, although the plain request is right."""
    known = seen(40, 80, asked="known", besides=("accept",))
    plain = Deviating("y", {"limit": 38, "offset": 70}, ())
    found = seen(38, 70, besides=("accept", "cookie"))
    assert is_explained(found, plain, cause=known, fails=(LIMITS, OFFSETS))


def test_a_failure_under_a_filter_explains_none_without() -> None:
    """What fails for one agent alone says nothing of the whole list; nor does an odd client."""
    filtered = seen(40, 80, asked="known", besides=("?agent_id",))
    assert not is_explained(seen(38, 70), cause=filtered, fails=(LIMITS, OFFSETS))
    same = seen(38, 70, besides=("?agent_id", "accept"))
    assert is_explained(same, cause=filtered, fails=(LIMITS, OFFSETS))


def test_an_axis_of_which_nothing_is_known_explains_nothing() -> None:
    """The part that fails is known on every axis, or not at all."""
    assert not is_explained(seen(38, 80), cause=KNOWN, fails=(LIMITS,))
    assert not is_explained(seen(40, 80), cause=KNOWN, fails=())


def test_every_second_value_and_an_open_end() -> None:
    """Odd limits up to one whose window ends the list, which is known no further."""
    odd = Fails("limit", 3, 57, 1, 100, 2, True)
    assert is_explained(seen(7, 60), cause=KNOWN, fails=(odd, OFFSETS))
    assert is_explained(seen(99, 60), cause=KNOWN, fails=(odd, OFFSETS))
    assert not is_explained(seen(8, 60), cause=KNOWN, fails=(odd, OFFSETS))
    assert not is_explained(seen(1, 60), cause=KNOWN, fails=(odd, OFFSETS))


def test_what_nothing_explains_is_free_to_be_the_cause() -> None:
    """The more basic failure shares one request of two with the other, which shares all of its own."""
    one = Requirement("A", "MUST", "pagination", "A is kept", "law", explained_by=("B",))
    other = Requirement("B", "MUST", "pagination", "B is kept", "law", explained_by=("A",))
    wide = [failed("B", seen(1, 0, asked=name)).findings[0] for name in ("x", "y")]
    results = [failed("A", seen(1, 0, asked="x")), failed("B", seen(1, 0, asked="x"))]
    results[1] = Result(
        "B", "MUST", "pagination", "list", "india", "failed", "why", {}, {}, tuple(wide)
    )
    found = with_causes(results, {"A": one, "B": other})
    assert [result.caused_by for result in found] == [("B",), ()]


@pytest.mark.parametrize(
    ("cause", "effect", "explained"),
    [("warned", "warned", True), ("warned", "failed", False), ("failed", "warned", True)],
)
def test_a_warning_explains_no_more_than_a_warning(
    cause: str, effect: str, explained: bool
) -> None:
    """Two warnings of one request are one; a failure beside it stands."""
    results = [failed("A", seen(1, 0), outcome=cause), failed("B", seen(1, 0), outcome=effect)]
    found = with_causes(results, {"A": CAUSE, "B": EFFECT})
    assert found[1].caused_by == (("A",) if explained else ())


def test_a_place_of_an_unlisted_finding_counts() -> None:
    """A timestamp without a zone in an answer explains nothing of the item's status beside it."""
    cause = failed("A", seen(1, 0, asked="z"))
    unlisted = Result(
        "A",
        "MUST",
        "schema",
        "list",
        "india",
        "failed",
        "why",
        {},
        {},
        cause.findings,
        unlisted=(("x",),),
        unlisted_at=("/data/*/created_at",),
    )
    for at, explained in (("/status", False), ("/created_at", True)):
        asked = Finding(
            expected="a", actual="b", level="MUST", exchanges=("x",), asked=("x",), at=at
        )
        effect = Result("B", "MUST", "schema", "list", "india", "failed", "why", {}, {}, (asked,))
        found = with_causes([unlisted, effect], {"A": CAUSE, "B": EFFECT})
        assert found[1].caused_by == (("A",) if explained else ())
