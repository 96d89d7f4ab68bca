"""Shards of one run in a merge: their evidence adds up, and one that is missing leaves doubt. Pure.

A shard is known by `shard` in its configuration, `2/3`. Several runs may each have been split: a
number that comes again begins the next run.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from conformance.events.messages import Header, MergedRun

# What shards of one run have in common. Documents are compared by the merge: their paths may
# differ between machines.
SHARED = (
    *("target", "region", "fault", "walk", "sensitivity"),
    *("only", "skip", "only_operation", "tag", "path"),
)


def judging_runs(headers: Sequence[Header]) -> dict[str, str]:
    """The run that judges, by the run of each stream: of shards of one run the first of them."""
    seen: dict[tuple[str, ...], list[tuple[set[str], str]]] = {}
    judging = {}
    for header in headers:
        judging[header.run] = header.run
        shard = header.config.get("shard")
        if not shard:
            continue
        shards = seen.setdefault(_split(header), [])
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
    splits: dict[tuple[str, ...], list[MergedRun]] = {}
    for run in runs:
        if run.config.get("shard"):
            splits.setdefault(_split(run), []).append(run)

    alike = Counter(count for count, *_ in splits)
    sentences = []
    for (count, *_), members in splits.items():
        # Of several splits into as many parts, a number alone does not say which is meant.
        of = f" of the servers and settings of run {members[0].run}" if alike[count] > 1 else ""
        present = {run.config["shard"] for run in members}
        sentences += [
            f"shard {shard}{of} is missing"
            for number in range(1, int(count) + 1)
            if (shard := f"{number}/{count}") not in present
        ]
    return sentences


def _split(run: Header | MergedRun) -> tuple[str, ...]:
    """What a run was split from: shards of other servers or settings are no parts of it."""
    count = run.config["shard"].partition("/")[2]
    settings = (repr(run.config.get(name)) for name in SHARED)
    return (count, run.profile, *sorted(run.regions), *settings)
