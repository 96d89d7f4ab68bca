"""Under pytest-xdist: operations stay together, and both sides agree whose is whose."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from xdist.scheduler import LoadScopeScheduling

from conformance.pytest_plugin.xdist import ByOperation
from conformance.runner.shares import scope, share

REGIONS = ("global", "south-asia")


class Node:
    """As much of a worker as the scheduler needs; it runs what it is sent at once, but the last
    two.
    """

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
    return [
        f"test_x.py::test_{n}[op{m}-global:PAG-02]"
        for m in range(operations)
        for n in range(checks)
    ]


def schedule(workers: int, collection: list[str]) -> tuple[Any, list[Node]]:
    option = SimpleNamespace(tx=["popen"] * workers, loadscopereorder=False)
    config: Any = SimpleNamespace(
        option=option, getvalue=lambda name: getattr(option, name), rootpath="."
    )
    scheduler, nodes = (
        ByOperation(config, None, REGIONS),
        [Node(number) for number in range(workers)],
    )
    for node in nodes:
        scheduler.add_node(node)
        scheduler.add_node_collection(node, collection)
    scheduler.schedule()
    return scheduler, nodes


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
    checks: Any = [
        SimpleNamespace(name=name, context=SimpleNamespace(operation_id=scope(name, REGIONS)))
        for name in collection
    ]
    shares = [
        [check.name for check in share(checks, f"gw{number}", workers)] for number in range(workers)
    ]
    assert sorted(name for own in shares for name in own) == sorted(collection)

    _, nodes = schedule(workers, collection)
    for own, node in zip(shares, nodes, strict=True):
        assert {collection[index] for index in node.waiting[:3]} == set(own[:3])


def test_the_version_of_pytest_xdist_is_one_that_was_tried() -> None:
    """The scheduler extends private methods, so a version that may lack them is refused."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    (wanted,) = [
        need for need in project["project"]["dependencies"] if need.startswith("pytest-xdist")
    ]
    assert "<" in wanted
    assert all(hasattr(LoadScopeScheduling, name) for name in ("_reschedule", "_assign_work_unit"))
