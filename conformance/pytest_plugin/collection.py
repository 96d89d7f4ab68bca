"""From the plan of a run to tests: one for each check and place, and which of them are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.plan import DOCUMENT
from conformance.pytest_plugin.state import check_of, session_of
from conformance.runner.shares import check_id, requirements_in, scope

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.plan import Entry
    from conformance.runner.session import Session


def parametrize(metafunc: pytest.Metafunc) -> None:
    """Make a test of a check for each place where the plan has it judge something."""
    mark = metafunc.definition.get_closest_marker("requirements")
    if mark is None or "check_run" not in metafunc.fixturenames:
        return

    session = session_of(metafunc.config)
    _must_be_known(session, mark.args, metafunc.definition.nodeid)

    checks, ids = [], []
    for operation, region in session.plan.places(mark.args):
        name = check_id(operation, region, mark.args)
        node = f"{metafunc.definition.nodeid}[{name}]"
        checked = None if operation == DOCUMENT else operation
        checks.append(session.check_run(node, metafunc.function, mark.args, checked, region))
        ids.append(name)
    metafunc.parametrize("check_run", checks, ids=ids)


def _must_be_known(session: Session, requirements: Iterable[str], nodeid: str) -> None:
    for name in requirements:
        if name not in session.contract.requirements:
            raise pytest.UsageError(f"{nodeid} judges {name}, which is in no catalogue.")


def arrange(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out checks without a place, order the rest by operation, let -k find requirements and
    areas.
    """
    marked = [item for item in items if item.get_closest_marker("requirements")]
    if not marked:
        return

    session = session_of(config)
    without_place = [item for item in marked if check_of(item) is None]
    if without_place:
        config.hook.pytest_deselected(items=without_place)
        items[:] = [item for item in items if item not in without_place]

    _leave_to_other_shards(config, items, session)

    # A library's warning says nothing about the servers, and must not reach a verdict.
    ignored = pytest.mark.filterwarnings("ignore")
    for item in items:
        check = check_of(item)
        if check:
            item.add_marker(ignored)
            item.extra_keyword_matches.update(_keywords(session, check.requirements))

    # One operation after another, so that the answers of one are dropped before those of the next
    # come in.
    places = {operation.id: place for place, operation in enumerate(session.contract.operations)}
    items.sort(
        key=lambda item: places.get(c.context.operation_id, -1) if (c := check_of(item)) else -1
    )


def _leave_to_other_shards(
    config: pytest.Config, items: list[pytest.Item], session: Session
) -> None:
    """Keep the checks of this shard, where the run is one."""
    shard = session.settings.shard
    if shard is None:
        return

    from conformance.runner.sharding import names_of_shard

    own = names_of_shard([item.nodeid for item in items if check_of(item)], shard)
    left = [item for item in items if check_of(item) and item.nodeid not in own]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


def _keywords(session: Session, requirements: Iterable[str]) -> set[str]:
    catalogue = session.contract.requirements
    return {keyword for name in requirements for keyword in (name, catalogue[name].area)}


def expected(session: Session, names: Iterable[str]) -> list[Entry]:
    """The entries of the plan that these tests judge, by their names: what -k left out is not
    expected.
    """
    judged = {
        (requirement, scope(name, session.regions), _region(name, session))
        for name in names
        for requirement in requirements_in(name)
    }
    return [e for e in session.plan.judged if (e.requirement, e.operation, e.region) in judged]


def _region(name: str, session: Session) -> str | None:
    place = name.rpartition("[")[2].rpartition(":")[0]
    operation = scope(name, session.regions)
    return None if place == operation else place.removeprefix(f"{operation}-")
