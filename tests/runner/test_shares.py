"""Shares of a run: names of checks say where they belong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conformance.runner.forecast import Asking, Extent
from conformance.runner.shares import (
    check_id,
    own_operations,
    requirements_in,
    scope,
    worker_number,
)

REGIONS = ("global", "south-asia")
IDS = st.lists(st.sampled_from(["PAG-01", "PAG-02", "AUT-12"]), min_size=1, unique=True)


@given(
    st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True), st.sampled_from([None, *REGIONS]), IDS
)
def test_a_name_says_operation_and_requirements(
    operation: str, region: str | None, requirements: list[str]
) -> None:
    """A region's name may hold a hyphen, and so may an operation's, unless it ends as a region is
    called.
    """
    if any(operation.endswith(f"-{name}") for name in REGIONS):
        return
    name = f"checks/test_a.py::test_b[{check_id(operation, region, requirements)}]"
    assert scope(name, REGIONS) == operation
    assert requirements_in(name) == requirements


def test_a_successor_takes_the_share_of_the_worker_that_crashed() -> None:
    """Names count on; a name without a number is the first."""
    assert worker_number("gw12") == 12
    assert worker_number("elsewhere") == 0


def test_processes_have_parts_of_the_requests_that_make_up_the_whole() -> None:
    """Each those of its own operations, in the order in which they come."""
    name = "checks/test_pages.py::test_walks[x]"
    asking = [
        Asking(f"{name}{number}", "global", operation) for number, operation in enumerate("aaabbc")
    ]
    extent = Extent(asking)
    own = [own_operations(asking, worker, 2) for worker in ("gw0", "gw1")]
    assert own == [["a", "c"], ["b"]]
    assert [round(extent.part("global", one), 2) for one in own] == [0.67, 0.33]
    assert extent.part("elsewhere", own[0]) == 0
