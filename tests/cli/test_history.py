"""`conformance history`, and `--history` of the commands that end runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.samples import green, one_fault

if TYPE_CHECKING:
    from pathlib import Path


def test_a_merge_is_kept_and_shown(conformance, tmp_path: Path) -> None:
    """One line of the terminal, and a page where one is asked for."""
    streams = []
    for name, make in (("one", green), ("two", one_fault)):
        sample = make()
        sample.header["run"] = name
        streams.append(sample.write(tmp_path / name / "events.ndjson"))
    path = tmp_path / "history.sqlite"
    result = conformance("merge", *streams, "--out", tmp_path / "merged", "--history", path)
    assert result.exit_code == 1
    shown = conformance("history", path)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines()[-1].startswith("1 run (1 nonconformant)")
    page = tmp_path / "history.html"
    assert conformance("history", path, "--out", page).exit_code == 0
    nowhere = conformance("history", path, "--out", tmp_path / "none" / "page.html")
    assert nowhere.exit_code == 2
    assert f"{tmp_path / 'none' / 'page.html'}: cannot be opened" in nowhere.stderr
    assert "PAG-03" in page.read_text("utf-8")
    assert conformance("history", path, "--format", "html").stdout == page.read_text("utf-8")


def test_a_file_that_is_not_there_is_one_sentence(refused, tmp_path: Path) -> None:
    """So is one that is no history."""
    assert "cannot be opened" in refused("history", tmp_path / "none.sqlite")
    (tmp_path / "text").write_text("x" * 2_000)
    assert "not a history of this suite" in refused("history", tmp_path / "text")
    other = refused("run", "--history", tmp_path / "text", "--only", "DOC-01")
    assert other.startswith("conformance: --history: ")


def test_a_page_does_not_take_the_place_of_its_history(refused, tmp_path: Path) -> None:
    """By whatever name."""
    path = tmp_path / "history.sqlite"
    path.write_bytes(b"kept")
    (tmp_path / "link").symlink_to(path)
    assert "is the history itself" in refused("history", path, "--out", tmp_path / "link")
    assert path.read_bytes() == b"kept"
