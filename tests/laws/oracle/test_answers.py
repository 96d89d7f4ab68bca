"""Answers held against the contract: an honest server never deviates, a liar does, under the right
name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.contract.pagination.page_size import PageSize
from conformance.contract.pagination.telling import Telling
from conformance.contract.pagination.unpaged import Unpaged
from conformance.laws.oracle.answers import deviations
from conformance.laws.oracle.asked import query_of, read_request
from conformance.laws.oracle.model import ListModel
from conformance.laws.pages import Page

if TYPE_CHECKING:
    from conformance.laws.oracle.answers import Deviation

OPERATION = load_contract().operations[0]
ROWS = st.lists(st.integers(1, 500), unique=True, max_size=60)
AGENTS = ("3", "7", "40")


def served(ids: list[int], size: int, start: int) -> Page:
    """The page of an honest server; the agent of a row follows from its id."""
    rows = tuple(
        {"id": name, "agent_id": int(AGENTS[name % 3])} for name in ids[start : start + size]
    )
    names = tuple(row["id"] for row in rows)
    return Page(start, size, rows, names, start + len(rows) < len(ids), len(ids))


def model_of(ids: list[int]) -> ListModel:
    """The model of a list that was read whole."""
    model = ListModel.of([served(ids, len(ids) or 1, 0)])
    assert model is not None
    return model


def judged(
    query: dict[str, Any] | str, status: int, page: Page | None, ids: list[int]
) -> list[Deviation]:
    """The deviations of an answer to a query."""
    raw = query if isinstance(query, str) else urlencode(query)
    model = model_of(ids)
    asked = read_request(query_of(raw), OPERATION, model)
    assert asked is not None
    return deviations(asked, status, page, model)


def test_a_size_with_a_meaning_of_its_own_is_not_judged() -> None:
    """The document says that it gives all rows; another negative one is out of bounds."""
    said = [
        {**one, "description": "-1 returns all."} if one["name"] == "limit" else one
        for one in OPERATION.parameters
    ]
    documented, model = replace(OPERATION, parameters=tuple(said)), model_of([1, 2, 3])
    assert read_request({"limit": ["-1"]}, documented, model) is None
    assert read_request({"limit": ["-2"]}, documented, model) is not None
    assert read_request({"limit": ["-1"]}, OPERATION, model) is not None


def test_a_list_of_values_asks_for_the_rows_of_each() -> None:
    """As the document has the parameter; a text with a comma is one value elsewhere."""
    items = {"type": "array", "items": {"type": "integer"}}
    listed = [
        {**one, "schema": items} if one["name"] == "agent_id" else one
        for one in OPERATION.parameters
    ]
    ids, query = [1, 2, 3], {"agent_id": ["7,40"]}
    both = replace(served(ids[:2], 20, 0), total=2)
    assert [row["agent_id"] for row in both.rows] == [7, 40]
    asked = [
        read_request(query, operation, model_of(ids))
        for operation in (replace(OPERATION, parameters=tuple(listed)), OPERATION)
    ]
    assert [bool(one and deviations(one, 200, both, model_of(ids))) for one in asked] == [
        False,
        True,
    ]


def test_a_refusal_has_the_status_that_the_document_has_for_it() -> None:
    """409 where it is the only one."""
    conflict = replace(OPERATION, responses={"200": {}, "409": {}})
    asked = [
        read_request({"limit": ["-2"]}, operation, model_of([1, 2]))
        for operation in (conflict, OPERATION)
    ]
    assert [bool(one and deviations(one, 409, None, model_of([1, 2]))) for one in asked] == [
        False,
        True,
    ]


@given(ROWS, st.sampled_from([True, False, None]))
def test_a_page_of_no_rows_need_not_lead_on(ids: list[int], leads_on: bool | None) -> None:
    """`limit=0` may give nothing (Decision 2); a link behind it would lead to itself."""
    nothing = replace(served(ids, 0, 0), has_more=None, leads_on=leads_on)
    assert not judged({"limit": 0}, 200, nothing, ids)


@given(ROWS, st.integers(1, 100), st.integers(0, 80))
def test_an_honest_window_is_allowed(ids: list[int], size: int, start: int) -> None:
    """Any window within the bounds, and the one that is clamped to the maximum."""
    assert not judged({"limit": size, "offset": start}, 200, served(ids, size, start), ids)
    assert not judged({"limit": size + 100, "offset": start}, 200, served(ids, 100, start), ids)


@given(ROWS.filter(lambda ids: len(ids) > 2), st.integers(1, 50), st.integers(0, 30), st.data())
def test_a_lie_about_a_window_is_a_deviation(
    ids: list[int], size: int, start: int, data: st.DataObject
) -> None:
    """A wrong total, has_more, count or row breaks the requirement that speaks of it."""
    honest = served(ids, size, start)
    lies = {
        "PAG-04": replace(honest, total=len(ids) + 1),
        "PAG-03": replace(honest, has_more=not honest.has_more),
    }
    if honest.rows:
        lies["PAG-02"] = replace(honest, rows=honest.rows[:-1], ids=honest.ids[:-1])
    if len(honest.rows) > 1:
        lies["PAG-07"] = replace(honest, rows=honest.rows[::-1], ids=honest.ids[::-1])
    requirement = data.draw(st.sampled_from(sorted(lies)))
    found = judged({"limit": size, "offset": start}, 200, lies[requirement], ids)
    assert [deviation.requirement for deviation in found] == [requirement]


IDS = list(range(1, 46))


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("limit=0", (0, 0)),
        ("limit=0", (1, 0)),
        ("limit=-3", (20, 0)),
        ("offset=-1", (20, 0)),
        ("limit=abc", (20, 0)),
        ("limit=%2B10", (10, 0)),
        ("limit=", (20, 0)),
        ("limit=3&limit=5", (3, 0)),
        ("limit=3&limit=5", (5, 0)),
        (f"offset={2**63}", (20, 2**63)),
        (f"limit={2**70}", (100, 0)),
        ("unknown=1", (20, 0)),
    ],
)
def test_each_reading_that_is_left_open_is_allowed(query: str, page: tuple[int, int]) -> None:
    """Refused, taken for the default, or clamped: the documentation says nothing against either."""
    assert not judged(query, 200, served(IDS, *page), IDS)
    if query != "unknown=1":
        assert not judged(query, 400, None, IDS)


@pytest.mark.parametrize(
    ("query", "page", "requirement"),
    [
        ("offset=-1", Page(0, 1, ({"id": 45},), (45,), False, 45), "PAG-12"),
        ("limit=0", served(IDS, 45, 0), "PAG-12"),
        ("limit=5abc", served(IDS, 5, 0), "PAG-13"),
        ("limit=101", served(list(range(1, 150)), 101, 0), "PAG-11"),
        ("limit=3&limit=5", served(IDS, 15, 0), "PAG-15"),
        ("agent_id=3%20OR%201=1", served(IDS, 20, 0), "FIL-06"),
        ("agent_id=3", served(IDS, 20, 0), "FIL-01"),
    ],
)
def test_rows_that_no_reading_explains(query: str, page: Page, requirement: str) -> None:
    """A slice from the end, the number's beginning, every row: each breaks the requirement of its
    value.
    """
    ids = list(range(1, 150)) if page.total == 149 else IDS
    assert [deviation.requirement for deviation in judged(query, 200, page, ids)] == [requirement]


def test_filters() -> None:
    """A value leaves its rows, an unknown one none or 404, a hostile one is refused or empty."""
    own = [name for name in IDS if AGENTS[name % 3] == "7"]
    assert not judged("agent_id=7&limit=4&offset=2", 200, served(own, 4, 2), IDS)
    assert not judged("agent_id=99", 404, None, IDS)
    assert not judged("agent_id=99", 200, served([], 20, 0), IDS)
    assert not judged("agent_id=7%27--", 400, None, IDS)
    assert not judged("agent_id=7%27--", 200, served([], 20, 0), IDS)
    assert [d.requirement for d in judged("agent_id=7", 404, None, IDS)] == ["ROB-06"]
    assert [d.requirement for d in judged("agent_id=7&offset=1", 200, served(own, 20, 0), IDS)] == [
        "FIL-03"
    ]


def test_a_filtered_list_that_lost_rows_is_told_from_one_that_is_paged_wrong() -> None:
    """The rows come with gaps, or too early, and fewer are said to be there."""
    own = [name for name in IDS if AGENTS[name % 3] == "7"]
    fewer = [name for at, name in enumerate(own) if at % 3]

    def rules(page: Page, query: str) -> list[str]:
        return [one.requirement for one in judged(f"agent_id=7&{query}", 200, page, IDS)]

    assert rules(served(fewer, 4, 0), "limit=4") == ["FIL-02"]
    assert rules(served(own[1:], 2, 0), "limit=2") == ["FIL-02"]
    short = replace(served(own, 3, 0), total=len(own) - 1)
    assert rules(short, "limit=3") == ["FIL-03"]


def test_a_plain_request_is_not_refused() -> None:
    """A 4xx to a window within the bounds is a failure of a plain valid request."""
    assert [d.requirement for d in judged("limit=5", 400, None, IDS)] == ["ROB-06"]


def test_a_server_error_is_left_to_the_laws_of_any_answer() -> None:
    """The oracle of lists says nothing of a 5xx, nor of an answer that holds no page."""
    assert not judged("limit=5", 503, None, IDS)
    assert not judged("limit=5", 200, None, IDS)


def test_an_unknown_parameter_may_be_refused_and_may_be_passed_over() -> None:
    """Nothing promises either; of a request that has none a refusal deviates."""
    model = model_of([1, 2, 3])
    odd = read_request({"limit": ["2"], "x-unknown": ["1"]}, OPERATION, model)
    assert odd is not None
    assert deviations(odd, 400, None, model) == []
    assert deviations(odd, 200, served([1, 2, 3], 2, 0), model) == []
    known = read_request({"limit": ["2"]}, OPERATION, model)
    assert known is not None
    assert [one.requirement for one in deviations(known, 400, None, model)] == ["ROB-06"]


def test_a_value_that_nothing_has_may_be_refused_where_no_refusal_is_foreseen() -> None:
    """FIL-04 says what that comes to; one that rows have may not."""
    silent = replace(OPERATION, responses={"200": OPERATION.responses["200"]})
    model = model_of([1, 2, 3])
    for operation, value, fine in ((silent, 99, True), (OPERATION, 99, False), (silent, 7, False)):
        asked = read_request({"agent_id": [str(value)]}, operation, model)
        assert asked is not None
        assert (deviations(asked, 400, None, model) == []) is fine


@pytest.mark.parametrize(
    ("value", "status", "wanted", "rule"),
    [
        ("true", 200, True, None),
        ("True", 200, True, None),
        ("0", 200, False, None),
        ("true", 200, False, "FIL-01"),
        ("true", 400, None, "ROB-06"),
        ("maybe", 400, None, None),
        ("maybe", 200, None, "FIL-06"),
    ],
)
def test_a_filter_by_a_boolean(value, status, wanted, rule) -> None:
    """In words; a text that no parser takes for one must not leave the whole list."""
    parameter = {"name": "done", "in": "query", "schema": {"type": "boolean"}}
    operation = replace(OPERATION, filters={"done": "/done"}, parameters=(parameter,))

    def served_of(kept: bool | None) -> Page:
        rows = tuple({"id": n, "done": n % 2 == 0} for n in range(9) if kept in (None, n % 2 == 0))
        return Page(0, 20, rows, tuple(row["id"] for row in rows), False, len(rows))

    model = ListModel.of([served_of(None)])
    assert model is not None
    asked = read_request({"done": [value]}, operation, model)
    assert asked is not None
    found = deviations(asked, status, served_of(wanted) if status == 200 else None, model)
    assert [deviation.requirement for deviation in found] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("query", "invalid"),
    [
        ("", 0),
        ("limit=5&offset=3&agent_id=3", 0),
        ("limit=0&agent_id=3", 1),
        ("limit=0&offset=-1", 2),
        ("limit=101&agent_id=abc", 2),
        ("limit=5&limit=5", 1),
        ("limit=0&x-unknown=1", 1),
    ],
)
def test_how_many_values_the_documentation_says_nothing_of(query: str, invalid: int) -> None:
    """Of the window and of filters; a parameter that nobody has is no value of theirs."""
    asked = read_request(query_of(query), OPERATION, model_of([3, 4, 5, 6]))
    assert asked is not None
    assert asked.invalid == invalid


@given(ROWS.filter(bool), st.data())
def test_a_row_that_is_filed_elsewhere_is_a_change(ids: list[int], data: st.DataObject) -> None:
    """Only where it is asked by which places rows are filtered."""
    before = model_of(ids)
    moved = data.draw(st.sets(st.sampled_from(ids)))
    rows = {
        name: {**row, "agent_id": 99} if name in moved else row for name, row in before.rows.items()
    }
    after = replace(before, rows=rows)
    assert before.changes_to(after) == 0
    assert before.changes_to(after, ["/agent_id"]) == len(moved)
    assert before.changes_to(after, ["/name"]) == 0


PAGED = PageSize(Telling("/data", total="/total"), 20, 100, "page", "limit")


@pytest.mark.parametrize(
    ("query", "status", "is_fine"),
    [
        ("page=0", 404, True),
        ("page=first", 404, True),
        ("page=9", 404, True),
        ("page=9", 400, True),
        ("page=1", 404, False),
        ("page=1", 400, False),
        ("limit=5", 404, False),
    ],
)
def test_a_page_that_does_not_exist_may_not_be_found(query, status, is_fine) -> None:
    """Or be refused: one past the end, and what is no number of a page."""
    model = model_of([1, 2, 3])
    asked = read_request(query_of(query), replace(OPERATION, pagination=PAGED), model)
    assert asked is not None
    assert (deviations(asked, status, None, model) == []) is is_fine


@pytest.mark.parametrize(("query", "is_read"), [("made[lte]=0", False), ("limit[]=5", True)])
def test_a_member_of_a_parameter_means_what_the_server_says(query, is_read) -> None:
    """As the parameter itself does, of which no trait says anything."""
    parameters = (*OPERATION.parameters, {"name": "made", "in": "query", "style": "deepObject"})
    described = replace(OPERATION, parameters=parameters)
    found = read_request(query_of(query), described, model_of([1, 2, 3]))
    assert (found is not None) is is_read


@pytest.mark.parametrize("query", ["=0", "=0&=5", "=AAA"])
def test_a_parameter_without_a_name_is_no_window(query) -> None:
    """Of a list that has no parameter for one either: the rows are those of the plain request."""
    plain = replace(OPERATION, pagination=Unpaged(Telling("/data"), 3, 3), filters={})
    ids = [1, 2, 3]
    asked = read_request(query_of(query), plain, model_of(ids))
    assert asked is not None
    assert deviations(asked, 200, served(ids, 3, 0), model_of(ids)) == []
