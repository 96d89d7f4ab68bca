"""The way through a gate: which runs there are, and which there are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conformance.gate.passage import Limits, Passage
from conformance.gate.policy import Policy
from conformance.verdict.conclude import conclude
from conformance.verdict.reference import Reference
from tests.support.samples import cut, green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report
    from tests.support.samples import Sample


class Suite:
    """Answers with sample runs in their order; each takes ten seconds of a clock of its own."""

    def __init__(self, folder: Path, *samples: Callable[[], Sample]) -> None:
        self.now, self.folder, self.samples = 0.0, folder, list(samples)
        self.asked: list[tuple[str, tuple[str, ...], float]] = []

    def __call__(self, name: str, profile: str, only: tuple[str, ...], max_time: float) -> Report:
        self.asked.append((name, only, max_time))
        self.now += 10
        return conclude(self.samples.pop(0)().write(self.folder / f"{name}.ndjson"))

    def pause(self, seconds: float) -> None:
        self.now += seconds

    def decided(self, budget: float = 600, retries: int = 2) -> Any:
        limits = Limits(budget, retries)
        passage = Passage(
            self, Policy(), Reference(), limits, clock=lambda: self.now, pause=self.pause
        )
        return passage.decide()

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.asked]


def unsure() -> Sample:
    """One MUST has no evidence."""
    sample = green()
    sample.judgement("PAG-03", "india")["evidence"] = {}
    return sample


def interrupted() -> Sample:
    """Ctrl-C."""
    return cut()


def late() -> Sample:
    """A region was lost."""
    sample = cut()
    assert sample.footer
    sample.footer["stopped"] = "region india is lost"
    return sample


def test_a_clean_candidate_is_asked_smoke_then_standard(tmp_path: Path) -> None:
    """Each once."""
    suite = Suite(tmp_path, green, green)
    assert suite.decided().answer == "let through"
    assert suite.names == ["smoke", "standard"]


def test_a_failure_of_smoke_ends_it(tmp_path: Path) -> None:
    """Standard is not asked."""
    suite = Suite(tmp_path, one_fault)
    assert suite.decided().answer == "hold"
    assert suite.names == ["smoke"]


def test_what_is_unsure_is_asked_again_alone(tmp_path: Path) -> None:
    """The rest of the run stands."""
    suite = Suite(tmp_path, green, unsure, green)
    assert suite.decided().answer == "let through"
    assert [(name, only) for name, only, _ in suite.asked][-1] == ("standard-2", ("PAG-03",))


def test_a_run_that_was_cut_short_is_asked_again_whole(tmp_path: Path) -> None:
    """It cannot say which of its results are missing."""
    suite = Suite(tmp_path, late, green, green)
    assert suite.decided().answer == "let through"
    assert [(name, only) for name, only, _ in suite.asked][1] == ("smoke-2", ())


def test_repetitions_end(tmp_path: Path) -> None:
    """After so many it cannot be told."""
    suite = Suite(tmp_path, late, late, late)
    assert suite.decided(retries=2).answer == "cannot tell"
    assert suite.names == ["smoke", "smoke-2", "smoke-3"]


@pytest.mark.parametrize(("budget", "runs"), [(12.0, 1), (16.0, 2)])
def test_no_repetition_begins_beyond_the_budget(tmp_path: Path, budget: float, runs: int) -> None:
    """The pause before it counts too."""
    suite = Suite(tmp_path, late, late, late)
    assert suite.decided(budget=budget).answer == "cannot tell"
    assert len(suite.asked) == runs


def test_each_run_gets_the_time_that_is_left(tmp_path: Path) -> None:
    """A quota is waited for no longer than that."""
    suite = Suite(tmp_path, green, green)
    suite.decided(budget=60)
    assert [seconds for _, _, seconds in suite.asked] == [60, 50]


def test_an_interrupted_run_is_not_repeated(tmp_path: Path) -> None:
    """Who presses Ctrl-C wants an end."""
    suite = Suite(tmp_path, interrupted)
    assert suite.decided().answer == "cannot tell"
    assert suite.names == ["smoke"]
