"""The locks of CI and releases: hashes for all, within the bounds that users get."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ROOT / ".ci" / "lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = ("tests", "lint", "types", "release", "docs")


def pinned(name: str) -> dict[str, set[str]]:
    """The versions of a lock, by package: a universal lock may have one for each Python."""
    versions: dict[str, set[str]] = {}
    for line in (LOCKS / name).read_text("utf-8").splitlines():
        if found := re.match(r"([a-z0-9._-]+)==([^ ;]+)", line):
            versions.setdefault(canonicalize_name(found[1]), set()).add(found[2])
    return versions


def required(*groups: str) -> list[Requirement]:
    """What the project and its groups ask for by themselves."""
    named = [
        *PROJECT["project"]["dependencies"],
        *PROJECT["build-system"]["requires"] * bool(groups),
    ]
    for group in groups:
        named += [one for one in PROJECT["dependency-groups"][group] if isinstance(one, str)]
    return [Requirement(one) for one in named]


@pytest.mark.parametrize(("lock", "groups"), [("run.txt", ()), ("ci.txt", GROUPS)])
def test_a_lock_keeps_the_bounds(lock: str, groups: tuple[str, ...]) -> None:
    """Whoever changes a bound writes the locks anew."""
    versions = pinned(lock)
    for asked in required(*groups):
        found = versions.get(canonicalize_name(asked.name), set())
        assert found, f"{asked.name} is not in {lock}: run .ci/lock/update"
        assert any(asked.specifier.contains(one, prereleases=True) for one in found), asked


@pytest.mark.parametrize("lock", ["run.txt", "ci.txt"])
def test_every_pin_has_hashes(lock: str) -> None:
    """And no place where it comes from."""
    text = (LOCKS / lock).read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(entries) > 50
    assert all("--hash=sha256:" in entry for entry in entries)


def test_what_runs_is_what_ci_tested() -> None:
    """The smaller lock is a part of the larger one."""
    everything = pinned("ci.txt")
    assert all(everything[name] == versions for name, versions in pinned("run.txt").items())


def test_the_audit_says_what_it_could_not_see() -> None:
    """Nothing audited is no failure and no praise; a vulnerability fails."""
    verdict = runpy.run_path(str(ROOT / ".ci" / "audit.py"))["verdict"]
    unknown = {"name": "a", "skip_reason": "Dependency not found on PyPI"}
    clean = {"name": "b", "version": "1", "vulns": []}
    broken = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
    assert verdict([unknown])[0] == 0
    assert "nothing was audited" in verdict([unknown])[1]
    assert verdict([unknown, clean]) == (
        0,
        "no known vulnerability: 1 audited, 1 without advisories",
    )
    assert verdict([unknown, clean, broken]) == (1, "c 2: PYSEC-1")
