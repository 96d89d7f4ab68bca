"""Runs over time: transitions, flakiness, since when, and what no run could tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.verdict.history import PastRun, RegionLatency, Track, history_of

if TYPE_CHECKING:
    from conformance.verdict.report import Outcome

LETTERS: dict[str, Outcome | None] = {
    "p": "passed",
    "f": "failed",
    "w": "warned",
    "?": "inconclusive",
    "u": "unexercised",
    ".": None,
}


def track(letters: str, name: str = "PAG-03") -> Track:
    return Track((name, "list", "india"), "MUST", tuple(LETTERS[letter] for letter in letters))


def past(name: str, *latencies: RegionLatency) -> PastRun:
    return PastRun(
        name, f"2026-11-{name}T00:00:00Z", "0", "smoke", 1, "conformant", "", 1, 10, 1, latencies
    )


@pytest.mark.parametrize(
    ("letters", "transitions", "flakiness", "since"),
    [
        ("pppp", 0, 0.0, None),
        ("ppff", 1, 1 / 3, 2),
        ("pfpf", 3, 1.0, 3),
        ("f?f.f", 0, 0.0, 0),
        ("pf?w", 1, 0.5, 1),
        ("ffp", 1, 0.5, None),
        ("??u.", 0, 0.0, None),
        ("f", 0, 0.0, 0),
        ("", 0, 0.0, None),
    ],
)
def test_a_turn_is_from_good_to_bad_or_back(
    letters: str, transitions: int, flakiness: float, since: int | None
) -> None:
    """What could not be told is neither, and interrupts nothing."""
    seen = track(letters)
    assert (seen.transitions, seen.failing_since) == (transitions, since)
    assert seen.flakiness == pytest.approx(flakiness)


def test_a_run_that_lacks_a_result_leaves_a_gap() -> None:
    """Runs of part of the catalogue, or of other operations, stand beside whole ones."""
    key = ("PAG-03", "list", "india")
    runs = [past("01"), past("02"), past("03")]
    history = history_of(runs, {key: ("MUST", {"01": "passed", "03": "failed"})})
    assert history.tracks[0].outcomes == ("passed", None, "failed")
    assert history.sentence.startswith("3 runs (3 conformant); 1 failing now, 0 turned")


def test_what_fails_now_comes_first_then_what_turns_most() -> None:
    """What never was bad is not listed."""
    letters = {"A": "pppp", "B": "pfpp", "C": "pfpf", "D": "ffff"}
    outcomes = {
        (name, "list", None): (
            "MUST",
            {f"0{place}": LETTERS[letter] for place, letter in enumerate(row)},
        )
        for name, row in letters.items()
    }
    runs = [past(f"0{place}") for place in range(4)]
    notable = history_of(runs, outcomes).notable  # type: ignore[arg-type]
    assert [entry.key[0] for entry in notable] == ["C", "D", "B"]


def test_latency_has_gaps_where_a_region_was_not_asked() -> None:
    """A region that came later has no values before."""
    history = history_of(
        [past("01"), past("02", RegionLatency("india", 71, 90, 5)), past("03")], {}
    )
    assert history.regions == ["india"]
    assert history.medians("india") == [None, 71, None]
