"""Filters: what they leave, in matrix, problems and table, and the address that leads
back to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.support.samples import faulty_region, green, many

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.support.opened import Opened
    from tests.support.samples import Sample

    Opening = Callable[[Sample], Opened]


def filtering(found: Opened) -> Page:
    """The page with its filters unfolded."""
    found.page.get_by_role("button", name="Filter /").click()
    return found.page


def matching(page: Page, count: int) -> None:
    expect(page.locator("#matching")).to_have_text(re.compile(f"^{count} of "))


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("outcome", "failed", 4),
        ("area", "parity", 5),
        ("region", "india", 49),
        ("region", "-", 8),
        ("level", "SHOULD", 22),
    ],
)
def test_each_filter_leaves_what_it_names_and_is_in_the_address(
    opened: Opening, name: str, value: str, count: int
) -> None:
    """Choosing is enough: no button, and the address can be sent to someone."""
    found = opened(faulty_region())
    filtering(found)
    found.page.select_option(f"[name={name}]", value)
    matching(found.page, count)
    assert found.query == f"?{name}={value}"
    assert found.page.locator("#rows tr").count() == count


@pytest.mark.parametrize("text", ["pag-05", "visits every row", "calls endless", "india walk ends"])
def test_free_text_searches_ids_promises_operations_and_reasons(opened: Opening, text: str) -> None:
    """Every word must be somewhere in a result."""
    sample = faulty_region()
    sample.judgement("PAG-05", "india")["findings"][0]["actual"] = "an endless walk"
    page = filtering(opened(sample))
    page.fill("[name=q]", text)
    expect(page.locator("#rows tr").first).to_contain_text("PAG-05")
    assert {name.strip(" ↳") for name in page.locator("#rows .id").all_inner_texts()} == {"PAG-05"}


def test_a_link_with_filters_opens_filtered(opened: Opening) -> None:
    """A deep link shows what its sender saw."""
    page = opened(faulty_region()).at("?q=pag&outcome=failed&region=india#results")
    matching(page, 3)
    assert page.input_value("[name=q]") == "pag"
    assert page.input_value("[name=outcome]") == "failed"


def test_a_link_to_what_is_not_there_shows_everything(opened: Opening) -> None:
    """An outcome or region that this run does not have is no filter."""
    found = opened(faulty_region())
    found.at("?outcome=exploded&region=mars")
    matching(filtering(found), 106)


def test_clear_brings_everything_back(opened: Opening) -> None:
    """One button, and the address is plain again."""
    found = opened(faulty_region())
    filtering(found).select_option("[name=outcome]", "failed")
    found.page.get_by_role("button", name="Clear").click()
    matching(found.page, 106)
    assert found.query == ""


def test_matrix_and_problems_follow_the_filters(opened: Opening) -> None:
    """What does not match is nowhere: no row, no heading of an area, no card."""
    page = filtering(opened(faulty_region()))
    page.select_option("[name=area]", "parity")
    matching(page, 5)
    assert page.locator("[data-row]:visible").count() == 5
    assert page.locator("[data-area]:visible").count() == 1
    expect(page.locator(".card:visible")).to_have_count(1)
    expect(page.locator(".card:visible")).to_contain_text("PAR-01")


def test_nothing_that_matches_is_said(opened: Opening) -> None:
    """An empty page would look like a fault of the page."""
    page = filtering(opened(faulty_region()))
    page.fill("[name=q]", "no such thing")
    matching(page, 0)
    expect(page.get_by_text("Nothing matches the filters.")).to_be_visible()
    expect(page.get_by_text("No problem matches the filters.")).to_be_visible()


def test_cells_are_counted_from_what_matches(opened: Opening) -> None:
    """Over sixty operations a cell says how many of those shown failed."""
    page = filtering(opened(many()))
    share = page.locator("[data-row='PAG-02'] td[data-region=india] .n")
    expect(share).to_have_text("1/60")
    page.fill("[name=q]", "list-things-07")
    expect(share).to_have_text("")
    expect(page.locator("[data-row='PAG-02'] td[data-region=india] .m")).to_have_text("✗")


def test_a_failed_cell_leads_to_its_card_explained_or_not(opened: Opening) -> None:
    """Nothing that failed leads to an empty page."""
    found = opened(faulty_region())
    for name in ("PAG-03", "PAG-05"):
        found.page.locator(f"[data-row='{name}'] td[data-region=india] a").click()
        assert found.page.url.endswith("#p1")
        expect(found.page.locator("#p1")).to_contain_text(name)


def test_a_passed_cell_opens_an_exchange_with_what_could_still_hide(opened: Opening) -> None:
    """How many observations there were, the rate of a fault they would have shown, one of them."""
    sample = faulty_region()
    sample.judgement("PAG-04", "global")["check"] = sample.exchanges[0]["check"]
    page = opened(sample).page
    page.get_by_text("more passed").first.click()
    cell = page.locator("[data-row='PAG-04'] td[data-region=global] button")
    cell.click()
    opened_row = page.locator("tr.sample")
    expect(opened_row).to_contain_text("42 observations that could have failed")
    expect(opened_row).to_contain_text("would have been seen with 95 %")
    expect(opened_row).to_contain_text("HTTP/1.1 200 OK")
    expect(opened_row).to_contain_text("… 19 more")
    cell.click()
    expect(opened_row).to_have_count(0)


def test_long_tables_come_in_steps(opened: Opening) -> None:
    """Thousands of rows are not drawn before someone asks for them."""
    page = opened(many()).page
    assert page.locator("#rows tr").count() == 0
    page.get_by_role("button", name="Show the table").click()
    assert page.locator("#rows tr").count() == 200
    page.get_by_role("button", name=re.compile("^Show 200 more of ")).click()
    assert page.locator("#rows tr").count() == 400


def test_the_keyboard_is_enough(opened: Opening) -> None:
    """The first stop skips to the results, / goes to the search, and the choice needs no mouse."""
    page = opened(green()).page
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("/")
    expect(page.locator("[name=q]")).to_be_focused()
    page.keyboard.type("PAG-16")
    matching(page, 2)
