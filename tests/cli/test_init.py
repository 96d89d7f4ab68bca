"""`conformance init` and `conformance traits`: proposed, printed, never overwritten unasked."""

from __future__ import annotations

import errno
import json
import os
from typing import NoReturn

import pytest

from tests.support.contracts import THINGS


@pytest.fixture
def spec(tmp_path):
    """A document beside which files are written."""
    path = tmp_path / "openapi.yaml"
    path.write_text(THINGS)
    return path


def test_files_are_written_and_can_be_run_with(conformance, spec, tmp_path) -> None:
    """`lint` finds nothing against them."""
    done = conformance("init", "--spec", spec, "--out", tmp_path / "new")
    assert done.exit_code == 0
    assert "list-things: limit_offset, rows at /rows" in done.stdout
    overlay = tmp_path / "new" / "overlay.yaml"
    assert conformance("lint", "--spec", spec, "--overlay", overlay).stdout == "OK\n"
    settings = (tmp_path / "new" / "conformance.toml").read_text()
    assert '"server1" = "https://one.example.com"' in settings


def test_files_that_are_there_are_kept(conformance, spec, tmp_path) -> None:
    """Unless --force says otherwise; then neither is written."""
    there = tmp_path / "conformance.toml"
    there.write_text("")
    done = conformance("init", "--spec", spec, "--out", tmp_path)
    assert done.exit_code == 2
    assert done.stderr == f"conformance: {there} is there already; --force overwrites it.\n"
    assert not (tmp_path / "overlay.yaml").exists()
    assert conformance("init", "--spec", spec, "--out", tmp_path, "--force").exit_code == 0
    assert there.read_text()


@pytest.mark.parametrize("arguments", [("init",), ("init", "--spec", "nowhere.yaml")])
def test_a_document_is_needed(conformance, arguments) -> None:
    """One sentence, and exit 2."""
    done = conformance(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith("conformance: ")


def test_traits_are_listed_as_a_table_or_json(conformance, spec) -> None:
    """Each with its state."""
    table = conformance("traits", "--spec", spec).stdout.splitlines()
    assert table[0].split() == ["operation", "trait", "state", "value", "and", "why"]
    assert table[1].split()[:3] == ["list-things", "pagination", "inferred"]
    rows = json.loads(conformance("traits", "--spec", spec, "--format", "json").stdout)
    assert rows[0]["value"]["style"] == "limit_offset"


def test_what_is_no_file_is_not_overwritten(conformance, spec, tmp_path) -> None:
    """A pipe would be waited for; a device would be gone."""
    os.mkfifo(tmp_path / "overlay.yaml")
    done = conformance("init", "--spec", spec, "--out", tmp_path, "--force")
    assert done.exit_code == 2
    assert "overlay.yaml: is no file that could be overwritten." in done.stderr
    assert not (tmp_path / "conformance.toml").exists()


def test_a_full_disk_leaves_no_half_of_a_file(conformance, spec, tmp_path, monkeypatch) -> None:
    """What was there before is there still, and the sentence names what could not be written."""

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    there = tmp_path / "overlay.yaml"
    there.write_text("mine")
    monkeypatch.setattr("conformance.reports.registry._readable", full)
    done = conformance("init", "--spec", spec, "--out", tmp_path, "--force")
    assert done.exit_code == 2
    assert "None" not in done.stderr
    assert f"{tmp_path}" in done.stderr
    assert there.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["openapi.yaml", "overlay.yaml"]
