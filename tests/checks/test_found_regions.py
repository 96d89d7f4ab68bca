"""Where a fault is: what a finding says of it, held against where it is known to be."""

from __future__ import annotations

import pytest

from conformance.checks import test_combinations, test_windows
from tests.support.windows import WindowServer, window_check

CHECKS = (test_windows.test_windows, test_combinations.test_clients, test_combinations.test_pairs)


def notes(server: WindowServer) -> list[str]:
    """What the findings of all checks say about where they fail."""
    sender, evidence = window_check(server)
    for check in CHECKS:
        check(sender, evidence)
    return [
        finding.note or ""
        for judgement in evidence.judgements.values()
        for finding in judgement.findings
    ]


def _within(low: int, value: int, high: int) -> bool:
    return low <= value <= high


@pytest.mark.parametrize(
    ("lies", "words"),
    [
        (lambda asked: asked.limit == 37, ["limit 37 alone (holds at 36 and 38)"]),
        (lambda asked: asked.limit >= 60, ["limit 60 and above (holds at 59)"]),
        (
            lambda asked: _within(41, asked.limit, 45),
            ["limit 41 to 45 (holds at 40 and 46)"],
        ),
        (
            lambda asked: 1 < asked.limit <= 8,
            ["limit 2 to 8 (holds at 1 and 9)"],
        ),
        (lambda asked: asked.offset >= 50, ["offset 50 and above (holds at 49)"]),
        (
            lambda asked: _within(32, asked.offset, 63),
            ["offset 32 to 63 (holds at 31 and 64)"],
        ),
        (
            lambda asked: asked.limit >= 10 and asked.offset >= 20,
            ["limit 10 and above (holds at 9)", "offset 20 and above (holds at 19)"],
        ),
        (lambda asked: asked.agent == "2", ["agent_id=2"]),
        (
            lambda asked: asked.agent == "3" and asked.limit >= 5,
            ["agent_id=3", "limit 5 and above (holds at 4)"],
        ),
        (
            lambda asked: "curl" in asked.headers.get("user-agent", ""),
            ["with User-Agent of curl"],
        ),
    ],
)
def test_the_region_is_the_one_that_is_known(lies, words) -> None:
    """Each edge with the value beside it that holds."""
    found = notes(WindowServer(lies))
    assert any(all(part in note for part in words) for note in found), found
