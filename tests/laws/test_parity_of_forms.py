"""The laws of parity of what rows hold: the form of timestamps, the case of status words."""

from __future__ import annotations

import pytest

from conformance.laws import parity_rows as laws
from conformance.laws.finding import Finding
from tests.support.parity import BOTH, SHOWN, WORDS, both, column

STAMPS = {
    "Z": "2026-01-0{}T00:00:00Z",
    "lower": "2026-01-0{}t00:00:00z",
    "spaced": "2026-01-0{} 00:00:00Z",
    "offset": "2026-01-0{}T00:00:00+05:30",
    "short offset": "2026-01-0{}T00:00:00-0530",
    "no zone": "2026-01-0{}T00:00:00",
    "fraction, Z": "2026-01-0{}T00:00:00.25Z",
    "fraction, offset": "2026-01-0{}T00:00:00.123456+00:00",
    "fraction, no zone": "2026-01-0{}T00:00:00.5",
}
ALIKE = {"lower": "Z", "spaced": "Z", "short offset": "offset"}


def stamped(form, count=3) -> list[dict]:
    return column([STAMPS[form].format(at) for at in range(1, count + 1)], "at")


@pytest.mark.parametrize("other", STAMPS)
@pytest.mark.parametrize("one", STAMPS)
def test_timestamps_have_one_form(one, other) -> None:
    """A fraction, Z, an offset or neither: regions that share none of these forms differ."""
    mine, theirs = ALIKE.get(one, one), ALIKE.get(other, other)
    text = f"global {mine}, india {theirs}"
    wanted = [Finding("the same form of at in every region", text, SHOWN)] if mine != theirs else []
    assert laws.forms(BOTH, both(stamped(one), stamped(other)), ()) == wanted


def test_numbers_that_are_times_count_in_one_unit() -> None:
    """Seconds or milliseconds since 1970; what is no time by its name may be any number."""
    seconds = [1_773_867_201, 1_773_867_202, 1_773_867_203]
    milliseconds = [value * 1000 + 766 for value in seconds]
    for name in ("start_timestamp", "endTime", "created_at"):
        [finding] = laws.forms(BOTH, both(column(seconds, name), column(milliseconds, name)), ())
        assert finding.actual == "global seconds since 1970, india milliseconds since 1970"
    for name in ("id", "number", "format"):
        assert laws.forms(BOTH, both(column(seconds, name), column(milliseconds, name)), ()) == []
    assert laws.forms(BOTH, both(column([0, 1, 2], "at"), column(milliseconds, "at")), ()) == []


def test_a_form_that_cannot_be_seen_is_not_compared() -> None:
    """Two timestamps are too few, one text that is none makes it no timestamp, a common form is
    enough.
    """
    assert laws.forms(BOTH, both(stamped("Z"), stamped("offset", 2)), ()) == []
    assert laws.forms(BOTH, both(stamped("Z"), [*stamped("offset"), {"at": "soon"}]), ()) == []
    assert laws.forms(BOTH, both(stamped("Z"), [*stamped("offset"), {"at": None}, 7]), ())
    assert laws.forms(BOTH, both(stamped("Z"), stamped("offset") + stamped("Z", 1)), ()) == []


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (["done", "open"], ["DONE"], "global lower, india upper"),
        (["done"], ["Done", "Open"], "global lower, india mixed"),
        (["IN_USE"], ["Open", "inUse"], "global upper, india mixed"),
        (["done"], ["open"], None),
        (["done", "DONE"], ["OPEN"], None),
        (["done"], ["", None, 7], None),
    ],
)
def test_status_words_have_one_case(one, other, said) -> None:
    """Lower, upper or mixed; what is no word, or none, is not compared."""
    found = laws.forms(BOTH, both(column(one, "status"), column(other, "status")), WORDS)
    assert found == (
        [Finding("the same case of /status in every region", said, SHOWN)] if said else []
    )


def test_each_form_that_differs_is_its_own_finding() -> None:
    """Every timestamp and every word, in the order of their names."""
    mine = [
        {"b": STAMPS["Z"].format(at), "a": STAMPS["Z"].format(at), "s": "x", "t": "x"}
        for at in (1, 2, 3)
    ]
    theirs = [{name: value.upper().replace("Z", "") for name, value in one.items()} for one in mine]
    found = laws.forms(BOTH, both(mine, theirs), ("/t", "/s"))
    assert [one.expected.split()[2:5] for one in found] == [
        ["form", "of", "a"],
        ["form", "of", "b"],
        ["case", "of", "/t"],
        ["case", "of", "/s"],
    ]


def test_a_word_that_both_have_is_spelled_alike() -> None:
    """Also where other words have the same case in both; of several one is told."""
    mine = [{"status": one} for one in ("done", "in_progress", "failed")]
    theirs = [{"status": one} for one in ("done", "IN_PROGRESS", "Failed", "new")]
    [found] = laws.forms(BOTH, both(mine, theirs), WORDS)
    assert found.expected == "the same spelling of a word of /status in every region"
    assert found.actual == "global failed, india Failed"
    assert laws.forms(BOTH, both(mine, [{"status": "done"}, {"status": "New"}]), WORDS) == []
