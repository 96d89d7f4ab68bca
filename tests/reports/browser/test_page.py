"""The page as it opens: quiet, self-contained, accessible, at every width, in light and dark, on
paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conformance.reports.history.page import history_html
from conformance.reports.history.store import append, read
from conformance.verdict.conclude import conclude
from tests.support.samples import HOSTILE, cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.support.opened import Opened
    from tests.support.samples import Sample

    Opening = Callable[[Sample], Opened]

SAMPLES = [green, one_fault, faulty_region, cut, hostile, many]


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_console_stays_empty_and_nothing_is_loaded(
    opened: Opening, sample: Callable[[], Sample]
) -> None:
    """Nothing is complained of, and the file itself is all that is ever asked for."""
    found = opened(sample())
    expect(found.page.get_by_role("button", name="Filter /")).to_be_visible()
    assert found.complaints == []
    assert found.asked == [found.url]


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
@pytest.mark.parametrize("sample", [green, faulty_region, cut, hostile])
def test_axe_finds_no_violation(
    opened: Opening, sample: Callable[[], Sample], width: int, scheme: str
) -> None:
    """WCAG 2.2 AA and axe's own good practice, everything unfolded, in both schemes."""
    page = opened(sample()).page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 2560])
@pytest.mark.parametrize("sample", [faulty_region, hostile])
def test_no_width_makes_the_page_scroll_sideways(
    opened: Opening, sample: Callable[[], Sample], width: int
) -> None:
    """Wide tables scroll in boxes of their own (WCAG 1.4.10)."""
    page = opened(sample()).page
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_dark_follows_the_system_until_someone_chooses(opened: Opening) -> None:
    """The button turns it round, and the choice outlives the visit."""
    found = opened(green())
    background = "getComputedStyle(document.body).backgroundColor"
    light = found.page.evaluate(background)
    found.page.emulate_media(color_scheme="dark")
    dark = found.page.evaluate(background)
    assert light != dark
    found.page.emulate_media(color_scheme="light")
    found.page.get_by_role("button", name="Dark").click()
    assert found.page.evaluate(background) == dark
    assert found.at("").evaluate(background) == dark
    found.page.get_by_role("button", name="Light").click()
    assert found.page.evaluate(background) == light


def test_hostile_text_is_text(opened: Opening) -> None:
    """Markup, scripts and marks of direction from a server are shown, and do nothing."""
    found = opened(hostile())
    page = found.page
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 2
    card = page.locator(".card").first
    expect(card).to_contain_text("</script><img src=x onerror=alert(1)>")
    expect(card).to_contain_text("{{ 7*7 }}")
    assert "\u202e" in HOSTILE
    assert "\u202e" not in page.locator("body").inner_text()
    assert found.complaints == []


def test_a_stream_without_a_footer_is_cut_short(opened: Opening) -> None:
    """What was killed, or is still going, never looks finished."""
    sample = green()
    sample.footer = None
    banner = opened(sample).page.locator("header .banner")
    expect(banner).to_contain_text("Unverified")
    expect(banner).to_contain_text("The run was cut short: the stream has no footer")


def test_paper_has_verdict_problems_and_matrix_and_nothing_unrolled(opened: Opening) -> None:
    """A print has no buttons, no exchanges, and no table of every result."""
    page = opened(faulty_region()).page
    page.emulate_media(media="print")
    for hidden in ("#filters", "#theme", "button.copy >> nth=0", ".exchange >> nth=0", "#results"):
        expect(page.locator(hidden)).to_be_hidden()
    for shown in ("h1", "#p1", "[data-row='PAG-03']"):
        expect(page.locator(shown)).to_be_visible()


@pytest.mark.parametrize(("width", "most"), [(1440, 4_000), (390, 6_000)])
def test_a_green_page_is_short(opened: Opening, width: int, most: int) -> None:
    """Whoever has nothing to do is done soon, on a phone too."""
    page = opened(green()).page
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollHeight") < most


def test_paper_is_light_whatever_the_screen_is(opened: Opening) -> None:
    """Light letters on paper, which has no dark background, could not be read."""
    page = opened(green()).page
    page.get_by_role("button", name="Dark").click()
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 31, 38)"


def test_without_a_script_the_page_still_says_what_matters(
    opened: Opening, browser: Browser
) -> None:
    """Verdict, matrix and problems need no JavaScript."""
    found = opened(one_fault())
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(found.url)
    expect(page.locator("h1")).to_contain_text("Nonconformant")
    expect(page.locator("[data-row='PAG-03'] .cell.failed")).to_be_visible()
    expect(page.locator(".card").first).to_contain_text("has_more true")
    expect(page.get_by_text("need JavaScript")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_page_of_a_history_is_as_accessible(
    watched: Callable[[Path], Opened], tmp_path: Path, width: int, scheme: str
) -> None:
    """It shares the look, and is held to the same."""
    stream = one_fault().write(tmp_path / "events.ndjson")
    append(tmp_path / "history.sqlite", conclude(stream), stream)
    page = tmp_path / "history.html"
    page.write_text(history_html(read(tmp_path / "history.sqlite")), "utf-8")
    found = watched(page)
    found.page.set_viewport_size({"width": width, "height": 900})
    found.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    results = Axe().run(found.page)
    assert results.violations_count == 0, results.generate_report()
    assert found.complaints == []
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
