"""Shards of one run in a merge: their evidence adds up, and one that is missing leaves doubt. Pure.

A shard is known by `shard` in its configuration, `2/3`. Several runs may each have been split: a
number that comes again begins the next run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.events.messages import Header, MergedRun


def judging_runs(headers: Sequence[Header]) -> dict[str, str]:
    """The run that judges, by the run of each stream: of shards of one run the first of them."""
    seen: dict[tuple[object, ...], list[tuple[set[str], str]]] = {}
    judging = {}
    for header in headers:
        judging[header.run] = header.run
        shard = header.config.get("shard")
        if not shard:
            continue
        shards = seen.setdefault((_count(shard), header.profile, *header.regions), [])
        for numbers, run in shards:
            if shard not in numbers:
                numbers.add(shard)
                judging[header.run] = run
                break
        else:
            shards.append(({shard}, header.run))
    return judging


def missing_shards(runs: Iterable[MergedRun]) -> list[str]:
    """A sentence for each shard that no run is, of the splits that any run is part of."""
    seen: dict[str, set[str]] = {}
    for run in runs:
        shard = run.config.get("shard")
        if shard:
            seen.setdefault(_count(shard), set()).add(shard)
    return [
        f"shard {number}/{count} is missing"
        for count, shards in seen.items()
        for number in range(1, int(count) + 1)
        if f"{number}/{count}" not in shards
    ]


def _count(shard: str) -> str:
    return shard.partition("/")[2]
