"""Plugins of pytest beside the suite change no verdict, whether they are installed or asked for."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from tests.support.neighbours import PLUGINS, install, loaded
from tests.support.program import ROOT, conformance

if TYPE_CHECKING:
    from pathlib import Path

RUN = ("run", "--seed=7", "--only=PAG-03", "--fault=has-more-always")
OPTIONS = {"timeout": ["--timeout=60"], "rerunfailures": ["--reruns=1"], "cov": ["--cov"]}


def outcomes(folder: Path) -> dict[tuple[str, str, str | None], str]:
    """What a run came to, by requirement, operation and region."""
    report = json.loads((folder / "reports" / "report.json").read_text("utf-8"))
    assert report["exit_code"] == 1
    return {
        (result["requirement"], result["operation"], result["region"]): result["outcome"]
        for result in report["results"]
    }


@pytest.fixture(scope="module")
def alone(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str, str | None], str]:
    """The outcomes without any neighbour."""
    folder = tmp_path_factory.mktemp("alone")
    assert conformance(*RUN, folder=folder).returncode == 1
    return outcomes(folder)


def beside(folder: Path) -> dict[str, str]:
    """The variables of a process that finds the plugins of a folder."""
    return {"PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}


@pytest.mark.parametrize("arguments", [(), ("--", "-n", "2")], ids=["one process", "two"])
def test_installed_plugins_are_not_loaded(tmp_path: Path, alone, arguments) -> None:
    """Not one of them, in no process of the run; the last one would end it."""
    place = tmp_path / "site"
    place.mkdir()
    install(place, *PLUGINS)
    done = conformance(*RUN, *arguments, folder=tmp_path, variables=beside(place))
    assert done.returncode == 1, done.stdout + done.stderr
    assert outcomes(tmp_path) == alone
    assert loaded(place) == []


@pytest.mark.parametrize(
    ("names", "more"),
    [
        (("randomly",), ()),
        (("timeout", "rerunfailures"), ()),
        (("cov", "asyncio", "html", "allure", "sugar"), ()),
        (("randomly", "sugar", "timeout"), ("-n", "2")),
    ],
    ids=lambda value: " ".join(value),
)
def test_plugins_that_are_asked_for_change_no_verdict(
    tmp_path: Path, alone, names: tuple[str, ...], more: tuple[str, ...]
) -> None:
    """After the dashes; an option of theirs may be called as one of the suite (`--timeout`)."""
    place = tmp_path / "site"
    place.mkdir()
    install(place, *names)
    words = [word for name in names for word in ("-p", name, *OPTIONS.get(name, []))]
    done = conformance(*RUN, "--", *words, *more, folder=tmp_path, variables=beside(place))
    assert done.returncode == 1, done.stdout + done.stderr
    assert outcomes(tmp_path) == alone
    assert loaded(place) == sorted(names)
