"""`conformance report`: any view, of a whole stream or one that is cut short."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conformance.reports.registry import renderers
from tests.support.samples import green, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILES = {name: file_name for name, (file_name, _) in renderers().items()}


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return one_fault().write(tmp_path / "run" / "events.ndjson")


def test_every_view_comes_from_the_stream(conformance, stream: Path, tmp_path: Path) -> None:
    """One stream, all views, the verdict as the last line."""
    result = conformance("report", stream, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(FILES.values())
    assert result.stdout.splitlines()[-1].startswith(
        "nonconformant: 1 problem in india (PAG-03: expected has_more false"
    )


@pytest.mark.parametrize("name", FILES)
def test_one_view_can_be_asked_for(conformance, stream: Path, tmp_path: Path, name: str) -> None:
    """Only that file is written."""
    assert conformance("report", stream, "--format", name, "--out", tmp_path / "out").exit_code == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == [FILES[name]]


def test_views_go_beside_the_stream_unless_told_otherwise(conformance, stream: Path) -> None:
    """The directory of a run may be named instead of its stream."""
    conformance("report", stream.parent, "--format", "json", "--format", "junit")
    assert {path.name for path in stream.parent.iterdir()} == {
        "events.ndjson",
        "report.json",
        "junit.xml",
    }


def test_the_terminal_is_a_view_too(conformance, stream: Path) -> None:
    """What the run printed can be printed again, and nothing is written."""
    result = conformance("report", stream, "--format", "terminal")
    assert "✗ PAG-03  has_more is offset" in result.stdout
    assert "GET https" not in result.stdout
    assert [path.name for path in stream.parent.iterdir()] == ["events.ndjson"]
    verbose = conformance("report", stream, "--format", "terminal", "-v").stdout
    assert "> GET https://api.in.voice.formantai.com/v1/batch-calls?limit=21&offset=40" in verbose
    quiet = conformance("report", stream, "--format", "terminal", "-q").stdout
    assert quiet.startswith("✗ PAG-03")


def test_a_stream_that_is_still_growing_is_cut_short(conformance, tmp_path: Path) -> None:
    """While a run goes on its report says so, in every view."""
    sample = green()
    sample.footer = None
    path = sample.write(tmp_path / "events.ndjson")
    path.write_bytes(path.read_bytes()[:-30])
    result = conformance("report", path)
    assert result.exit_code == 0
    assert "unverified: the run was cut short: the stream has no footer" in result.stdout
    document = json.loads((tmp_path / "report.json").read_text())
    assert (document["verdict"], document["exit_code"]) == ("unverified", 3)
    for name in ("report.html", "summary.md"):
        assert "cut short" in (tmp_path / name).read_text("utf-8").lower()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be opened: No such file or directory"),
        ("", "no header. The run ended before anything was asked"),
        ("hello\n", ":1: not a JSON object with an `event`. This is no event stream."),
        (
            '{"verdict": "conformant"}\n',
            ":1: not a JSON object with an `event`. This is no event stream.",
        ),
        ('{"event":"notice","level":"info","message":"hello"}\n', "no header"),
        ('{"event":"header","schema":9}\n', "events of schema 9; this version reads schema 1"),
        (
            '{"event":"header","schema":1}\n',
            ":1: an event outside the schema: Object missing required field",
        ),
    ],
    ids=["missing", "empty", "text", "other JSON", "no header", "other version", "half a header"],
)
def test_what_is_no_stream_is_one_sentence(
    refused, tmp_path: Path, content: str | None, said: str
) -> None:
    """File, line and what is wrong."""
    path = tmp_path / "events.ndjson"
    if content is not None:
        path.write_text(content)
    assert said in refused("report", path)


@pytest.mark.parametrize(
    ("kind", "change", "where"),
    [
        ("judgements", {"findings": [{"expected": "a"}]}, "$.findings[0]"),
        ("judgements", {"evidence": 7}, "$.evidence"),
        ("exchanges", {"request": None}, "$.request"),
        ("exchanges", {"response": {"status": 200}}, "$.response"),
    ],
)
def test_a_damaged_event_is_named(
    refused, tmp_path: Path, kind: str, change: dict[str, object], where: str
) -> None:
    """A stream edited by hand gives a sentence with the line, never a traceback."""
    sample = one_fault()
    getattr(sample, kind)[-1].update(change)
    sentence = refused("report", sample.write(tmp_path / "events.ndjson"))
    assert "events.ndjson:" in sentence
    assert "an event outside the schema: " in sentence
    assert f" - at `{where}`" in sentence


def test_a_place_that_cannot_be_written_is_one_sentence(
    refused, stream: Path, tmp_path: Path
) -> None:
    """The file is named."""
    (tmp_path / "taken").write_text("")
    assert f"{tmp_path / 'taken'}: cannot be opened" in refused(
        "report", stream, "--out", tmp_path / "taken"
    )


def test_an_unknown_format_lists_the_known_ones(conformance: Callable, stream: Path) -> None:
    """The usage says what can be chosen."""
    result = conformance("report", stream, "--format", "pdf")
    assert result.exit_code == 2
    assert "'html'" in result.stderr


def test_one_view_goes_to_standard_output_alone(conformance, stream) -> None:
    """A pipe gets the document and nothing else."""
    result = conformance("report", stream, "--format", "json", "--out", "-")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["schema"] == 1
    text = conformance("report", stream, "--format", "terminal", "--out", "-").stdout
    assert text.startswith("formant-conformance")


@pytest.mark.parametrize("more", [(), ("--format", "json", "--format", "html"), ("--open",)])
def test_several_views_cannot_share_standard_output(conformance, stream, more) -> None:
    """Two documents in one pipe are none."""
    result = conformance("report", stream, "--out", "-", *more)
    assert result.exit_code == 2
    assert "--out - prints one view" in result.stderr


def test_open_starts_a_browser_and_prints_the_address(conformance, stream, monkeypatch) -> None:
    """Where there is no browser the address is what is left."""
    opened: list[str] = []

    def launch(address: str) -> bool:
        opened.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", launch)
    result = conformance("report", stream, "--open", "--format", "json")
    assert result.exit_code == 0
    assert opened
    assert opened[0].startswith("file:///")
    assert opened[0].endswith("report.html")
    assert opened[0] in result.stdout
