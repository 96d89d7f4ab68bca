"""Outages of a run: how much failed, how, and from when to when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace as with_fields

from conformance.events.messages import Answered, ExchangeSummary
from conformance.events.model import Finding, Requirement
from conformance.verdict.answers import Answers
from conformance.verdict.outages import (
    blocked_in_words,
    caches_in_words,
    changes_in_words,
    edges_in_words,
    outages_in_words,
    silences_in_words,
    versions_in_words,
    with_gateways,
    with_silences,
    with_versions,
)
from conformance.verdict.outcomes import unjudged

if TYPE_CHECKING:
    from conformance.events.model import Area
    from conformance.verdict.report import Result


def summary(second: int, status: int | None, retried: tuple[str, ...] = ()) -> ExchangeSummary:
    return ExchangeSummary(
        id="global-1",
        region="global",
        operation="list",
        started=f"2026-11-25T02:01:{second:02}.000Z",
        seconds=0.1,
        attempts=1,
        response=Answered(status) if status else None,
        retried=retried,
    )


def answers(*statuses: int | None) -> Answers:
    made = Answers()
    for second, status in enumerate(statuses):
        made.add(summary(second, status))
    return made


def test_failures_that_follow_each_other_are_an_outage() -> None:
    """With how many, of how many, and the times."""
    made = answers(200, 503, 503, 200, 503, 200)
    assert made.were_together
    assert made.words == "3 of 6 answers (503), 02:01:01 to 02:01:04"


def test_failures_among_answers_are_none() -> None:
    """They happen now and then."""
    made = answers(502, 200, 200, 200, 200, None, 200)
    assert not made.were_together
    assert made.words == "2 of 7 answers (1 x 502, 1 x no answer), 02:01:00 to 02:01:05"


def test_one_failure_has_one_time() -> None:
    """No range."""
    assert answers(200, 504).words == "1 of 2 answers (504), at 02:01:01"


def silent(count: int, of: int) -> Answers:
    made = Answers()
    for second in range(of):
        made.add(summary(second % 60, 200, ("no answer within 10 s",) if second < count else ()))
    return made


def test_silence_is_counted_and_timed() -> None:
    """What was answered at the second attempt only."""
    assert silent(3, 60).silence == (
        "left 3 of 60 requests (5 %) without an answer until they were sent again "
        "(no answer within 10 s), 02:01:00 to 02:01:02"
    )


def test_more_silence_than_stated_is_too_much_and_two_may_be_chance() -> None:
    """In a run of any length."""
    assert silent(3, 60).exceed(1)
    assert not silent(3, 60).exceed(6)
    assert not silent(2, 20).exceed(1)
    assert not silent(0, 20).exceed(0)


def test_too_much_silence_fails_the_region_once() -> None:
    """Whatever passed before; the other region stands."""
    catalogue = Requirement("ROB-06", "MUST", "robustness", "No plain request fails")
    results = [
        unjudged(("ROB-06", operation, region), catalogue, "passed", "held")
        for operation in ("one", "two")
        for region in ("global", "india")
    ]
    found = with_silences(results, {"global": silent(9, 60), "india": silent(1, 60)}, 1.0)
    assert [result.outcome for result in found] == ["failed", "passed", "passed", "passed"]
    assert "9 of 60 requests" in found[0].message
    assert found[0].findings[0].exchanges
    assert outages_in_words(found, {"global": silent(9, 60)}, 1.0) == [
        f"global {silent(9, 60).silence}"
    ]


@pytest.mark.parametrize(
    ("actual", "is_the_same"),
    [
        ("no complete answer within 2 s: nothing came at 02:01:05, and an answer later", True),
        ("no answer, twice: no complete answer within 2 s", False),
        ("status 500 at 02:01:05, and an answer later", False),
    ],
)
def test_what_was_silent_for_longer_is_the_same_problem(actual: str, is_the_same: bool) -> None:
    """Another operation that fails for silence alone fails in the same way."""
    catalogue = Requirement("ROB-06", "MUST", "robustness", "No plain request fails")
    first, second = (
        unjudged(("ROB-06", operation, "global"), catalogue, "passed", "held")
        for operation in ("one", "two")
    )
    later = Finding(expected="an answer", actual=actual, level="MUST", exchanges=("global-2",))
    second = replace(second, outcome="failed", findings=(later,))
    found = with_silences([first, second], {"global": silent(9, 60)}, 1.0)
    assert (found[0].findings[0] == found[1].findings[0]) is is_the_same
    assert found[1].findings[-1] == later


def test_what_ended_at_the_edge_is_counted_and_named() -> None:
    """In each region that has an edge."""
    requirement = Requirement("ROB-08", "SHOULD", "robustness", "Refusals carry the envelope")
    result = unjudged(("ROB-08", "one", "global"), requirement, "warned", "because")
    actual = "status 403 without it, text/html, server: gw/1"
    found = Finding(expected="the documented envelope", actual=actual, exchanges=())
    blocked = replace(result, evidence={"refusals": 9, "edge_refusals": 7}, findings=(found,))
    assert edges_in_words([blocked, result]) == [
        "7 requests to global ended at its edge (status 403, text/html, server: gw/1), unexercised"
    ]


def test_what_answered_plain_requests_in_place_of_the_api_is_named() -> None:
    """A person would say that it is the firewall."""
    requirement = Requirement("ROB-06", "MUST", "robustness", "No plain request fails")
    result = unjudged(("ROB-06", "one", "global"), requirement, "failed", "because")
    blocked, later = (
        Finding(expected="2xx", actual=f"status 403 (text/html, server: gw/1){when}", exchanges=())
        for when in ("", " at 02:01:10, and an answer later")
    )
    [words] = blocked_in_words(
        [
            replace(result, findings=(blocked, later), omitted=3),
            replace(result, operation="two", findings=(blocked,)),
        ]
    )
    assert words == ("global answered 6 plain requests with status 403 (text/html, server: gw/1)")
    assert blocked_in_words([result]) == []


def failed(name: str, area: Area, region: str, *actual: str) -> Result:
    requirement = Requirement(name, "MUST", area, "It holds")
    result = unjudged((name, "one", region), requirement, "failed", "because")
    found = [Finding(expected="x", actual=text, exchanges=()) for text in actual]
    return replace(result, findings=tuple(found))


def test_what_breaks_in_a_list_with_two_versions_is_put_down_to_that() -> None:
    """In that region, and of lists alone; a rare row explains nothing else."""
    versions = "3 of 15 answers show another one (total 134), at 02:01:01"
    results = [
        failed("PAG-08", "pagination", "global", "other rows", versions),
        failed("PAG-02", "pagination", "global", "34 rows"),
        failed("AUT-02", "authentication", "global", "status 200"),
        failed("PAG-02", "pagination", "india", "34 rows"),
    ]
    assert [result.caused_by for result in with_versions(results)] == [(), ("PAG-08",), (), ()]
    assert versions_in_words(results) == [f"global shows two versions of the list: {versions}"]

    rare = "2 of 500 answers show another one (row 9 at total 137), at 02:01:01"
    results[0] = failed("PAG-08", "pagination", "global", rare)
    assert [result.caused_by for result in with_versions(results)] == [(), (), (), ()]
    assert versions_in_words(results) == [f"global gives rows that are not in the list: {rare}"]


def test_a_leak_from_a_cache_names_the_cache() -> None:
    """As the answers themselves do."""
    leak = failed(
        "AUT-02", "authentication", "global", "status 200 (from a cache: X-Cache: HIT, Age: 3)"
    )
    assert caches_in_words([leak, leak]) == [
        "global serves answers from a cache to requests without the key (X-Cache: HIT, Age: 3)"
    ]


def test_a_region_that_changed_is_said() -> None:
    """In the words of the check that saw it."""
    words = "global changed after 02:01:01: ?limit=101 answered 200 before and 400 since"
    requirement = Requirement("PAG-08", "MUST", "pagination", "It holds")
    result = unjudged(("PAG-08", "one", "global"), requirement, "inconclusive", words)
    assert changes_in_words([result]) == [words]
    assert changes_in_words([replace(result, message="too little evidence")]) == []


def test_a_slow_region_is_said() -> None:
    """A run that takes long says why."""
    made = Answers()
    for second in (1, 2, 3):
        made.add(with_fields(summary(second, 200), seconds=1.0 + second / 10))
    assert silences_in_words({"global": made, "india": answers(200, 200)}) == [
        "global answers in 1.2 s as a rule, 1.3 s at most"
    ]


def test_what_is_never_answered_is_no_silence_of_the_moment() -> None:
    """A region that dies leaves requests without an answer twice: an outage says so."""
    answers = Answers()
    for second in range(20):
        answers.add(summary(second, None, ("the connection was refused",)))
    assert answers.silent == []
    assert len(answers.failed) == 20


def lapsed(how: str, *, of: int = 4) -> Answers:
    made = Answers()
    made.add(with_fields(summary(1, 200), lapse=how))
    for second in range(2, of + 1):
        made.add(summary(second, 200))
    return made


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("401", "global refused the key: 1 of 4 answers (401), at 02:01:01"),
        ("200 with a page", "global failed once: 1 of 4 answers (200 with a page), at 02:01:01"),
    ],
)
def test_what_failed_for_a_moment_is_named(how: str, words: str) -> None:
    """The client says that it failed where the status alone does not."""
    result = failed("ROB-06", "robustness", "global", "status 401 at 02:01:01, and an answer later")
    assert outages_in_words([result], {"global": lapsed(how)}, 1.0) == [words]


def test_where_windows_fail_stands_in_the_place_of_now_and_then() -> None:
    """It is what an operator looks for first."""
    where = "status 504 for offset 90 and above (answered up to 80)"
    result = failed("ROB-06", "robustness", "global", "status 504", where)
    words = "global fails for offset 90 and above (answered up to 80): 1 of 3 answers (504), at 02:01:01"
    assert outages_in_words([result], {"global": answers(200, 504, 200)}, 1.0) == [words]


def test_a_failure_that_another_one_explains_is_no_outage() -> None:
    """A server that answers 500 each time is said under SCH-06."""
    result = failed("ROB-06", "robustness", "global", "status 500")
    explained = replace(result, caused_by=("SCH-06",))
    assert outages_in_words([explained], {"global": lapsed("500")}, 1.0) == []


@pytest.mark.parametrize(
    ("plain", "any_other", "causes"),
    [
        ("status 504 (text/html)", "status 504", ("ROB-06",)),
        ("status 500 at 02:01:01, and an answer later", "status 500", ("ROB-06",)),
        ("status 500", "status 500", ()),
        ("status 504 (text/html)", "status 500", ()),
    ],
)
def test_what_fails_as_plain_requests_do_is_put_down_to_that(
    plain: str, any_other: str, causes: tuple[str, ...]
) -> None:
    """A gateway's status, or one of the moment; not an error of the server's own."""
    results = [
        failed("SCH-06", "schema", "global", any_other),
        failed("ROB-06", "robustness", "global", plain),
        failed("SCH-06", "schema", "india", any_other),
    ]
    assert [result.caused_by for result in with_gateways(results)] == [causes, (), ()]


def test_silence_is_said_once_and_several_lists_are_counted() -> None:
    """A line that says a thing twice is read by nobody."""
    made = silent(10, 100)
    made.add(summary(5, None))
    result = failed("ROB-06", "robustness", "global", "no answer, twice")
    [words] = outages_in_words([result], {"global": made}, 1.0)
    assert words.startswith("global left 10 of ")

    versions = "3 of 15 answers show another one (total 134), at 02:01:01"
    lists = [failed("PAG-08", "pagination", "global", versions)] * 3
    assert versions_in_words(lists) == [
        f"global shows two versions of the list: {versions} (and so in 2 other lists)"
    ]
