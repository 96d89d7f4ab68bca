"""Where settings come from, what goes over what, and one sentence for whatever cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.settings import OPTIONS, ConfigError, Settings, load


def refusal(flags: dict[str, Any], environment: dict[str, str] | None = None) -> str:
    """The sentence with which settings are refused."""
    with pytest.raises(ConfigError) as error:
        load(flags, environment or {})
    sentence = str(error.value)
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    return sentence


def test_flag_over_environment_over_file_over_default(write_file) -> None:
    """The nearer to the caller, the more a value counts."""
    variable = {"CONFORMANCE_WORKERS": "4"}
    assert load({}, {}).workers == 6
    write_file("workers = 3\nprofile = 'deep'\n")
    assert load({}, {}).workers == 3
    assert load({}, variable).workers == 4
    assert load({"workers": "5"}, variable).workers == 5
    assert load({"workers": None, "strict": None, "only": ()}, {}).profile == "deep"


def test_a_switch_can_be_turned_off_by_a_nearer_source(write_file) -> None:
    """What the file turns on, a variable or a flag turns off."""
    write_file("strict = true\n")
    assert load({}, {}).strict
    assert not load({}, {"CONFORMANCE_STRICT": "false"}).strict
    assert not load({"strict": False}, {"CONFORMANCE_STRICT": "true"}).strict


def test_the_file_is_named_by_a_flag_or_a_variable(write_file) -> None:
    """A named file is read in place of conformance.toml, and stands in the settings."""
    write_file("workers = 2\n")
    Path("other.toml").write_text("workers = 9\n")
    Path("third.toml").write_text("workers = 8\n")
    assert load({}, {"CONFORMANCE_CONFIG": "other.toml"}).workers == 9
    settings = load({"config": "third.toml"}, {"CONFORMANCE_CONFIG": "other.toml"})
    assert (settings.workers, settings.config) == (8, Path("third.toml"))
    assert refusal({"config": "nowhere.toml"}) == "nowhere.toml: no such configuration file."


def test_an_environment_has_strings_only() -> None:
    """Numbers, switches, lists and paths are read from strings."""
    given = {
        "RATE": "2.5",
        "STRICT": "true",
        "ONLY": "PAG-*, FIL-01",
        "OUT": "there",
        "OVERLAY": "a.yaml,b.yaml",
    }
    settings = load({}, {f"CONFORMANCE_{name}": value for name, value in given.items()})
    assert (settings.rate, settings.strict, settings.only) == (2.5, True, ("PAG-*", "FIL-01"))
    assert (settings.out, settings.overlay) == (Path("there"), (Path("a.yaml"), Path("b.yaml")))


def test_overlays_keep_their_order() -> None:
    """They are applied one on another."""
    assert load({"overlay": ("b.yaml", "a.yaml")}, {}).overlay == (Path("b.yaml"), Path("a.yaml"))


@pytest.mark.parametrize(
    ("variable", "hint"),
    [
        ("CONFORMANCE_WROKERS", "there is no such setting. Did you mean CONFORMANCE_WORKERS?"),
        ("CONFORMANCE_WAIVERS", "waivers is read from conformance.toml only."),
        ("CONFORMANCE_X", "there is no such setting. docs/configuration.md"),
    ],
)
def test_a_variable_that_is_no_setting_is_refused(variable: str, hint: str) -> None:
    """A misspelt variable would otherwise be a setting that silently does not count."""
    assert refusal({}, {variable: "3"}).startswith(f"{variable}: {hint}")


def test_other_variables_are_left_alone() -> None:
    """Only the program's own prefix is read."""
    assert load({}, {"CONFORM": "x", "WORKERS": "x", "FORMANT_API_KEY": "x"}).workers == 6


def test_a_byte_order_mark_and_carriage_returns_are_read(write_file) -> None:
    """Editors of Windows write both."""
    write_file(b"\xef\xbb\xbfworkers = 3\r\nprofile = 'deep'\r\n")
    assert (load({}, {}).workers, load({}, {}).profile) == (3, "deep")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("= 3", "conformance.toml: not valid TOML: "),
        (b"out = '\xff'", "conformance.toml: not UTF-8 (byte 8). "),
        ("wrokers = 3", "conformance.toml: 'wrokers': there is no such key. Did you mean workers?"),
        ("config = 'x'", "conformance.toml: 'config': there is no such key."),
        (
            "latency-budget = 3",
            "conformance.toml: 'latency-budget': there is no such key. Did you mean lat",
        ),
        ("workers = 0", "conformance.toml: workers: expected a whole number from 1 to 64, not 0."),
        (
            "workers = 6.0",
            "conformance.toml: workers: expected a whole number from 1 to 64, not 6.0.",
        ),
        (
            "workers = true",
            "conformance.toml: workers: expected a whole number from 1 to 64, not true.",
        ),
        (
            "workers = [6]",
            "conformance.toml: workers: expected a whole number from 1 to 64, not a list.",
        ),
        (
            "rate = 0",
            "conformance.toml: rate: expected a number of requests a second from 0.1 to 10,000, not 0.",
        ),
        (
            "timeout = nan",
            "conformance.toml: timeout: expected a number of seconds from 0.1 to 600, not nan.",
        ),
        (
            "timeout = inf",
            "conformance.toml: timeout: expected a number of seconds from 0.1 to 600, not inf.",
        ),
        (
            "profile = 'depe'",
            "conformance.toml: profile: expected smoke, standard or deep, not 'depe'. Did you",
        ),
        ("out = 3", "conformance.toml: out: expected a directory, not 3."),
        (
            "out = '-'",
            "conformance.toml: out: expected a directory, not '-'. Standard input and output",
        ),
        ("only = 3", "conformance.toml: only: expected a list, or a text with commas"),
        ("strict = 'maybe'", "conformance.toml: strict: expected true or false, not 'maybe'."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    write_file, content: str | bytes, sentence: str
) -> None:
    """The place, what was expected, what stands there."""
    write_file(content)
    assert refusal({}).startswith(sentence)


def test_the_source_that_counts_is_named() -> None:
    """A wrong flag is refused as a flag, a wrong variable as a variable."""
    variable = {"CONFORMANCE_RATE": ""}
    assert refusal({}, variable).startswith(
        "CONFORMANCE_RATE: expected a number of requests a second"
    )
    assert refusal({"rate": "x"}, variable).startswith("--rate: ")
    assert refusal({"latency_budget": "-1"}).startswith(
        "--latency-budget: expected a number of seconds"
    )


def test_a_directory_is_no_file() -> None:
    """It exists and cannot be read."""
    Path("folder").mkdir()
    assert refusal({"config": "folder"}).startswith("folder: cannot be read: ")


def test_a_key_of_the_api_is_no_setting() -> None:
    """With a region's name, with a scheme's, or for all; a name that only begins so is unknown."""
    keys = {"CONFORMANCE_KEY": "k", "CONFORMANCE_KEY_A": "k", "CONFORMANCE_KEY_EU_BASIC": "k"}
    assert load({"seed": 1}, keys) == load({"seed": 1}, {})
    assert "no such setting" in refusal({}, {"CONFORMANCE_KEYS": "k"})


@pytest.mark.parametrize(
    ("flags", "environment", "sentence"),
    [
        (
            {"target": "live", "fault": ("x",)},
            {},
            "--fault: only the bundled mock has faults, and --target names other servers.",
        ),
        (
            {"region": ("a=http://b",)},
            {"CONFORMANCE_FAULT": "x"},
            "CONFORMANCE_FAULT: only the bundled mock has faults, and --region names other servers.",
        ),
    ],
)
def test_faults_of_other_servers_are_refused(flags, environment, sentence: str) -> None:
    """A fault that has no effect would be taken for one that the suite misses."""
    assert refusal(flags, environment).startswith(sentence)


_VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.floats() | st.lists(st.text())


@given(st.dictionaries(st.sampled_from(sorted(OPTIONS)), _VALUES))
def test_any_value_is_taken_or_refused_by_name(flags: dict[str, Any]) -> None:
    """Nothing but settings or a sentence comes of it, and settings are JSON."""
    try:
        settings = load(flags, {})
    except ConfigError as error:
        places = (*(OPTIONS[name].flag for name in flags), str(flags.get("config")))
        assert str(error).startswith(places)  # noqa: PT017
        assert str(error).endswith((".", "?"))  # noqa: PT017
    else:
        assert isinstance(settings, Settings)
        json.dumps(settings.shown())
