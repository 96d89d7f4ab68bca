"""Which checks a shard takes: every machine comes to the same split, by what checks cost.

A check of an operation shares answers with those beside it, so the checks of one module and one
operation stay together; the dearest groups are dealt out first, each to the shard that has the
least to do.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Requests of a standard run on one list in one region, as measured on the bundled mock. A module
# that is not listed costs as much as the median one.
COSTS = {
    "test_combinations": 200,
    "test_schema": 140,
    "test_authentication": 120,
    "test_windows": 120,
    "test_pages": 100,
    "test_bounds": 100,
    "test_whole": 80,
    "test_doors": 70,
    "test_filters": 60,
    "test_parity": 60,
    "test_hostile_filters": 25,
    "test_robustness": 25,
    "test_parameters": 15,
    "test_document": 1,
}
_UNKNOWN = 60

Group = tuple[str, str]  # module, operation and region


def names_of_shard(names: Iterable[str], shard: str) -> frozenset[str]:
    """The checks of a shard (`2/3`), by their names: `path/test_x.py::test_y[operation-region:ID]`."""
    number, count = (int(part) for part in shard.split("/"))
    groups: dict[Group, list[str]] = {}
    for name in sorted(names):
        groups.setdefault(_group(name), []).append(name)
    own = _dealt(groups, count)[number - 1]
    return frozenset(name for group in own for name in groups[group])


def _dealt(groups: Iterable[Group], count: int) -> list[list[Group]]:
    """The groups of each shard."""
    loads: Counter[int] = Counter(dict.fromkeys(range(count), 0))
    shards: list[list[Group]] = [[] for _ in range(count)]
    for group in sorted(groups, key=lambda group: (-_cost(group), group)):
        least = min(range(count), key=lambda shard: (loads[shard], shard))
        shards[least].append(group)
        loads[least] += _cost(group)
    return shards


def _cost(group: Group) -> int:
    return COSTS.get(group[0], _UNKNOWN)


def _group(name: str) -> Group:
    module = name.partition("::")[0].rpartition("/")[2].removesuffix(".py")
    place = name.rpartition("[")[2].rpartition(":")[0]
    return module, place
