"""Settings: what goes over what, and one sentence for whatever cannot be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.settings import TYPES, ConfigError, Settings, load

WAIVER = """[[waivers]]
requirement = "AUT-08"
reason = "no challenge yet"
owner = "voice"
expires = 2027-03-31
"""


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in TYPES:
        monkeypatch.delenv(f"CONFORMANCE_{name.upper()}", raising=False)


def _written(text: str) -> Path:
    path = Path("conformance.toml")
    path.write_text(text, "utf-8")
    return path


def test_flag_over_environment_over_file_over_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearer to the caller, the more it counts."""
    assert load({}).workers == 6
    _written("workers = 3\nprofile = 'deep'\n")
    assert load({}).workers == 3
    monkeypatch.setenv("CONFORMANCE_WORKERS", "4")
    assert load({}).workers == 4
    assert load({"workers": 5}).workers == 5
    assert load({"workers": None, "strict": False, "only": ()}).profile == "deep"


def test_the_default_seed_differs_from_run_to_run() -> None:
    """Two runs draw two seeds."""
    assert len({load({}).seed for _ in range(20)}) > 1


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("file", "[region]\nglobal = 'http://a/'\nindia = 'https://b'\n"),
        ("file", "region = ['global=http://a/', 'india=https://b']\n"),
        ("environment", "global=http://a/, india=https://b"),
        ("flag", ("global=http://a/", "india=https://b")),
    ],
)
def test_regions_are_given_in_each_form(source: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table, a list, a text with commas, repeated flags; a slash at the end is no part of a base."""
    if source == "environment":
        monkeypatch.setenv("CONFORMANCE_REGION", value)
    file = _written(value) if source == "file" else None
    found = load({"region": value} if source == "flag" else {}, file)
    assert found.region == {"global": "http://a", "india": "https://b"}


def test_an_environment_has_strings_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers, truth and lists are read from strings."""
    for name, value in {"RATE": "2.5", "STRICT": "true", "ONLY": "PAG-*, FIL-01", "OUT": "there"}.items():
        monkeypatch.setenv(f"CONFORMANCE_{name}", value)
    found = load({})
    assert (found.rate, found.strict, found.only, found.out) == (
        2.5,
        True,
        ("PAG-*", "FIL-01"),
        Path("there"),
    )


def test_waivers_live_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """An end is a date; nothing of the environment is taken for one."""
    monkeypatch.setenv("CONFORMANCE_WAIVERS", "[]")
    found = load({}, _written(WAIVER)).shown()["waivers"]
    assert [(one["requirement"], one["expires"], one["region"]) for one in found] == [
        ("AUT-08", "2027-03-31", None)
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("workers = 0", "conformance.toml: workers: expected `int` >= 1, it is 0."),
        ("workers = 65", "conformance.toml: workers: expected `int` <= 64, it is 65."),
        ("workers = 'six'", "conformance.toml: workers: expected `int`, it is 'six'."),
        ("seed = -1", "conformance.toml: seed: expected `int` >= 0, it is -1."),
        ("rate = 0", "conformance.toml: rate: expected `float` > 0.0, it is 0."),
        ("timeout = nan", "conformance.toml: timeout: expected `float` > 0.0, it is nan."),
        ("timeout = inf", "conformance.toml: timeout: expected `float` <= 1000000.0, it is inf."),
        ("profile = 'fast'", "conformance.toml: profile: 'fast' is none of smoke, standard, deep."),
        ("region = 3", "conformance.toml: region: expected NAME=URL, got `int`."),
        (
            "region = ['a=ftp://b']",
            "conformance.toml: region: 'a=ftp://b' is not NAME=URL with an http(s) URL.",
        ),
        ("region = 'a=http://b,a=http://c'", "conformance.toml: region: a region is named twice."),
        ("out = 3", "conformance.toml: out: expected a path, it is 3."),
        ("only = 3", "conformance.toml: only: expected `array`, it is 3."),
        ("wrokers = 3", "conformance.toml: wrokers: there is no such setting"),
        (WAIVER + "regoin = 'x'", "conformance.toml: waivers: [0]: object contains unknown field `regoin`."),
        (WAIVER.replace("2027-03-31", "'soon'"), "conformance.toml: waivers: [0].expires: invalid"),
        (
            WAIVER.replace('owner = "voice"\n', ""),
            "conformance.toml: waivers: [0]: object missing required field `owner`.",
        ),
        ("= 3", "conformance.toml: not valid TOML: "),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(text: str, said: str) -> None:
    """Where it stands, what is wrong, what would be right."""
    with pytest.raises(ConfigError) as error:
        load({}, _written(text))
    assert str(error.value).startswith(said)
    assert "\n" not in str(error.value)


def test_the_source_that_counts_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong flag is told as a flag, a wrong variable as a variable."""
    monkeypatch.setenv("CONFORMANCE_RATE", "")
    with pytest.raises(ConfigError, match=r"^CONFORMANCE_RATE: "):
        load({})
    with pytest.raises(ConfigError, match=r"^--latency-budget: "):
        load({"latency_budget": -1, "rate": 1})
    with pytest.raises(ConfigError, match="no such configuration file"):
        load({}, Path("nowhere.toml"))


@given(
    st.dictionaries(
        st.sampled_from(sorted(TYPES)),
        st.none() | st.booleans() | st.integers() | st.text() | st.floats() | st.lists(st.text()),
    )
)
def test_any_value_is_taken_or_refused_by_name(flags: dict[str, Any]) -> None:
    """Nothing but settings or a sentence comes of it, and settings are JSON."""
    try:
        found = load(flags)
    except ConfigError as error:
        assert any(f"--{name.replace('_', '-')}: " in str(error) for name in flags)  # noqa: PT017
        assert str(error).endswith(".")  # noqa: PT017
    else:
        assert isinstance(found, Settings)
        json.dumps(found.shown())
