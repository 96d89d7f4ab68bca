"""What the last run of a history changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.verdict.history import History, Track
from conformance.watch.transitions import of_regions, of_results

if TYPE_CHECKING:
    from conformance.verdict.report import Outcome

LETTERS: dict[str, Outcome | None] = {
    "p": "passed",
    "f": "failed",
    "w": "warned",
    "u": "unexercised",
    "?": "inconclusive",
    ".": None,
}


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("p", ""),
        ("f", "starts failing"),
        ("pf", "starts failing"),
        ("pff", ""),
        ("pf?", ""),
        ("f?f", ""),
        ("fp", "recovers"),
        ("f?p", "recovers"),
        ("f.", ""),
        ("fu", "fails no longer, but its data cannot show that it holds"),
        ("fuu", ""),
        ("fup", ""),
        ("pu", ""),
        ("fuf", "starts failing"),
        ("pfpf", "is flaky"),
        ("pfpfp", ""),
    ],
)
def test_a_change_is_one_sentence(letters: str, words: str) -> None:
    """What the last run could not tell is none; what it could not show is no recovery."""
    outcomes = tuple(LETTERS[letter] for letter in letters)
    track = Track(("PAG-03", "list", "india"), "MUST", outcomes)
    found = [one.sentence for one in of_results(History((), (track,)), {})]
    assert found == ([f"PAG-03 (india · list) {words}"] if words else [])


def test_a_lost_region_is_named_once() -> None:
    """Its message begins with its name too, and with its address."""
    why = "region india (http://127.0.0.1:9) cannot be reached: the connection was refused"
    (lost,) = of_regions({}, {"india": why})
    assert lost.sentence == (
        "region india cannot be judged: http://127.0.0.1:9 cannot be reached: the connection was "
        "refused"
    )
