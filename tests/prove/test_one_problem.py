"""One fault is one problem: what fails with it rests on a request that fails it too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.verdict.conclude import conclude
from tests.support.program import conformance

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("fault", "root", "others"),
    [
        ("any-token-accepted", "AUT-03", ("AUT-05",)),
        ("open-for-post", "AUT-12", ("ROB-01",)),
        ("unknown-agent-lists-everything", "FIL-04", ("FIL-06",)),
        ("refused-past-the-end", "PAG-09", ("FIL-04",)),
        ("over-maximum-gives-nothing", "PAG-11", ("PAG-13",)),
        ("first-page-at-the-end", "PAG-09", ("FIL-03",)),
        ("total-one-too-many", "PAG-02", ("PAG-03", "FIL-02")),
        ("default-page-counts-no-recipients", "PAG-01", ("PAG-07", "FIL-02")),
        ("limit-100-refused", "PAG-10", ("ROB-06", "PAG-09")),
        ("offset-off-by-one", "PAG-07", ("PAG-05", "PAG-06")),
    ],
)
def test_a_fault_is_one_problem(
    tmp_path: Path, fault: str, root: str, others: tuple[str, ...]
) -> None:
    """What falls with it fails, and is explained."""
    only = [word for name in (root, *others) for word in ("--only", name)]
    ended = conformance(
        "run", "-q", "--fault", f"{fault}@india", "--out", tmp_path, *only, folder=tmp_path
    )
    assert ended.returncode == 1, ended.stderr
    failed = conclude(tmp_path / "events.ndjson").having("failed")
    assert {result.requirement for result in failed} == {root, *others}
    assert {result.requirement for result in failed if not result.caused_by} == {root}
