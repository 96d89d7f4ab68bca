"""A requirement that is selected alone gets the evidence that it needs, on every operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.program import conformance

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("requirement", ["SCH-01", "ROB-06"])
def test_a_selected_requirement_passes_on_healthy_servers(tmp_path: Path, requirement: str) -> None:
    """In a whole run it has the answers of all other checks, which are not asked here."""
    done = conformance("run", "--only", requirement, "-q", "--out", "out", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
