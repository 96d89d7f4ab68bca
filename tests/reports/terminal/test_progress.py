"""The live line: redrawn on a terminal, a plain one now and then in a log."""

from __future__ import annotations

import io
import re
from itertools import count

import pytest
from rich.console import Console

from conformance.reports.terminal.progress import Gauge, Progress


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def run(console: Console, pause: float = 0.0) -> str:
    ticks = count()
    progress = Progress(console, clock=lambda: next(ticks) * pause)
    progress.started(2)
    progress.judged("pagination", "passed", 17)
    progress.advanced()
    progress.judged("filters", "failed", 31)
    progress.advanced()
    progress.stop()
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_a_terminal_shows_area_requests_and_what_fails() -> None:
    """Whoever waits sees where the run is and what is failing already."""
    text = run(Console(file=io.StringIO(), force_terminal=True, width=120, color_system=None))
    for part in ("filters", "31 requests", "1 failed", "2/2"):
        assert part in text


@pytest.mark.parametrize("width", [24, 40, 60])
def test_a_narrow_terminal_keeps_it_on_one_line(width: int) -> None:
    """A line that wrapped could not be taken away again."""
    text = run(Console(file=io.StringIO(), force_terminal=True, width=width, color_system=None))
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    assert max(len(line) for line in re.split(r"[\r\n]", drawn)) <= width


def test_a_short_run_says_nothing_in_a_pipe() -> None:
    """A log has no use for a line that redraws itself."""
    assert run(Console(file=io.StringIO(), force_terminal=False)) == ""


def test_a_long_run_shows_in_a_log_that_it_is_alive() -> None:
    """Plain lines, some seconds apart, without control codes."""
    text = run(Console(file=io.StringIO(), force_terminal=False, width=80), pause=11.0)
    lines = text.splitlines()
    assert re.fullmatch(r"pagination · 0 of 2 checks · 17 requests · \d+ s · \d+/s", lines[0])
    assert re.fullmatch(
        r"filters · 1 of 2 checks · 31 requests · .* s · \d+/s · 1 failed", lines[-1]
    )
    assert "\x1b" not in text


def test_a_total_may_be_learnt_late() -> None:
    """Under pytest-xdist the workers collect."""
    target = io.StringIO()
    progress = Progress(Console(file=target, force_terminal=True, width=100, color_system=None))
    progress.started(0)
    progress.expects(7)
    progress.advanced()
    progress.stop()
    assert "1/7" in target.getvalue()


def test_it_says_what_fails_and_why_it_waits() -> None:
    """The gauge is asked when the line is drawn, so that a long check is seen to ask."""
    gauge = Gauge(40, ("global: rate limited, next request in 21 s",))
    target = io.StringIO()
    console = Console(file=target, force_terminal=True, width=160, color_system=None)
    progress = Progress(console, gauge=lambda: gauge)
    progress.started(3)
    progress.judged("pagination", "failed", 17, "PAG-03")
    progress.stop()
    for part in ("40 requests", "global: rate limited, next request in 21 s", "1 failed (PAG-03)"):
        assert part in target.getvalue()


def test_it_writes_past_what_holds_the_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest keeps sys.stderr for itself while a check runs."""
    real, held = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.__stderr__", real)
    monkeypatch.setattr("sys.stderr", held)
    ticks = count()
    progress = Progress(clock=lambda: next(ticks) * 11.0)
    progress.started(1)
    progress.judged("filters", "passed", 3)
    progress.stop()
    assert "filters" in real.getvalue()
    assert held.getvalue() == ""
