"""`conformance run` used wrongly: exit 2, one sentence, nothing asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.settings import OPTIONS
from conformance.settings.option import FLAG

if TYPE_CHECKING:
    from collections.abc import Callable

MOCK_PORT = "global=http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current directory without a configuration, and no key in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("FORMANT_API_KEY", "FORMANT_API_KEY_GLOBAL", "FORMANT_API_KEY_INDIA"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_help_has_every_flag_in_its_group(conformance) -> None:
    """The options stand in the order of the table, under the headings of their groups."""
    text = conformance("run", "--help").stdout
    words = text.replace(",", " ").split()
    assert [
        option.flag
        for option in OPTIONS.values()
        if FLAG in option.sources and option.flag not in words
    ] == []
    groups = list(dict.fromkeys(option.group for option in OPTIONS.values()))
    assert [line.rstrip(":") for line in text.splitlines() if line.rstrip(":") in groups] == groups


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--no-such-option"], "no such option '--no-such-option'."),
        (["--wrokers", "3"], "'--workers'?"),
        (["--seed"], "--seed"),
        (["PAG-03"], "there is no argument 'PAG-03': requirements are chosen with --only"),
        (["--workers", "0"], "--workers: expected a whole number from 1 to 64, not '0'."),
        (["--workers", "six"], "--workers: expected a whole number from 1 to 64, not 'six'."),
        (["--seed", "-1"], "--seed: expected a whole number from 0 to "),
        (["--profile", "fast"], "--profile: expected smoke, standard or deep, not 'fast'."),
        (
            ["--region", "nonsense"],
            "--region: expected NAME=URL, as in india=https://api.example.com",
        ),
        (
            ["--region", "global=http://h:99999"],
            "region global: the port '99999' is no number from 1 to 65535.",
        ),
        (["--region", "global=http://[::1"], "region global: the host '[::1' needs a ]"),
        (["--region", "global=http://u:p@h"], "region global: its URL holds user information"),
        (["--region", MOCK_PORT], "FORMANT_API_KEY_GLOBAL is not set"),
        (["--region", "south-asia=http://h"], "FORMANT_API_KEY_SOUTH_ASIA is not set"),
        (["--spec", "missing.yaml"], "missing.yaml: cannot be read"),
        (["--config", "missing.toml"], "missing.toml: no such configuration file."),
        (["--only", "XYZ-99"], "--only XYZ-99: no requirement of that id"),
        (
            ["--only", "PAG-01", "--skip", "PAG-*"],
            "--only PAG-01 --skip PAG-*: no requirement is left.",
        ),
        (["--skip", "*"], "--skip *: no requirement is left."),
        (["--fault", "has-more-alway"], "has-more-alway"),
        (
            ["--target", "live", "--fault", "has-more-always"],
            "--fault: only the bundled mock has faults",
        ),
        (["--baseline", "missing.json"], "--baseline missing.json: cannot be read: No such file"),
        (["--baseline", "."], "--baseline .: cannot be read: Is a directory"),
        (["--gate", "new"], "--gate new needs --baseline"),
        (["--out", "-"], "--out: expected a directory, not '-'."),
        (["--", "--setup-plan"], "-- --setup-plan: pytest runs no check with it"),
        (["--out", ""], "--out: expected a directory, not ''."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_used_is_one_sentence(
    refused: Callable[..., str], arguments: list[str], said: str
) -> None:
    """Before a server is asked or a file is written."""
    assert said in refused("run", *arguments)
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("out", ["taken", "taken/below", "taken/below/deep"])
def test_reports_do_not_go_onto_a_file(refused: Callable[..., str], out: str) -> None:
    """Nor into a directory that a file stands in the way of."""
    Path("taken").write_text("")
    assert refused("run", "--out", out) == (
        f"conformance: --out {out}: taken is no directory. Reports are several files in one."
    )


@pytest.mark.parametrize(
    ("key", "reason"), [("seven77", "is shorter than 8 characters"), ("a key with", "a space")]
)
def test_a_key_that_cannot_be_used_is_refused_and_not_shown(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, key: str, reason: str
) -> None:
    """One that is part of many other texts could not be kept out of the reports."""
    monkeypatch.setenv("FORMANT_API_KEY", key)
    sentence = refused("run", "--region", MOCK_PORT)
    assert sentence.startswith("conformance: FORMANT_API_KEY ")
    assert reason in sentence
    assert key not in sentence


def test_an_unknown_variable_is_refused(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the one that was meant."""
    monkeypatch.setenv("CONFORMANCE_STRCIT", "1")
    assert (
        "CONFORMANCE_STRCIT: there is no such setting. Did you mean CONFORMANCE_STRICT?"
        in refused("run")
    )


def test_names_with_control_characters_stay_one_line(refused: Callable[..., str]) -> None:
    """Whatever an argument holds, no terminal is steered by it."""
    assert r"--only: expected a requirement's id or a glob, not 'a\nb'." in refused(
        "run", "--only", "a\nb"
    )
    assert r"there is no argument 'a\nb\x1b[31m'" in refused("run", "a\nb\x1b[31m")
    assert "a b: cannot be opened" in refused("report", "a\nb")


def test_list_names_what_would_be_checked_and_asks_nothing(conformance, tmp_path) -> None:
    """Each requirement with its places, and what does not apply with its reason."""
    result = conformance("run", "--list", "--only", "PAG-0[1-3]", "--out", tmp_path / "reports")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("PAG-01  list-batch-calls  global, india")
    assert lines[-1] == "3 requirements would be judged in 12 places; nothing was asked"
    assert not (tmp_path / "reports").exists()
