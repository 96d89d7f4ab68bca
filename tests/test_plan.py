"""The plan: each requirement on each operation in each region is judged, or has a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.plan import (
    DOCUMENT,
    ONE_REGION,
    NoSuchOperation,
    NoSuchRequirement,
    OperationFilters,
    make_plan,
    select,
)
from tests.support.contracts import THINGS, TRAITS, loaded

CONTRACT = load_contract()
EVERYTHING = frozenset(CONTRACT.requirements)
LIST = CONTRACT.operations[0].id
OPERATIONS = [operation.id for operation in CONTRACT.operations]


@given(st.lists(st.sampled_from(["global", "india", "mars"]), unique=True, min_size=1))
def test_every_requirement_has_an_entry_for_each_place(regions: list[str]) -> None:
    """Nothing is lost: one entry for each region, or one for all together, or one for the
    document.
    """
    plan = make_plan(CONTRACT, EVERYTHING, regions, unsafe=False)
    assert plan.selected == EVERYTHING
    assert len({(e.requirement, e.place) for e in plan.entries}) == len(plan.entries)
    for requirement in CONTRACT.requirements.values():
        places = [e.place for e in plan.entries if e.requirement == requirement.id]
        if requirement.applies_to == "document":
            assert places == [(DOCUMENT, None)]
        elif requirement.applies_to == "parity":
            assert places == [(operation, None) for operation in OPERATIONS]
        else:
            assert places == [(name, region) for name in OPERATIONS for region in regions]


def test_parity_needs_two_regions() -> None:
    """With one region alone there is nothing to compare, and the entry says so."""
    plan = make_plan(CONTRACT, EVERYTHING, ["global"], unsafe=False)
    reasons = {
        e.reason for e in plan.entries if e.requirement.startswith("PAR-") and e.operation == LIST
    }
    assert reasons == {ONE_REGION}
    assert plan.places(["PAR-01"]) == []


def test_a_check_runs_wherever_one_of_its_requirements_is_judged() -> None:
    """Places come once, whatever the number of requirements that are judged there."""
    plan = make_plan(CONTRACT, EVERYTHING, ["global", "india"], unsafe=False)
    places = plan.places(["PAG-02", "PAG-03"])
    lists = [LIST, "list-conversations"]
    assert places == [(name, region) for name in lists for region in ("global", "india")]
    narrowed = make_plan(CONTRACT, frozenset({"PAG-03"}), ["global"], unsafe=False)
    assert narrowed.places(["PAG-02"]) == []


def test_what_is_judged_on_an_operation(tmp_path) -> None:
    """Requirements of traits that it has, wherever they are judged; of the document its own."""
    contract = loaded(tmp_path, THINGS, TRAITS)
    plan = make_plan(contract, EVERYTHING, ["a", "b"], unsafe=False)
    judged = plan.judged_on("list-things")
    assert {"SCH-01", "PAG-07", "PAR-03"} <= judged
    # No filters, no security, no envelope, no samples, no rate limits are stated.
    assert not judged & {
        "FIL-01",
        "AUT-01",
        "AUT-07",
        "ROB-03",
        "ROB-04",
        "ROB-05",
        "PAR-06",
        "DOC-01",
    }
    assert plan.judged_on(DOCUMENT) == {"DOC-01", "DOC-02", "DOC-03", "DOC-04"}
    assert "SCH-01" in plan.judged_on("get-things-key")  # the list gives a key
    assert not plan.judged_on("get-things-key") & {"PAG-01", "FIL-01"}


def test_globs_select_and_leave_out() -> None:
    """--only chooses, --skip takes away, in any case of the letters; a glob without a match is
    refused.
    """
    names = ["PAG-01", "PAG-02", "AUT-01"]
    assert select(names, ["pag-*"], ["PAG-02"]) == {"PAG-01"}
    assert select(names, [], []) == set(names)
    with pytest.raises(NoSuchRequirement, match="--skip XYZ-9"):
        select(names, [], ["XYZ-9"])


@pytest.mark.parametrize(
    ("method", "writes", "asked"),
    [
        ("post", "", True),
        ("post", "never", False),
        ("put", "allowed", True),
        ("delete", "", False),
        ("delete", "allowed", True),
        ("get", "never", False),
    ],
)
def test_what_nothing_undoes_is_not_asked_unless_it_may_be(tmp_path, method, writes, asked) -> None:
    """Although methods that change state are allowed."""
    document = THINGS.replace("    get:\n      operationId", f"    {method}:\n      operationId")
    states = f"x-conformance: {{writes: {writes}}}" if writes else "summary: x"
    overlay = f"overlay: 1.0.0\nactions: [{{target: '$.paths[\"/things\"].{method}', update: {{{states}}}}}]"
    plan = make_plan(loaded(tmp_path, document, overlay), EVERYTHING, ["a", "b"], unsafe=True)
    assert ("list-things" not in plan.unasked) is asked


TAGGED = """\
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /orders:
    get: {operationId: list-orders, tags: [orders, public], responses: {'200': {description: ok}}}
    post: {operationId: add-order, tags: [orders], responses: {'201': {description: ok}}}
  /prices:
    get: {operationId: list-prices, tags: [public], responses: {'200': {description: ok}}}
"""


@pytest.mark.parametrize(
    ("filters", "left_out"),
    [
        (OperationFilters(), {}),
        (
            OperationFilters(ids=("list-*",)),
            {"add-order": "--only-operation leaves it out"},
        ),
        (OperationFilters(tags=("orders",)), {"list-prices": "--tag leaves it out"}),
        (
            OperationFilters(paths=("/prices",)),
            {
                "list-orders": "--path leaves it out",
                "add-order": "--path leaves it out",
            },
        ),
        (
            OperationFilters(ids=("list-*",), tags=("orders",)),
            {
                "add-order": "--only-operation leaves it out",
                "list-prices": "--tag leaves it out",
            },
        ),
    ],
    ids=["none", "ids", "tags", "paths", "ids and tags"],
)
def test_filters_leave_operations_out(tmp_path, filters, left_out) -> None:
    """One glob of each kind must match; what is left out is unasked, with the option as reason."""
    contract = loaded(tmp_path, TAGGED)
    plan = make_plan(contract, EVERYTHING, ["a"], unsafe=True, filters=filters)
    assert plan.unasked == left_out
    for name, reason in left_out.items():
        assert not plan.judged_on(name)
        assert reason in {entry.reason for entry in plan.entries if entry.operation == name}


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (OperationFilters(ids=("List-*",)), "--only-operation List-[*]: .* list-orders, add-order"),
        (OperationFilters(tags=("secret",)), "--tag secret: .* orders, public"),
        (OperationFilters(paths=("/nothing",)), "--path /nothing: .* /orders, /prices"),
        (OperationFilters(("add-order",), (), ("/prices",)), "leave no operation"),
    ],
    ids=["id", "tag", "path", "nothing left"],
)
def test_filters_that_leave_nothing_are_refused(tmp_path, filters, message) -> None:
    """A misspelled filter never reads as a run without findings."""
    contract = loaded(tmp_path, TAGGED)
    with pytest.raises(NoSuchOperation, match=message):
        make_plan(contract, EVERYTHING, ["a"], unsafe=True, filters=filters)


def test_a_document_without_operations_is_refused(tmp_path) -> None:
    """No filter is to blame."""
    contract = replace(loaded(tmp_path, TAGGED), operations=())
    with pytest.raises(NoSuchOperation, match="the document has no operation under its paths"):
        make_plan(contract, EVERYTHING, ["a"], unsafe=True)
