"""Keys from the environment, by the names that a contract states."""

from __future__ import annotations

import pytest

from conformance.contract import load_contract
from conformance.contract.conventions import Keys
from conformance.runner.keys import KeySource
from conformance.settings import ConfigError
from tests.support.contracts import THINGS, loaded

OWN = KeySource(Keys(), needed=True)
VARIABLES = ("CONFORMANCE_KEY", "CONFORMANCE_KEY_EU", "FORMANT_API_KEY", "FORMANT_API_KEY_EU")


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def test_a_region_s_own_key_comes_before_the_shared_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret says which variable held it."""
    monkeypatch.setenv("CONFORMANCE_KEY", "shared-key")
    monkeypatch.setenv("CONFORMANCE_KEY_EU", "key-of-eu")
    secrets = OWN.from_environment(["eu", "us-east"])
    assert (secrets["eu"].variable, secrets["eu"].value) == ("CONFORMANCE_KEY_EU", "key-of-eu")
    assert (secrets["us-east"].variable, secrets["us-east"].value) == (
        "CONFORMANCE_KEY",
        "shared-key",
    )


def test_the_names_are_the_overlay_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bundled contract has its documentation's; the names are said where no key is set."""
    source = KeySource.of(load_contract())
    with pytest.raises(
        ConfigError, match=r"FORMANT_API_KEY_EU is not set.*or FORMANT_API_KEY for all"
    ):
        source.from_environment(["eu"])
    monkeypatch.setenv("FORMANT_API_KEY_EU", "key-of-eu")
    assert source.from_environment(["eu"])["eu"].value == "key-of-eu"
    assert source.named({"eu": "x"})["eu"].variable == "FORMANT_API_KEY_EU"


def test_the_former_names_are_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the overlay; a missing key names those that are to be set now."""
    with pytest.raises(
        ConfigError, match=r"CONFORMANCE_KEY_EU is not set.*or CONFORMANCE_KEY for all"
    ):
        OWN.from_environment(["eu"])
    monkeypatch.setenv("FORMANT_API_KEY", "an-old-one")
    assert OWN.from_environment(["eu"])["eu"].variable == "FORMANT_API_KEY"


def test_an_api_without_security_needs_no_key(tmp_path) -> None:
    """It is asked for none, and none is sent."""
    source = KeySource.of(loaded(tmp_path, THINGS))
    assert source.from_environment(["eu"])["eu"].value == ""


@pytest.mark.parametrize("value", ["two words", "t\u00e4st", "tab\there"])
def test_a_key_that_no_header_can_carry_is_refused(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """By the name of its variable, never by its value."""
    monkeypatch.setenv("CONFORMANCE_KEY", value)
    with pytest.raises(ConfigError, match="CONFORMANCE_KEY holds a space or a character") as caught:
        OWN.from_environment(["eu"])
    assert value not in str(caught.value)


def test_basic_authentication_needs_a_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key without a colon is no user with a password; an empty password is said by the colon."""
    source = KeySource(Keys(), needed=True, pairs=True)
    monkeypatch.setenv("CONFORMANCE_KEY", "only-a-user")
    with pytest.raises(ConfigError, match="CONFORMANCE_KEY has no colon"):
        source.from_environment(["eu"])
    monkeypatch.setenv("CONFORMANCE_KEY", "only-a-user:")
    assert source.from_environment(["eu"])["eu"].value == "only-a-user:"
