"""A release: its checksums, and the version that git gives it."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "docs" / "make_release.py"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FALLBACK = PROJECT["tool"]["hatch"]["version"]["fallback-version"]


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


@pytest.mark.parametrize(
    ("commands", "version"),
    [
        (["rm -r .git"], re.escape(FALLBACK)),
        ([], r"\d+\.\d+\.\d+\.dev2\+g[0-9a-f]+"),
        (["git tag v1.2.3"], r"1\.2\.3"),
        (["git tag v1.2.3 HEAD~1", "git tag v1"], r"1\.2\.4\.dev1\+g[0-9a-f]+"),
        (["git clone -q --depth 1 file://$PWD shallow", "cd shallow"], r".+\.dev1\+g[0-9a-f]+"),
    ],
    ids=["no git", "no tag", "tag", "after a tag", "shallow"],
)
@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_the_version_is_that_of_the_tag(tmp_path: Path, commands: list[str], version: str) -> None:
    """Or the latest release with the commit; an archive of the tree has no commit to name."""
    pytest.importorskip("hatch_vcs")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    commit = "git -c user.name=a -c user.email=a@b.test commit -q"
    begin = ["git init -q", "git add .", f"{commit} -m one", f"{commit} --allow-empty -m two"]
    say = f"'{sys.executable}' -m hatchling version"
    words = ["sh", "-c", " && ".join([*begin, *commands, say])]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert re.fullmatch(version, done.stdout.strip()), done.stdout + done.stderr


def test_what_is_written_down_is_the_latest_release() -> None:
    """Where git can say nothing, and in a checkout that was never installed."""
    latest = re.search(r"^## \[(\d[^]]*)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert latest
    assert latest[1] == FALLBACK
    assert f'"{FALLBACK}+source"' in (ROOT / "conformance" / "__init__.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("version", "released"),
    [
        ("1.2.3", True),
        ("2.0.0rc1", True),
        ("1.2.4.dev1+gcac0154", False),
        ("1.2.3+d20261129", False),
    ],
)
def test_only_a_tagged_tree_is_released(tmp_path: Path, version: str, released: bool) -> None:
    """And one in which nothing was changed; nothing is left of another."""
    make = runpy.run_path(str(SCRIPT))
    wheel = tmp_path / f"formant_conformance-{version}-py3-none-any.whl"
    wheel.touch()
    if released:
        make["must_be_of_a_tag"](wheel)
    else:
        with pytest.raises(SystemExit, match="is no release"):
            make["must_be_of_a_tag"](wheel)
    assert wheel.exists() == released
