"""Problems as a person counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.verdict.problems import problems_in_words, problems_of
from tests.support.samples import faulty_region, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


def test_operations_that_fail_in_the_same_way_are_one_problem(concluded: Concluded) -> None:
    """One line names them all; where one fails in another way it is a problem of its own."""
    sample = many()
    [shown] = one_fault().judgement("PAG-03", "india")["findings"]
    at_two, at_three = "a at 02:01:10", "a at 03:05:59"  # when it was makes it no other way
    ways = (("list-things-01", at_two), ("list-things-02", at_three), ("list-things-03", "b"))
    for name, actual in ways:
        for region in ("global", "india"):
            found = sample.judgement("PAG-03", region, name)
            found["findings"] = [shown | {"actual": actual}]

    problems = problems_of(concluded(sample), "failed")
    same, other = (one for one in problems if one.results[0].findings[0].actual in (at_two, "b"))
    assert same.operations == ["list-things-01", "list-things-02"]
    assert same.regions == ["global", "india"]
    assert same.place == "global, india · list-things-01, list-things-02"
    assert len(same.results) == 4
    assert other.operations == ["list-things-03"]


def test_operations_whose_rows_alone_differ_are_one_problem(concluded: Concluded) -> None:
    """Each list has rows and numbers of its own; each way in which it fails is shown all the same."""
    sample = many()
    [shown] = one_fault().judgement("PAG-03", "india")["findings"]
    ways = (
        ("list-things-01", "row 12049 at offset 20", "row 12199"),
        ("list-things-02", "row '2fbb758e_1' at offset 7", "row 'c28f7657_1'"),
        ("list-things-03", "row 12049 at offset 20", "no row"),
    )
    for name, expected, actual in ways:
        found = sample.judgement("PAG-03", "india", name)
        found["findings"] = [shown | {"expected": expected, "actual": actual}]

    problems = [
        one
        for one in problems_of(concluded(sample), "failed")
        if one.results[0].findings[0].expected.startswith("row")
    ]
    assert [one.operations for one in problems] == [
        ["list-things-01", "list-things-02"],
        ["list-things-03"],
    ]
    assert [problems[0].label(one) for one in problems[0].distinct] == [
        "list-things-01",
        "list-things-02",
    ]


def test_a_difference_that_blames_no_region_is_in_none(concluded: Concluded) -> None:
    """What is seen in one region and what lies between them are counted apart."""
    sample = faulty_region()
    blamed = sample.judgement("PAR-01", None)
    assert problems_in_words(concluded(sample)) == "3 problems in india"
    for finding in blamed["findings"]:
        finding["keeps"], finding["breaks"] = [], []
    words = "3 problems: 2 in india, 1 between the regions"
    assert problems_in_words(concluded(sample)) == words
