"""The split of checks over shards."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from conformance.reports.history.store import read
from conformance.runner.pytest_run import CHECKS
from conformance.runner.sharding import COSTS, names_of_shard
from tests.support import program

if TYPE_CHECKING:
    from pathlib import Path

NAMES = [
    f"checks/{module}.py::test_{number}[{operation}-{region}:PAG-0{number}]"
    for module in (*COSTS, "test_of_later")
    for operation in ("list-calls", "get-call")
    for region in ("global", "india")
    for number in range(3)
]


@pytest.mark.parametrize("count", [1, 2, 3, 7, 200])
def test_every_check_is_in_exactly_one_shard(count: int) -> None:
    """Whatever their number, and in whatever order they were collected."""
    shards = [names_of_shard(NAMES, f"{number}/{count}") for number in range(1, count + 1)]
    assert Counter(name for shard in shards for name in shard) == Counter(NAMES)
    assert shards == [
        names_of_shard(reversed(NAMES), f"{number}/{count}") for number in range(1, count + 1)
    ]


def test_shards_cost_about_the_same() -> None:
    """No shard costs more than its part and one group besides."""
    loads = []
    for number in (1, 2, 3):
        groups = {
            (n.split("::")[0], n.split("[")[1].split(":")[0])
            for n in names_of_shard(NAMES, f"{number}/3")
        }
        loads.append(sum(COSTS.get(path[7:-3], 60) for path, _ in groups))
    assert max(loads) - min(loads) <= max(COSTS.values())


def test_the_costs_name_modules_that_exist() -> None:
    """A module that was renamed is measured again."""
    assert set(COSTS) <= {path.stem for path in CHECKS.glob("test_*.py")}


def outcomes(folder: Path) -> dict[tuple[str, str, str], str]:
    report: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    found = {
        (r["requirement"], r["operation"], r["region"]): r["outcome"] for r in report["results"]
    }
    return {("verdict", "", ""): report["verdict"], **found}


@pytest.mark.parametrize(("seed", "fault"), [(1, None), (2, None), (3, "has-more-always@india")])
def test_merged_shards_come_to_what_one_run_comes_to(tmp_path: Path, seed, fault) -> None:
    """Outcome by outcome; and they are one run of the history."""
    common = ["--seed", seed, "--only", "PAG-0*", "--only", "FIL-*", "--only", "PAR-0*", "-q"]
    common += ["--fault", fault] if fault else []
    program.conformance("run", *common, "--out", "whole", folder=tmp_path)
    for shard in ("1/2", "2/2"):
        program.conformance("run", *common, "--shard", shard, "--out", shard[0], folder=tmp_path)
    program.conformance(
        "merge", "1", "2", "--out", "merged", "--history", "h.sqlite", folder=tmp_path
    )
    assert outcomes(tmp_path / "merged") == outcomes(tmp_path / "whole")
    (run,) = read(tmp_path / "h.sqlite").runs
    assert run.shards == 2


def test_a_shard_that_is_missing_leaves_the_merge_unverified(tmp_path: Path) -> None:
    """It is named; so is a shard that had nothing to do no failure of the suite."""
    for shard in ("1/3", "3/3"):
        arguments = "--only", "DOC-01", "--shard", shard, "--out", shard[0], "-q"
        program.conformance("run", *arguments, folder=tmp_path)
    result = program.conformance("merge", "1", "3", "--out", "merged", "-q", folder=tmp_path)
    assert result.returncode == 3
    assert (
        "shard 2/3 is missing"
        in json.loads((tmp_path / "merged" / "report.json").read_text("utf-8"))["sentence"]
    )


@pytest.mark.parametrize("shard", ["0/2", "3/2", "2", "a/b", "1/1000"])
def test_what_is_no_shard_is_refused(tmp_path: Path, shard: str) -> None:
    """In one sentence."""
    result = program.conformance("run", "--shard", shard, folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("conformance: --shard: expected K/N")
