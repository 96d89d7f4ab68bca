"""The checksums of a release."""

from __future__ import annotations

import runpy
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "docs" / "make_release.py"


def test_checksums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    """Of every file but the sums themselves."""
    make = runpy.run_path(str(SCRIPT))
    (tmp_path / "a.whl").write_bytes(b"wheel")
    (tmp_path / make["SUMS"]).write_text("old")
    (tmp_path / make["SUMS"]).write_text(make["checksums"](tmp_path))
    if shutil.which("sha256sum") is None:
        pytest.skip("needs sha256sum")
    words = ["sha256sum", "--check", "--strict", make["SUMS"]]
    assert subprocess.run(words, cwd=tmp_path, check=False).returncode == 0


def test_an_earlier_release_is_not_mixed_with_the_next(tmp_path: Path) -> None:
    """The folder must be empty."""
    make = runpy.run_path(str(SCRIPT))
    (tmp_path / "old.whl").touch()
    with pytest.raises(SystemExit, match="is not empty"):
        make["build"](tmp_path)
