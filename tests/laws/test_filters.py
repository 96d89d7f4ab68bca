"""The laws of filters, against a model table of rows by agent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.laws import filters as laws
from conformance.laws.pages import Page
from tests.support.lists import exchange
from tests.support.lists import first_page as page

TABLES = st.lists(st.sampled_from([7, 42, 421]), min_size=4, max_size=40).map(
    lambda agents: [{"id": at, "agent_id": agent} for at, agent in enumerate(agents)]
)


def having(rows, agent) -> list:
    return [row for row in rows if row["agent_id"] == agent]


@given(TABLES)
def test_honest_filters_break_no_law(rows) -> None:
    """The rows of each value, in the order of all, are what the laws want."""
    whole = [page(rows)]
    parts = {agent: page(having(rows, agent)) for agent in (7, 42, 421)}
    for agent, part in parts.items():
        assert laws.only([part], "/agent_id", agent) == []
        assert laws.complete([part], whole, "/agent_id", agent) == []
        assert laws.begins_as([part], whole, "/agent_id", agent) == []
        assert laws.same_order([part], whole) == []
    assert laws.adds_up(parts, whole[0]) == []


@given(TABLES, st.data())
def test_a_row_of_another_value_is_seen(rows, data) -> None:
    """One stranger among the rows is enough."""
    agent = data.draw(st.sampled_from([7, 42, 421]))
    stranger = {"id": 99, "agent_id": 5}
    [finding, *_] = laws.only([page([*having(rows, agent), stranger])], "/agent_id", agent)
    assert finding.actual == "a row with 5"


@given(TABLES, st.data())
def test_a_row_lost_is_seen_and_explained_by_one_change(rows, data) -> None:
    """A filtered list that lacks a row of the whole one is a finding, unless a row came
    meanwhile.
    """
    row = data.draw(st.sampled_from(rows))
    agent = row["agent_id"]
    part = [page([one for one in having(rows, agent) if one != row])]
    assert laws.complete(part, [page(rows)], "/agent_id", agent)
    assert laws.complete(part, [page(rows)], "/agent_id", agent, changes=1) == []


def test_the_head_of_a_long_list_tells_of_the_head_of_its_part() -> None:
    """Where the list is too long to be read, a row missing at the head, or an order of its own, is
    seen.
    """
    rows = [{"id": at, "agent_id": at % 2} for at in range(20)]
    odd = having(rows, 1)
    assert laws.begins_as([page(odd)], [page(rows)], "/agent_id", 1) == []
    assert laws.begins_as([page(odd[1:])], [page(rows)], "/agent_id", 1)
    assert laws.begins_as([page(odd[::-1])], [page(rows)], "/agent_id", 1)
    assert laws.begins_as([page(odd[1:])], [page(rows)], "/agent_id", 1, changes=1) == []


@pytest.mark.parametrize("kept", [0, 3, 7, 8, 9])
def test_a_filtered_list_that_ends_before_the_head_does_is_seen(kept) -> None:
    """A filter that loses all rows, or the last ones, is a finding; a page that more pages follow
    is not.
    """
    rows = [{"id": at, "agent_id": at % 2} for at in range(20)]
    odd, head = having(rows, 1), [page(rows, more=True)]
    [finding] = laws.begins_as([page(odd[:kept])], head, "/agent_id", 1)
    assert finding.actual == f"{10 - kept} of them missing, or another order"
    assert laws.begins_as([page(odd[:kept], more=True)], head, "/agent_id", 1) == []
    assert (laws.begins_as([page(odd[:kept])], head, "/agent_id", 1, changes=1) == []) is (
        kept >= 8
    )


def test_totals_add_up_or_not() -> None:
    """The totals of all values are the total, less the rows that have no value; one too many is a
    finding.
    """
    rows = [{"id": 1, "agent_id": 1}, {"id": 2, "agent_id": 2}]
    parts = {1: page(rows[:1]), 2: page(rows[1:], total=2)}
    [finding] = laws.adds_up(parts, page(rows))
    assert finding.actual == "totals of 2 values add up to 3"
    whole = page([*rows, {"id": 3, "agent_id": None}, {"id": 4, "agent_id": None}])
    assert laws.adds_up(parts, whole, valueless=1) == []
    assert laws.adds_up(parts, whole, valueless=2) != []


def test_another_order_is_seen() -> None:
    """Rows of the part that come before one the whole list has first."""
    rows = [{"id": at, "agent_id": 1} for at in range(5)]
    assert laws.same_order([page(rows[::-1])], [page(rows)])
    assert laws.same_order([page([*rows[1:], rows[0]])], [page(rows)], changes=1) == []


@pytest.mark.parametrize(
    ("status", "seen", "fine"),
    [
        (404, None, True),
        (400, None, False),
        (500, None, False),
        (200, page([]), True),
        (200, page([], total=3), False),
        (200, page([], more=True), False),
        (200, page([{"id": 1}]), False),
    ],
)
def test_no_match_is_empty_or_not_found(status, seen, fine) -> None:
    """An empty list that counts nothing, or 404; no refusal, no rows."""
    assert (laws.nothing(seen, exchange(status), "agent_id=5") == []) is fine


@pytest.mark.parametrize(("status", "fine"), [(400, True), (422, True), (401, False), (500, False)])
def test_a_value_that_the_document_does_not_allow_may_be_refused(status, fine) -> None:
    """As invalid, and in no other way."""
    found = laws.nothing(None, exchange(status), "state=zz", is_refusable=True)
    assert (found == []) is fine


@pytest.mark.parametrize(
    ("status", "agents", "value", "fine"),
    [
        (400, None, "1 OR 1=1", True),
        (500, None, "1 OR 1=1", False),
        (200, [], "1 OR 1=1", True),
        (200, [1, 1], "1 OR 1=1", False),
        (200, [1, 2], "abc", False),
        (200, [1], " 1", True),
        (200, [1], "1.5", False),
    ],
)
def test_a_hostile_value_never_widens(status, agents, value, fine) -> None:
    """Only rows that have the very value may come back; spaces around it are leniency."""
    rows = [{"agent_id": agent} for agent in agents or ()]
    seen = (
        None
        if agents is None
        else Page(0, 20, tuple(rows), tuple(range(len(rows))), False, len(rows))
    )
    assert (laws.narrow(seen, exchange(status), "/agent_id", value) == []) is fine


def test_an_empty_value_taken_for_none_widens_too() -> None:
    """Every row comes back, as if nothing had been filtered by."""
    seen = Page(0, 20, ({"agent_id": 1}, {"agent_id": 2}), (1, 2), False, 2)
    [finding] = laws.narrow(seen, exchange(200), "/agent_id", "")
    assert finding.actual == "2 rows of 1, 2, total 2"


def test_a_text_with_commas_may_be_several_values() -> None:
    """Where the document allows any text; the rows of these values are then those that were asked for."""
    seen = Page(0, 20, ({"slug": "a"}, {"slug": "b"}), (1, 2), False, 2)
    assert laws.narrow(seen, exchange(200), "/slug", "a,b", is_text=True) == []
    assert laws.narrow(seen, exchange(200), "/slug", "a,b")
    assert laws.narrow(seen, exchange(200), "/slug", "a,c", is_text=True)


def test_without_totals_there_is_nothing_to_add_up() -> None:
    """A style of paging may tell none."""
    whole, part = Page(0, 20, (), (), True), Page(0, 20, (), (), True, 3)
    assert laws.adds_up({1: part}, whole) == laws.adds_up({1: whole}, part) == []


def test_a_refusal_that_no_document_foresees_is_a_warning() -> None:
    """What is called valid may be less than it says; a 5xx is no refusal."""
    levels = [
        [
            finding.level
            for finding in laws.nothing(None, exchange(status), "x=5", is_foreseen=False)
        ]
        for status in (400, 422, 403, 500)
    ]
    assert levels == [["SHOULD"], ["SHOULD"], [None], [None]]


@pytest.mark.parametrize(
    ("done", "value", "level"),
    [(True, "AAA", "SHOULD"), (True, "0", None), ("x", "AAA", None)],
)
def test_what_is_no_boolean_may_be_taken_for_no_filter(done, value, level) -> None:
    """Where the document foresees no refusal; a boolean that is read may not, and no other text."""
    rows = tuple({"id": number, "done": done} for number in (1, 2))
    seen = page(rows)
    [finding] = laws.narrow(seen, exchange(200), "/done", value, is_foreseen=False)
    assert finding.level == level
    [finding] = laws.narrow(seen, exchange(200), "/done", value)
    assert finding.level is None
