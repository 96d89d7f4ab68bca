"""The first screen: counts, bars, the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.reports.html.overview import WIDTH, region_bars, tiles
from conformance.reports.html.page import headline
from conformance.reports.html.scan import scan
from tests.support.samples import faulty_region, green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


def test_problems_are_counted_and_what_they_explain_apart(concluded: Concluded) -> None:
    """One fault is one problem, whatever falls with it."""
    shown = {tile.name: (tile.value, tile.words) for tile in tiles(concluded(one_fault()))}
    assert shown["Problems"] == ("1", "1 explained")
    assert shown["Passed"] == ("104", "of 106")
    assert "Inconclusive" not in shown
    assert shown["Hidden below"][0].endswith(" %")


def test_the_sentence_says_who_keeps_the_contract(concluded: Concluded) -> None:
    """Which region to look at is the first question."""
    assert headline(concluded(one_fault())).startswith(
        "1 problem in india; global keeps the contract"
    )
    report = concluded(green())
    assert headline(report) == report.sentence


def test_a_bar_has_every_outcome_in_it_and_fills_its_width(concluded: Concluded) -> None:
    """One failure among hundreds is still wide enough to be seen."""
    report = concluded(faulty_region())
    bars = {bar.region: bar for bar in region_bars(report, scan(report, report.source, set()))}
    assert [part.outcome for part in bars["india"].segments][:2] == ["failed", "warned"]
    for bar in bars.values():
        last = bar.segments[-1]
        assert abs(last.x + last.width - WIDTH) < 1
        assert min(part.width for part in bar.segments) >= 5
    assert "61 rows" in bars["india"].facts
