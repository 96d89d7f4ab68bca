"""Under pytest-xdist: operations stay together, and both sides agree whose is whose."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.pytest_plugin import xdist as distribution
from conformance.pytest_plugin.xdist import ByOperation, scope, share, worker_number

REGIONS = ("global", "south-asia")


class Node:
    """As much of a worker as the scheduler needs; it runs what it is sent at once, but the last two."""

    def __init__(self, number: int) -> None:
        self.workerinput = {"workerid": f"gw{number}"}
        self.gateway = SimpleNamespace(id=f"gw{number}")
        self.shutting_down = False
        self.waiting: list[int] = []

    def send_runtest_some(self, indices: list[int]) -> None:
        self.waiting += indices

    def shutdown(self) -> None:
        self.shutting_down = True


def names(operations: int, checks: int) -> list[str]:
    return [f"test_x.py::test_{n}[op{m}-global]" for m in range(operations) for n in range(checks)]


def schedule(workers: int, collection: list[str]) -> tuple[Any, list[Node]]:
    option = SimpleNamespace(tx=["popen"] * workers, loadscopereorder=False)
    config: Any = SimpleNamespace(option=option, getvalue=lambda name: getattr(option, name), rootpath=".")
    scheduler, nodes = ByOperation(config, None, REGIONS), [Node(number) for number in range(workers)]
    for node in nodes:
        scheduler.add_node(node)
        scheduler.add_node_collection(node, collection)
    scheduler.schedule()
    return scheduler, nodes


@pytest.mark.parametrize(
    ("nodeid", "operation"),
    [
        ("checks/test_a.py::test_b[list-calls-global]", "list-calls"),
        ("checks/test_a.py::test_b[list-calls-south-asia]", "list-calls"),
        ("checks/test_parity.py::test_c[list-calls]", "list-calls"),
        ("checks/test_document.py::test_d[document]", "document"),
    ],
)
def test_the_operation_of_a_check(nodeid: str, operation: str) -> None:
    """A region's name may hold a hyphen, and so may an operation's."""
    assert scope(nodeid, REGIONS) == operation


@given(st.integers(1, 4), st.integers(1, 9), st.integers(1, 5), st.data())
def test_every_check_is_run_once_in_one_process(
    workers: int, operations: int, checks: int, data: Any
) -> None:
    """Whichever worker is quicker."""
    collection = names(operations, checks)
    scheduler, nodes = schedule(workers, collection)
    ran: dict[str, list[str]] = {}
    while any(node.waiting for node in nodes):
        node = data.draw(st.sampled_from([node for node in nodes if node.waiting]))
        index = node.waiting.pop(0)
        ran.setdefault(node.gateway.id, []).append(collection[index])
        scheduler.mark_test_complete(node, index)
    assert sorted(one for some in ran.values() for one in some) == sorted(collection)
    homes = {(one.partition("[")[2], home) for home, some in ran.items() for one in some}
    assert len(homes) == operations
    assert scheduler.tests_finished


@given(st.integers(1, 4), st.integers(1, 12))
def test_shares_are_what_the_scheduler_hands_out(workers: int, operations: int) -> None:
    """What a worker runs ahead is what it will be asked for: first of all its own."""
    collection = names(operations, 3)
    items: Any = [
        SimpleNamespace(nodeid=one, of=one.partition("[")[2].partition("-")[0]) for one in collection
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distribution, "subject_of", lambda item: SimpleNamespace(operation_id=item.of))
        shares = [
            [one.nodeid for one in share(items, {"workerid": f"gw{number}", "workercount": workers})]
            for number in range(workers)
        ]
    assert sorted(one for some in shares for one in some) == sorted(collection)
    _, nodes = schedule(workers, collection)
    for own, node in zip(shares, nodes, strict=True):
        assert {collection[index] for index in node.waiting[:3]} == set(own[:3])


def test_a_successor_takes_the_share_of_the_one_that_crashed() -> None:
    """Names count on; a name without a number is the first."""
    assert worker_number({"workerid": "gw12"}) == 12
    assert worker_number({"workerid": "elsewhere"}) == 0
