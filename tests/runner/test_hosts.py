"""A run that is shared among hosts (`-- --tx`): the same verdict, and one sentence where a host will not do.

The host of ssh is a program of that name, which starts the command in a folder and an environment of
its own.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.ways import outcomes
from conformance.mock import MockOptions
from conformance.mock.credentials import KEYS
from conformance.mock.process import MockProcess
from tests.support.program import conformance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from subprocess import CompletedProcess

SSH = """#!/bin/sh
for command; do :; done
cd "{home}" && exec env -i HOME="{home}" PATH=/usr/bin:/bin {variables} sh -c "$command"
"""
KEY = {"FORMANT_API_KEY": KEYS["global"]}
HOST = f"ssh=host//python={sys.executable}"
RUN = "run", "--seed", 7, "--profile", "smoke", "--only", "PAG-0*"

posix = pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with MockProcess(MockOptions(faults=("has-more-always",), seed=0)) as mock:
        yield mock.urls["global"]


def on_host(
    folder: Path, *arguments: object, variables: dict[str, str], own: dict[str, str] = KEY
) -> CompletedProcess[str]:
    """A run with a program ssh whose host has these variables; this machine has its own."""
    home, programs = folder / "home", folder / "bin"
    home.mkdir()
    programs.mkdir()
    given = " ".join(f"{name}={value}" for name, value in variables.items())
    script = programs / "ssh"
    script.write_text(SSH.format(home=home, variables=given))
    script.chmod(0o755)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return conformance(*RUN, *arguments, folder=folder, variables={"PATH": path, **own})


def judged(report: Path) -> dict[tuple[str, str], str]:
    results = json.loads(report.read_text("utf-8"))["results"]
    return {(result["requirement"], result["operation"]): result["outcome"] for result in results}


@posix
def test_a_host_of_ssh_comes_to_the_same_outcomes(tmp_path: Path, url: str) -> None:
    """With the code that it is sent and its own key; its variables for pytest do not count."""
    region = "--region", f"global={url}"
    alone = conformance(*RUN, *region, folder=tmp_path, variables=KEY)
    expected = judged(tmp_path / "reports" / "report.json")
    hosts = "--", "--tx", HOST, "--tx", "popen"
    variables = KEY | {"PYTEST_ADDOPTS": "--collect-only"}
    shared = on_host(tmp_path, *region, "--out", "shared", *hosts, variables=variables)
    assert (alone.returncode, shared.returncode) == (1, 1)
    assert judged(tmp_path / "shared" / "report.json") == expected
    assert (tmp_path / "home" / "pyexecnetcache" / "conformance" / "plan.py").is_file()


@posix
@pytest.mark.parametrize(
    ("more", "variables", "words"),
    [
        ((), {}, "FORMANT_API_KEY_GLOBAL is not set"),
        (
            ("--spec", "own.yaml", "--skip", "PAG-*", "--only", "SCH-01"),
            KEY,
            "own.yaml: cannot be read",
        ),
    ],
    ids=["no key", "no document"],
)
def test_what_a_host_lacks_is_one_sentence(
    tmp_path: Path, url: str, more: tuple[str, ...], variables: dict[str, str], words: str
) -> None:
    """Before anything is asked; no key is sent in its place."""
    (tmp_path / "own.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: Own, version: '1'}\n"
        "paths: {/own: {get: {operationId: own, responses: {'200': {description: ok}}}}}\n"
    )
    region = "--region", f"global={url}", *more
    own = {"FORMANT_API_KEY": "fk_of_this_machine_alone"}
    hosts = "--", "--tx", HOST
    result = on_host(tmp_path, *region, *hosts, variables=variables, own=own)
    assert result.returncode == 2
    assert f"ERROR: --tx {HOST}: {words}" in result.stderr
    assert list((tmp_path / "reports").iterdir()) == []
    sent = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert sent
    assert not any(own["FORMANT_API_KEY"].encode() in path.read_bytes() for path in sent)


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("socket=127.0.0.1:1", " socket=127.0.0.1:1: expected popen or ssh=HOST"),
        ("popen//chdir=x", " popen//chdir=x: a process on this machine runs in this directory"),
        ("popen//_x", ": '_x' not a valid XSpec key"),
        ("popen//python=/no/python", " popen//python=/no/python: no Python answers there"),
    ],
)
def test_a_host_that_cannot_be_used_is_one_sentence(tmp_path: Path, spec: str, words: str) -> None:
    """Exit 2."""
    result = conformance(*RUN, "--", "--tx", spec, folder=tmp_path)
    assert result.returncode == 2
    assert f"ERROR: --tx{words}" in result.stderr


@posix
def test_the_bundled_mock_is_on_no_other_machine(tmp_path: Path) -> None:
    """Exit 2 in place of a region that nobody reaches."""
    result = on_host(tmp_path, "--", "--tx", HOST, variables=KEY)
    assert result.returncode == 2
    assert "ERROR: --tx ssh: the bundled mock answers on this machine alone" in result.stderr


def test_every_way_comes_to_the_same_outcomes(tmp_path: Path) -> None:
    """Shards that are merged, processes, hosts: a sample of what `benchmarks.ways` compares."""
    options = ["--profile", "smoke", "--only", "PAG-0*", "--only", "PAR-0*"]
    found = dict(outcomes(7, [*options, "--fault", "has-more-always@india"], tmp_path))
    assert len(found) == 4
    first = found.pop("one process")
    assert first.verdict == "nonconformant"
    assert {"passed", "failed"} < set(first.results.values())
    assert {name: outcome.verdict for name, outcome in found.items()} == dict.fromkeys(
        found, first.verdict
    )
    assert all(first.differences(outcome) == [] for outcome in found.values())
