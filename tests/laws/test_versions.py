"""Answers that no movement between two readings that agree explains."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.laws.oracle.model import ListModel
from conformance.laws.pages import read_page
from conformance.laws.versions import (
    cached,
    changed_in_words,
    differently_treated,
    impossible,
    same_values,
    spread,
    stale,
    treated,
    unexplained,
    wrong_once,
)
from tests.support.lists import exchange, own

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange

OPERATION = load_contract().operations[0]


def answer(*ids: int, total: int = 4, query: str = "", agent: int = 7, **headers: Any) -> Exchange:
    rows = [{"id": one, "agent_id": agent} for one in ids]
    body: Any = {"data": rows, "has_more": False, "total": total}
    return exchange(200, body, request=own(raw_query=query), **headers)


def model() -> ListModel:
    page = read_page(answer(1, 2, 3, 4), OPERATION, 0, 4)
    assert page is not None
    made = ListModel.of([page])
    assert made is not None
    return made


def why(one: Exchange) -> list[str]:
    return [strange.why for strange in impossible([one], OPERATION, model())]


@pytest.mark.parametrize(
    "one",
    [
        answer(1, 2, 3, 4),
        answer(2, 3),
        answer(9, 1, 2, total=5),
        answer(1, 9, 2, 3, total=5),
        answer(1, 2, total=5),
        answer(),
        answer(7, 8, query="agent_id=1", total=2),
        exchange(404, {}),
    ],
)
def test_rows_that_came_and_went_are_possible(one: Exchange) -> None:
    """Beside those that were there all the time, and counted; a filter's list is another one."""
    assert why(one) == []


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (answer(1, 2, 3, 9), "row 9 at total 4"),
        (answer(9, 8, 1, total=5), "row 9 at total 5"),
        (answer(1, 2, 3, total=3), "total 3"),
        (answer(1, 3, 4), "rows in another order"),
        (answer(2, 1), "rows in another order"),
    ],
)
def test_a_row_that_is_gone_does_not_return(one: Exchange, reason: str) -> None:
    """So none can have been replaced, left out or moved, and the total cannot have been less."""
    assert why(one) == [reason]


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (answer(1, 2, 3, 4, query="agent_id=7"), []),
        (answer(1, 2, 9, query="agent_id=7", total=5), []),
        (answer(1, 2, 9, query="agent_id=7", total=4), ["row 9 at total 4"]),
        (answer(9, query="agent_id=8", total=1, agent=8), []),
        (answer(9, 10, query="agent_id=8", total=1, agent=8), ["row 9 at total 1"]),
        (answer(1, query="agent_id=7&sort=x", total=1), []),
        (answer(1, query="agent_id=7", total=1), []),
    ],
)
def test_what_a_filter_leaves_may_hold_what_came_alone(one: Exchange, reason: list[str]) -> None:
    """A row of a filtered list that the list does not have came, or is none of it."""
    assert [s.why for s in impossible([one], OPERATION, model(), filtered=True)] == reason
    assert not impossible([one], OPERATION, model())


def test_values_of_filters_that_change_are_seen() -> None:
    """So that the filtered list of one moment is no measure of that of another."""
    page = read_page(answer(1, 2, 3, 4, agent=8), OPERATION, 0, 4)
    assert page is not None
    other = ListModel.of([page])
    assert other is not None
    assert same_values(model(), model(), OPERATION)
    assert not same_values(model(), other, OPERATION)


def test_the_first_finding_says_how_many_and_how() -> None:
    """Each of them has one more, so that its consequences are known."""
    strange = impossible([answer(1, 9), answer(1, total=3), answer(1)], OPERATION, model())
    first, *rest = wrong_once(strange, 3)
    assert "2 of 3 answers show another one (row 9 at total 4 and total 3), " in first.actual
    assert [len(finding.exchanges) for finding in rest] == [1, 1]
    assert wrong_once([], 3) == []


def test_a_cache_says_that_it_kept_an_answer() -> None:
    """One that it did not keep is the server's own."""
    assert cached(answer(1, x_cache="HIT", age="3")) == "X-Cache: HIT, Age: 3"
    assert cached(answer(1, x_cache="MISS", age="0")) == ""
    assert json.loads(answer(1).response.body)["total"] == 4  # type: ignore[union-attr]


def test_what_tells_how_a_server_treats_requests() -> None:
    """No plain page, no refused key, no filter: these are matters of data."""
    over = exchange(200, {}, request=own(raw_query="limit=1000"))
    refused = exchange(400, {}, request=own(raw_query="limit=x"))
    filtered = exchange(404, {}, request=own(raw_query="agent_id=1"))
    others = [exchange(200, {}, request=own(plain=True)), exchange(401, {}), filtered]
    assert treated([over, *others, refused], OPERATION) == [over, refused]


def test_they_are_spread_over_the_run() -> None:
    """Few of them, from the first on."""
    answers = [exchange(400, {}) for _ in range(10)]
    assert spread(answers, 4) == answers[::3]
    assert spread(answers[:2], 4) == answers[:2]


def test_another_status_is_another_treatment() -> None:
    """A quota or an outage is none."""
    before = exchange(200, {}, request=own(raw_query="limit=1000"))
    assert differently_treated(before, exchange(400, {}))
    assert not any(differently_treated(before, exchange(status, {})) for status in (200, 429, 503))
    words = changed_in_words([(before, exchange(400, {}))], 12)
    assert "limit=1000 answered 200 before and 400 since (1 of 12 requests" in words
    assert words.startswith(f"{before.region} changed after ")


def test_a_refusal_in_another_form_is_one_of_another_version() -> None:
    """The same status from another framework; other words are not another form."""
    before = exchange(400, {"error": {"type": "a"}}, request=own(raw_query="limit=x"))
    after = exchange(400, {"detail": "a", "status": 400})
    assert differently_treated(before, after)
    assert not differently_treated(before, exchange(400, {"error": {"type": "b"}}))
    words = changed_in_words([(before, after)], 7)
    assert "answered 400 with error before and 400 with detail, status since" in words


def timed(began: float, *ids: int, total: int = 4) -> Exchange:
    one = answer(*ids, total=total)
    one.began, one.seconds = began, 0.01
    return one


@pytest.mark.parametrize(("pause", "explained"), [(0.02, False), (0.6, True)])
def test_what_comes_and_goes_takes_its_time(pause: float, explained: bool) -> None:
    """Between two answers that show the list as it was it takes two changes."""
    odd = timed(1.0, 1, 2, 3, total=3)
    answers = [timed(1.0 - pause, 1, 2), odd, timed(1.0 + pause, 1, 2)]
    strange = impossible(answers, OPERATION, model())
    found = unexplained(strange, answers, OPERATION, model(), lambda seconds: 1 + int(2 * seconds))
    assert [one.exchange for one in found] == ([] if explained else [odd])


def test_what_nothing_surrounds_says_nothing() -> None:
    """The list may have been another one before the first answer."""
    odd = timed(1.0, 1, 2, 3, total=3)
    strange = impossible([odd], OPERATION, model())
    assert not unexplained(strange, [odd, timed(2.0, 1, 2)], OPERATION, model(), lambda _: 0)


@given(st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_a_kept_page_is_stale_where_its_count_lies_outside(totals: list[int]) -> None:
    """Of those of the pages before and after it."""
    first, kept, last = (
        read_page(answer(1, total=total, x_cache="HIT"), OPERATION, 0, 4) for total in totals
    )
    assert first is not None
    assert kept is not None
    assert last is not None
    is_between = min(totals[0], totals[2]) <= totals[1] <= max(totals[0], totals[2])
    found = stale([(first, kept, last)])
    assert bool(found) is not is_between
    assert all("answers carry X-Cache: HIT" in one.actual for one in found)
