"""What is drawn: the walk on its axis, latencies on one scale, two answers side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from conformance.events.messages import ExchangeRecord
from conformance.events.model import Finding, Walk, WalkPage
from conformance.reports.html.latency import BINS, Latencies
from conformance.reports.html.sides import compared
from conformance.reports.html.walk import WIDTH, walk_picture
from tests.support.sample_events import exchange, page

if TYPE_CHECKING:
    from conformance.reports.html.sides import Sides


def walk(*pages: tuple[int, int], total: int = 40, **more: Any) -> Walk:
    return Walk(total, tuple(WalkPage(offset, 20, rows) for offset, rows in pages), **more)


def test_pages_lie_on_the_axis_where_their_rows_do() -> None:
    """A bar begins at its offset and is as wide as it has rows."""
    picture = walk_picture(walk((0, 20), (20, 20)))
    assert [(bar.x, bar.width, bar.shifted) for bar in picture.pages] == [
        (0.0, WIDTH / 2, False),
        (WIDTH / 2, WIDTH / 2, False),
    ]
    assert picture.caption == "2 pages, 40 rows of a total of 40"


def test_a_page_that_does_not_begin_where_the_last_one_ended_is_marked() -> None:
    """That is what a wrong offset looks like."""
    assert [bar.shifted for bar in walk_picture(walk((0, 20), (19, 20))).pages] == [False, True]


def test_rows_that_came_twice_or_never_are_marks_with_words() -> None:
    """A mark without a title would be colour alone."""
    picture = walk_picture(walk((0, 20), (20, 20), duplicates=(20,), gaps=(39,)))
    assert [bar.title for bar in picture.duplicates] == ["row 20 came twice"]
    assert [bar.title for bar in picture.gaps] == ["row 39 came never"]
    assert picture.caption.endswith("1 row twice (offset 20); 1 row never (offset 39)")


def test_an_empty_or_endless_walk_can_be_drawn() -> None:
    """No page at all, pages past the total, thousands of them."""
    assert walk_picture(walk(total=0)).pages == []
    endless = walk_picture(walk(*((place * 20, 0) for place in range(5_000)), total=40))
    assert len(endless.pages) == 240
    assert "the first 240 pages are shown" in endless.caption


def test_latencies_share_one_scale_and_are_told_apart_by_kind() -> None:
    """Refusals are fast; mixed with answers they would flatter them."""
    latencies = Latencies()
    for region, status, seconds in (
        ("g", 200, 0.04),
        ("g", 200, 0.4),
        ("g", 401, 0.002),
        ("i", None, 9.0),
    ):
        latencies.add(region, status, seconds)
    found = {(one.region, one.kind): one for one in latencies.distributions()}
    assert list(found) == [("g", "answers"), ("g", "refusals"), ("i", "no response")]
    assert (found["g", "answers"].count, found["g", "answers"].longest) == (2, 400.0)
    assert all(len(one.bars) == BINS and max(one.bars) == 1 for one in found.values())
    assert latencies.scale() == (2.0, 9_000.0)


def test_no_latency_at_all_has_a_scale() -> None:
    """A run that sent nothing still has a page."""
    assert Latencies().distributions() == []


def differing(**more: Any) -> Finding:
    return Finding(expected="the same", actual="another", level="MUST", exchanges=(), **more)


def answered(region: str, body: Any) -> ExchangeRecord:
    record = exchange(f"{region}-1", region, "", body, 200, "list-batch-calls")
    return msgspec.convert(record, ExchangeRecord)


def sides(left: Any, right: Any, **more: Any) -> Sides:
    exchanges = [answered(name, body) for name, body in (("global", left), ("india", right))]
    found = compared(differing(**more), exchanges)
    assert found is not None
    return found


def test_other_data_of_the_same_form_is_no_difference() -> None:
    """Two accounts have other rows; what a client relies on is their form."""
    both = sides(page(0, 1, 9, has_more=True, name="a"), page(0, 1, 7, has_more=True, name="b"))
    kinds = {(pair.left or "").strip().partition(":")[0]: pair.kind for pair in both.pairs}
    assert (kinds['"name"'], kinds['"total"'], kinds['"agent_id"']) == ("data", "data", "same")
    assert "form" not in kinds.values()


def test_another_type_or_a_missing_key_is_one() -> None:
    """That is what breaks a client."""
    both = sides({"id": 7, "gone": None}, {"id": "7"})
    assert [(pair.left, pair.right) for pair in both.pairs if pair.kind == "form"] == [
        ('  "id": 7,', '  "id": "7"'),
        ('  "gone": null', None),
    ]


def test_the_region_that_breaks_the_contract_stands_right() -> None:
    """One reads from what should be to what is."""
    both = sides({}, {}, keeps=("india",), breaks=("global",))
    assert (both.left.region, both.right.region) == ("india", "global")


def test_one_answer_has_nothing_beside_it() -> None:
    """A finding of one region is no comparison."""
    assert compared(differing(), [answered("global", {})]) is None
