"""`conformance init` and `conformance traits`: proposed, printed, never overwritten unasked."""

from __future__ import annotations

import json

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
