"""The package as it is installed: on a disk that cannot be written, or packed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.support.program import ROOT, environment

if TYPE_CHECKING:
    from pathlib import Path

RUN = ("-P", "-m", "conformance", "run", "--only", "PAG-03")


def without_rights() -> list[str]:
    """What starts a process that may write only where the modes of files allow it."""
    if os.name != "posix":
        pytest.skip("modes of Unix")
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("needs setpriv")
    return [setpriv, "--bounding-set=-all", "--inh-caps=-all"]


def installed(site: Path) -> Path:
    """The package as the wheel lays it."""
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "conformance", site / "conformance", ignore=ignored)
    shutil.copytree(ROOT / "spec", site / "conformance" / "spec", ignore=ignored)
    return site


def files(site: Path) -> set[str]:
    """What lies in it."""
    return {str(path.relative_to(site)) for path in site.rglob("*")}


@pytest.mark.parametrize("processes", [(), ("--", "-n", "2")], ids=["one process", "two"])
def test_a_read_only_installation_runs(tmp_path: Path, processes: tuple[str, ...]) -> None:
    """Neither it nor the current directory is written, but for --out."""
    site, here, out = installed(tmp_path / "site"), tmp_path / "here", tmp_path / "out"
    here.mkdir()
    out.mkdir()
    before = files(site)
    for path in (here, site, *site.rglob("*")):
        path.chmod(0o555)
    try:
        done = subprocess.run(
            [*without_rights(), sys.executable, *RUN, "--out", out / "reports", *processes],
            cwd=here,
            env=environment(PYTHONPATH=str(site), HOME=str(here)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert (out / "reports" / "report.json").exists()
        assert files(site) == before
        assert not list(here.iterdir())
    finally:
        for path in (here, site, *site.rglob("*")):
            path.chmod(0o755)


def test_an_archive_is_refused(tmp_path: Path) -> None:
    """In one sentence that says what to do with it."""
    archive = tmp_path / "formant_conformance.whl"
    with zipfile.ZipFile(archive, "w") as target:
        for name in ("__init__.py", "__main__.py"):
            target.write(ROOT / "conformance" / name, f"conformance/{name}")
    done = subprocess.run(
        [sys.executable, *RUN],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(archive)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        f"conformance: {archive} is an archive; install it (`pip install`) to run it.\n"
    )
