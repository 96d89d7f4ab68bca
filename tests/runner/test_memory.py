"""A limit of memory below what a run needs is refused before a native library ends the process."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest

from conformance.runner import memory
from tests.support.program import ROOT, conformance

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("limit", [resource.RLIMIT_AS, resource.RLIMIT_DATA])
def test_too_little_memory_is_a_usage_error(tmp_path: Path, limit: int) -> None:
    """In one sentence that names the limit."""
    done = conformance(
        "run",
        folder=tmp_path,
        preexec_fn=lambda: resource.setrlimit(limit, (586_000_000, 586_000_000)),
    )
    assert done.returncode == 2
    assert "and this process may take 586 MB (ulimit -" in done.stderr
    assert done.stderr.count("\n") == 1


def test_too_few_descriptors_are_a_usage_error(tmp_path: Path) -> None:
    """With so few a run and its mock may wait for each other for ever."""
    done = conformance(
        "run",
        folder=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12)),
    )
    assert done.returncode == 2
    assert "a run needs 16 open files, and this process may have 12 (ulimit -n)" in done.stderr


def test_a_run_fits_into_what_is_asked_for(tmp_path: Path) -> None:
    """The bound is no lower than what a run takes."""
    bounds = (memory.ADDRESSES, memory.ADDRESSES)
    done = conformance(
        *("run", "--only", "PAG-0*"),
        folder=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, bounds),
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_cannot_be_loaded_is_no_failed_must(tmp_path: Path) -> None:
    """A broken installation ends with 3, where Python would end with 1."""
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text("raise ImportError('half of it is missing')")
    path = {"PYTHONPATH": f"{tmp_path}:{ROOT}"}
    done = conformance("run", folder=tmp_path / "click", variables=path)
    assert done.returncode == 3
    assert done.stderr.startswith("conformance: it cannot be loaded here: ImportError: half of it")
