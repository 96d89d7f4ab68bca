"""How many requests a run will send, and which checks ask less where there is a limit."""

from __future__ import annotations

from dataclasses import replace

from conformance.contract import load_contract
from conformance.runner.forecast import COSTS, HEADROOM, LEFT_TO, Asking, Extent, further

DEAR, CHEAP = "checks/test_combinations.py::test_clients", "checks/test_robustness.py::test_queries"


def extent(*names: str, regions: tuple[str, ...] = ("one", "two")) -> Extent:
    asking = [Asking(f"{name}[list-{region}]", region) for name in names for region in regions]
    return Extent([*asking, Asking("checks/test_parity.py::test_bounds[list]", None)])


def test_a_region_gets_what_its_checks_and_those_of_all_regions_ask() -> None:
    """As the table has it, for the profile."""
    expected = sum(
        COSTS[name][1] for name in ("test_combinations::test_clients", "test_parity::test_bounds")
    )
    assert extent(DEAR).requests("one") == expected


def test_checks_of_the_document_ask_nothing() -> None:
    """They are free, and a check that is not listed is not."""
    free = Extent([Asking("checks/test_document.py::test_valid[document]", None)])
    assert free.requests("one") == 0
    assert Extent([Asking("mine.py::test_own[list-one]", "one")]).requests("one") > 0


def test_the_dearest_check_is_reduced_first_and_in_that_region_alone() -> None:
    """No more of them than needed."""
    planned = extent(DEAR, CHEAP)
    most = (planned.requests("one") - 20) / HEADROOM
    assert planned.fit("one", most) == 1
    assert planned.is_reduced(f"{DEAR}[list-one]")
    assert not planned.is_reduced(f"{CHEAP}[list-one]")
    assert not planned.is_reduced(f"{DEAR}[list-two]")
    assert planned.requests("one") <= most


def test_what_a_pass_needs_is_asked_whatever_the_limit() -> None:
    """The run ends at the limit then, and says so."""
    planned = extent(DEAR, CHEAP)
    planned.fit("one", 0)
    assert 0 < planned.requests("one") < 40
    assert planned.fit("one", 0) == 0


def test_generated_requests_are_asked_in_full_where_nothing_else_asks_enough() -> None:
    """As where the requirements of the schema alone are selected."""
    generated, others = (
        [Asking(f"checks/{name}[{at}-one]", "one", at) for at in ("list-a", "list-b")]
        for name in ("test_schema.py::test_generated_requests", "test_windows.py::test_windows")
    )
    alone = Extent(generated, "standard", {"list-b"})
    assert not alone.is_reduced(generated[1].name)
    beside = Extent([*generated, *others], "standard", {"list-b"})
    assert beside.is_reduced(generated[1].name)


def test_the_front_of_a_further_operation_is_asked_in_brief() -> None:
    """What its own laws need is asked in full."""
    checks = [
        Asking(f"checks/{name}[{operation}-one]", "one", operation)
        for name in ("test_doors.py::test_doors", "test_windows.py::test_windows")
        for operation in ("list-a", "list-b")
    ]
    standard = Extent(checks, "standard", {"list-b"})
    assert [standard.is_reduced(check.name) for check in checks] == [False, True, False, False]


def test_one_operation_of_each_key_is_asked_in_full() -> None:
    """A list, where there is one, whatever the order in the document."""
    [listed] = [one for one in load_contract().operations if one.id == "list-batch-calls"]
    single = replace(listed, id="get-one", pagination=None)
    other = replace(listed, id="list-others")
    unsecured = replace(single, id="get-status", security=None)
    assert further([single, listed, other, unsecured]) == {"get-one", "list-others"}
    assert further([single]) == frozenset()


def test_what_a_reduced_check_leaves_to_another_is_counted() -> None:
    """Answers are shared: who asks second pays where the first does not ask."""
    clients, windows = (
        Asking(f"checks/{name}[list-one]", "one", "list")
        for name in ("test_combinations.py::test_clients", "test_windows.py::test_windows")
    )
    planned = Extent([clients, windows], "standard", {"list"})
    taken = LEFT_TO[clients.function][windows.function]
    assert planned.is_reduced(clients.name)
    assert planned.requests("one") == clients.cost("smoke") + windows.cost("standard") + taken
    planned.fit("one", 0)
    assert planned.requests("one") == clients.cost("smoke") + windows.cost("smoke")


def test_a_check_that_has_begun_asks_what_it_was_to_ask() -> None:
    """A limit that is found in mid-run reduces what is still to come."""
    planned = extent(DEAR)
    before = planned.requests("one")
    planned.begin(f"{DEAR}[list-one]")
    planned.fit("one", 0)
    assert not planned.is_reduced(f"{DEAR}[list-one]")
    assert before - COSTS["test_parity::test_bounds"][1] < planned.requests("one") <= before
