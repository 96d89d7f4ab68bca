"""The plan: each requirement on each operation in each region is judged, or has a reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract import load_contract
from conformance.plan import DOCUMENT, ONE_REGION, NoSuchRequirement, make_plan, select

CONTRACT = load_contract()
EVERYTHING = frozenset(CONTRACT.requirements)
(LIST,) = (operation.id for operation in CONTRACT.operations)


@given(st.lists(st.sampled_from(["global", "india", "mars"]), unique=True, min_size=1))
def test_every_requirement_has_an_entry_for_each_place(regions: list[str]) -> None:
    """Nothing is lost: one entry for each region, or one for all together, or one for the document."""
    plan = make_plan(CONTRACT, EVERYTHING, regions, unsafe=False)
    assert plan.selected == EVERYTHING
    assert len({(e.requirement, e.place) for e in plan.entries}) == len(plan.entries)
    for requirement in CONTRACT.requirements.values():
        places = [e.place for e in plan.entries if e.requirement == requirement.id]
        if requirement.applies_to == "document":
            assert places == [(DOCUMENT, None)]
        elif requirement.applies_to == "parity":
            assert places == [(LIST, None)]
        else:
            assert places == [(LIST, region) for region in regions]


def test_parity_needs_two_regions() -> None:
    """With one region alone there is nothing to compare, and the entry says so."""
    plan = make_plan(CONTRACT, EVERYTHING, ["global"], unsafe=False)
    reasons = {e.reason for e in plan.entries if e.requirement.startswith("PAR-")}
    assert reasons == {ONE_REGION}
    assert plan.places(["PAR-01"]) == []


def test_a_check_runs_wherever_one_of_its_requirements_is_judged() -> None:
    """Places come once, whatever the number of requirements that are judged there."""
    plan = make_plan(CONTRACT, EVERYTHING, ["global", "india"], unsafe=False)
    assert plan.places(["PAG-02", "PAG-03"]) == [(LIST, "global"), (LIST, "india")]
    narrowed = make_plan(CONTRACT, frozenset({"PAG-03"}), ["global"], unsafe=False)
    assert narrowed.places(["PAG-02"]) == []


def test_globs_select_and_leave_out() -> None:
    """--only chooses, --skip takes away, in any case of the letters; a glob without a match is refused."""
    names = ["PAG-01", "PAG-02", "AUT-01"]
    assert select(names, ["pag-*"], ["PAG-02"]) == {"PAG-01"}
    assert select(names, [], []) == set(names)
    with pytest.raises(NoSuchRequirement, match="--skip XYZ-9"):
        select(names, [], ["XYZ-9"])
