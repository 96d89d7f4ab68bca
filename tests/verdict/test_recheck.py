"""What became of findings that were asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.verdict.recheck import Rechecked, exit_code_of, is_named, status_of

if TYPE_CHECKING:
    from conformance.events.model import Level
    from conformance.verdict.recheck import Status
    from conformance.verdict.report import Outcome


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        (["failed", "failed"], "still failing"),
        (["warned", "warned"], "still failing"),
        (["failed", "passed"], "flaky"),
        (["passed", "failed"], "flaky"),
        (["passed", "passed"], "fixed"),
        (["failed", "inconclusive"], "still failing"),
        (["passed", "inconclusive"], "not judged"),
        (["passed"], "not judged"),
        (["unexercised", "unexercised"], "not judged"),
        ([], "not judged"),
    ],
)
def test_status(outcomes: list[Outcome], status: Status) -> None:
    """Only a pass in every round is a mend, and only a pass beside a failure is flaky."""
    assert status_of(outcomes, 2) == status


@pytest.mark.parametrize(
    ("results", "code"),
    [
        ([("MUST", "fixed"), ("SHOULD", "still failing")], 0),
        ([("MUST", "fixed"), ("MUST", "still failing")], 1),
        ([("MUST", "flaky"), ("MUST", "not judged")], 1),
        ([("MUST", "not judged"), ("SHOULD", "flaky")], 3),
        ([], 0),
    ],
)
def test_exit_code(results: list[tuple[Level, Status]], code: int) -> None:
    """A MUST that fails still gates, and so does doubt about one; a SHOULD never does."""
    found = [Rechecked(("X-01", "list", None), level, status, "") for level, status in results]
    assert exit_code_of(found) == code


def test_ids_may_be_globs_in_any_case() -> None:
    """As with --only."""
    assert is_named("PAG-03", ["pag-*"])
    assert is_named("PAG-03", [])
    assert not is_named("FIL-01", ["PAG-*", "AUT-01"])
