"""The views of a history: terminal and page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from conformance.reports.history.marks import spark
from conformance.reports.history.page import history_html
from conformance.reports.history.store import append, read
from conformance.reports.history.terminal import print_history
from conformance.verdict.conclude import conclude
from conformance.verdict.history import history_of
from tests.support.samples import HOSTILE, green, hostile, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.verdict.history import History


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Green, failing, green, failing, and one whose texts attack."""
    path = tmp_path / "history.sqlite"
    for day, make in enumerate([green, one_fault, green, one_fault, hostile], start=1):
        sample = make()
        sample.header |= {"run": f"run-{day}", "started": f"2026-11-{day:02}T02:14:07Z"}
        stream = sample.write(tmp_path / str(day) / "events.ndjson")
        append(path, conclude(stream), stream)
    return read(path)


def test_the_terminal_shows_turns_flakiness_and_latency(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row of marks for what ever failed; the last line says what it comes to."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    target = io.StringIO()
    print_history(history, console=Console(file=target, width=100, highlight=False))
    text = target.getvalue()
    assert "PAG-03  india · list-batch-calls  ✓✗✓✗✓" in text
    assert "turned 4 times, flakiness 100%" in text
    assert "failing since 2026-11-05 02:14" in text
    assert "india  median " in text
    assert "None" not in text
    assert text.splitlines()[-1].startswith("5 runs (3 nonconformant, 2 conformant)")
    assert not [c for c in text if ord(c) < 32 and c != "\n"]


def test_the_page_stands_alone_and_shows_the_same(history: History) -> None:
    """Nothing is loaded, and text of servers is text."""
    page = history_html(history)
    assert "Content-Security-Policy" in page
    assert "<img" not in page
    assert "HOSTILE" not in page
    assert HOSTILE not in page
    assert 'title="2026-11-02 02:14:07 UTC: failed">✗</span>' in page
    assert '<polyline class="curve"' in page


def test_an_empty_history_is_a_page_too() -> None:
    """Nothing was kept yet."""
    page = history_html(history_of([], {}))
    assert "No run" in page
    assert "0 runs" in page


def test_a_spark_has_a_gap_for_what_is_not_known() -> None:
    """The lowest and the highest are as far apart as there is room."""
    assert spark([1, None, 8]) == "▁ █"
    assert spark([5, 5]) == "▁▁"
    assert spark([None]) == ""
