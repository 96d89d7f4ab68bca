"""A failure opened: requirement, exchange with the part that offends, curl, both answers,
the walk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.support.samples import faulty_region, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext

    from tests.support.opened import Opened
    from tests.support.samples import Sample

    Opening = Callable[[Sample], Opened]


IN_SIGHT = """(box) => {
  const mark = box.querySelector("mark").getBoundingClientRect(), frame = box.getBoundingClientRect();
  return mark.top >= frame.top && mark.bottom <= frame.bottom;
}"""


def test_the_first_screen_has_the_failure_itself(opened: Opening) -> None:
    """Promise, expected, actual and command, without a click."""
    page = opened(one_fault()).page
    for words in ("PAG-03", "has_more false (offset 40 + 21 rows = total 61)"):
        expect(page.get_by_text(words).first).to_be_in_viewport()
    expect(page.locator("#p1 .actual").first).to_be_in_viewport()
    expect(page.locator("#p1 .command").first).to_be_in_viewport()


def test_a_problem_states_the_requirement_and_links_its_source(opened: Opening) -> None:
    """On whose word it is a fault stands beside it."""
    card = opened(faulty_region()).page.locator(".card", has_text="AUT-08")
    card.locator("summary").first.click()
    expect(card.locator(".promise")).to_contain_text("Every 401 carries a WWW-Authenticate")
    source = card.get_by_role("link", name="RFC 9110 11.6.1")
    expect(source).to_have_attribute(
        "href", "https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1"
    )


def test_the_offending_part_is_marked_and_in_sight(opened: Opening) -> None:
    """Of a long body the line that breaks the promise is what is shown first."""
    card = opened(one_fault()).page.locator("#p1")
    expect(card.locator(".wire mark").first).to_have_text('"has_more": true,')
    card.locator("details.exchange summary").first.click()
    box = card.locator("details.exchange .wire").nth(1)
    expect(box.locator("mark")).to_have_count(1)
    assert box.evaluate(IN_SIGHT)


def test_the_command_is_copied_as_it_stands(opened: Opening, context: BrowserContext) -> None:
    """What is pasted into a shell is the command with the name of the key's variable."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(one_fault()).page
    button = page.locator("#p1").get_by_role("button", name="Copy: smallest request")
    button.click()
    expect(button).to_have_text("Copied")
    expect(page.locator("#copied")).to_have_text("Copied to the clipboard")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "curl -sS 'https://api.in.voice.formantai.com/v1/batch-calls?limit=21&offset=40'"
    )
    assert copied.endswith('-H "Authorization: Bearer $FORMANT_API_KEY_INDIA"')


def test_every_copy_button_copies_what_stands_beside_it(
    opened: Opening, context: BrowserContext
) -> None:
    """Each of them, not only the first."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = opened(faulty_region()).page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for button in page.locator("button.copy").all():
        button.click()
        expect(button).to_have_text("Copied")
        beside = button.evaluate("(one) => one.parentElement.querySelector('code').textContent")
        assert page.evaluate("navigator.clipboard.readText()") == beside


def test_parity_shows_both_answers_with_the_difference_marked(opened: Opening) -> None:
    """Who keeps the contract stands left, who breaks it right."""
    page = opened(faulty_region()).page
    page.get_by_text("Both answers side by side").first.click()
    facts = page.locator(".card", has_text="PAR-01").locator(".facts tbody tr").first
    assert facts.locator("td").all_inner_texts() == ["status", "200", "422"]
    sides = page.locator(".card", has_text="PAR-01").locator(".sides").first
    assert [text.split()[0] for text in sides.locator("thead th").all_inner_texts()] == [
        "global",
        "india",
    ]
    first = sides.locator("tbody tr").first
    expect(first.locator("td").nth(0).locator("mark")).to_have_text("200 OK")
    expect(first.locator("td").nth(1).locator("mark")).to_have_text("422 Bad Request")
    expect(sides.locator("tr.same").first).to_contain_text("content-type: application/json")


def test_a_walk_is_drawn_with_its_duplicates_and_gaps(opened: Opening) -> None:
    """A bar for each page, a mark for each row that came twice or never."""
    page = opened(faulty_region()).page
    drawn = page.locator(".walk", has=page.locator(".duplicate >> nth=0")).last
    assert drawn.locator("rect.page").count() == 4
    assert drawn.locator("rect.duplicate").count() == 2
    assert drawn.locator("rect.hole").count() == 1
    caption = (
        "4 pages, 61 rows of a total of 61; 2 rows twice (offset 20, 40); 1 row never (offset 39)"
    )
    expect(drawn.locator("figcaption")).to_contain_text(caption)
    expect(drawn.get_by_role("img", name=caption)).to_be_visible()


def test_what_a_failure_explains_is_folded_into_it(opened: Opening) -> None:
    """One fault is one card, with what falls because of it."""
    page = opened(one_fault()).page
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("#p1 .explains")).to_contain_text("the walk ends after 61 rows")


def test_latency_configuration_waivers_and_the_unjudged_are_there(opened: Opening) -> None:
    """What a reader needs to weigh the verdict is on the page."""
    sample = faulty_region()
    waiver = {
        "requirement": "AUT-08",
        "region": "india",
        "operation": None,
        "reason": "no gateway yet",
    }
    sample.header["waivers"] = [waiver | {"owner": "voice-platform", "expires": "2027-03-31"}]
    page = opened(sample).page
    page.get_by_text("Latency by region").click()
    expect(page.locator("#latency tbody tr")).to_have_count(4)
    for fact in ("no gateway yet", "voice-platform", "2027-03-31"):
        expect(page.locator("#waivers")).to_contain_text(fact)
    expect(page.locator("#unjudged")).to_contain_text("needed 20 rows compared, found 3")
    page.get_by_text("Effective configuration").click()
    expect(page.locator("#run .wire").first).to_contain_text('"workers": 8')


def test_a_link_to_an_exchange_opens_it(opened: Opening) -> None:
    """An exchange that two findings name stands on the page once, and can be found."""
    found = opened(one_fault())
    found.at("#x-india-0021")
    expect(found.page.locator("#x-india-0021 .wire").first).to_be_visible()


def test_a_card_says_why_and_how_to_mend(opened: Opening) -> None:
    """What `conformance explain` says is a click away."""
    card = opened(one_fault()).page.locator("#p1")
    card.get_by_text("Why it matters").click()
    expect(card).to_contain_text("has_more = offset + len(rows) < total")
    expect(card).to_contain_text("conformance explain PAG-03")


def test_a_dead_region_does_not_unroll_the_matrix(opened: Opening) -> None:
    """It has one reason, and not fifty rows."""
    sample = one_fault()
    for judged in sample.judgements:
        if judged["region"] == "global":
            judged |= {"state": "inconclusive", "reason": "global is dead", "evidence": {}}
    page = opened(sample).page
    assert page.locator("[data-row]:visible").count() < 12
    page.get_by_text("could not be judged everywhere").first.click()
    assert page.locator("[data-row]:visible").count() > 8
