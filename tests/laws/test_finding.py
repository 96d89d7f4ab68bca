"""A finding as the event that reports are made of."""

from __future__ import annotations

from dataclasses import replace

from conformance.laws.finding import Finding
from tests.support.lists import exchange


def test_a_bare_finding_says_that_there_is_nothing_more() -> None:
    """What it does not have is null, and no exchange makes no command."""
    assert Finding("one", "two").to_event(str.upper) == {
        "expected": "ONE",
        "actual": "TWO",
        "level": None,
        "note": None,
        "keeps": None,
        "breaks": None,
        "exchanges": [],
        "smallest": None,
        "walk": None,
    }


def test_a_finding_with_all_it_can_have_is_redacted_where_a_key_could_be() -> None:
    """Texts and the command are; names of regions, ids and the picture of a walk are the suite's own."""
    first = replace(exchange(), id="global-0007")
    second = replace(exchange(404), id="india-0008")
    found = Finding(
        "one", "two", (first, second), "SHOULD", "three", ("india",), ("global",), {"walk": {"a": 1}}
    )
    assert found.to_event(lambda text: f"<{text}>") == {
        "expected": "<one>",
        "actual": "<two>",
        "level": "SHOULD",
        "note": "<three>",
        "keeps": ["india"],
        "breaks": ["global"],
        "exchanges": ["global-0007", "india-0008"],
        "smallest": {"curl": f"<{first.curl}>"},
        "walk": {"a": 1},
    }


def test_the_command_repeats_the_first_exchange() -> None:
    """Laws put the one that proves the most first."""
    other = exchange(request=replace(exchange().request, path="/other"))
    [command] = Finding("", "", (other, exchange())).to_event(str)["smallest"].values()
    assert "/other" in command


def test_no_region_that_keeps_a_law_is_not_the_same_as_none_asked() -> None:
    """An empty side of a comparison is an empty list."""
    event = Finding("", "", keeps=(), breaks=()).to_event(str)
    assert (event["keeps"], event["breaks"]) == ([], [])


def test_where_regions_are_compared_each_is_asked_again() -> None:
    """One line that asks the first region and then the other, each with its own first request."""
    here, there = exchange(), replace(exchange(), region="elsewhere", base="https://elsewhere.example")
    later = replace(here, request=replace(here.request, path="/later"))
    [command] = Finding("", "", (there, here, later, there)).to_event(str)["smallest"].values()
    assert command == f"{there.curl}; {here.curl}"
