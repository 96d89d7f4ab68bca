"""Keys from the environment, by the names that a contract states."""

from __future__ import annotations

import os

import pytest

from conformance.client.placeholders import filled
from conformance.contract import load_contract
from conformance.contract.conventions import Keys
from conformance.runner.keys import KeySource, must_show_certificates, with_keys
from conformance.settings import ConfigError
from tests.support.contracts import THINGS, loaded

OWN = KeySource(Keys(), ("bearer",))


SCHEMES = """\
openapi: 3.1.0
info: {title: Schemes, version: '1'}
paths:
  /a: {get: {operationId: a, security: [{token: []}], responses: {'200': {description: ok}}}}
  /b: {get: {operationId: b, security: [{app-id: [], app-key: []}], responses: {'200': {description: ok}}}}
  /c: {get: {operationId: c, security: [{token: []}, {app-key: []}], responses: {'200': {description: ok}}}}
  /d: {get: {operationId: d, security: [{cert: []}], responses: {'200': {description: ok}}}}
  /e: {get: {operationId: e, security: [{}, {token: []}], responses: {'200': {description: ok}}}}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    app-id: {type: apiKey, in: header, name: X-App-Id}
    app-key: {type: apiKey, in: query, name: app_key}
    cert: {type: mutualTLS}
"""


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in os.environ:
        if variable.startswith(("CONFORMANCE_KEY", "FORMANT_API_KEY")):
            monkeypatch.delenv(variable)


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
    contract = load_contract()
    source = KeySource.of(contract.keys, contract.operations)
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
    contract = loaded(tmp_path, THINGS)
    source = KeySource.of(contract.keys, contract.operations)
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
    source = KeySource(Keys(), ("basic",), pairs=frozenset({"basic"}))
    monkeypatch.setenv("CONFORMANCE_KEY", "only-a-user")
    with pytest.raises(ConfigError, match="CONFORMANCE_KEY has no colon"):
        source.from_environment(["eu"])
    monkeypatch.setenv("CONFORMANCE_KEY", "only-a-user:")
    assert source.from_environment(["eu"])["eu"].value == "only-a-user:"


def _keyed(tmp_path, *ids: str, certificate: bool = False):
    contract = with_keys(loaded(tmp_path, SCHEMES), ["eu"], certificate=certificate)
    operations = {one.id: one for one in contract.operations if not ids or one.id in ids}
    return operations, KeySource.of(contract.keys, operations.values())


def test_each_scheme_has_a_variable_of_its_own(tmp_path, monkeypatch) -> None:
    """By region, or for all of them; one scheme of several that needs no other beside it may use the
    common one.
    """
    monkeypatch.setenv("CONFORMANCE_KEY", "common-key-1")
    monkeypatch.setenv("CONFORMANCE_KEY_EU_APP_ID", "app-id-of-eu")
    monkeypatch.setenv("CONFORMANCE_KEY_APP_KEY", "app-key-of-all")
    operations, source = _keyed(tmp_path)
    secret = source.from_environment(["eu"])["eu"]
    assert {name: secret.of(name).variable for name in ("token", "app-id", "app-key")} == {
        "token": "CONFORMANCE_KEY",
        "app-id": "CONFORMANCE_KEY_EU_APP_ID",
        "app-key": "CONFORMANCE_KEY_APP_KEY",
    }
    shown = operations["b"].security.presentation
    assert shown.headers == (("X-App-Id", "{key:app-id}"),)
    assert shown.query == (("app_key", "{key:app-key}"),)
    assert filled("{key:app-id} {key:app-key|half}", secret) == "app-id-of-eu app-key"


def test_a_missing_key_of_a_scheme_names_its_variable(tmp_path, monkeypatch) -> None:
    """What two schemes need together is never one key for both."""
    monkeypatch.setenv("CONFORMANCE_KEY_EU", "common-key-1")
    _, source = _keyed(tmp_path, "b")
    with pytest.raises(
        ConfigError, match=r"^CONFORMANCE_KEY_EU_APP_ID is not set\. .* security scheme app-id: "
    ):
        source.from_environment(["eu"])


def test_the_alternative_that_there_is_a_key_for_is_presented(tmp_path, monkeypatch) -> None:
    """The first one where there is none of its own; every further one whose key is there is known."""
    operations, _ = _keyed(tmp_path, "c")
    assert operations["c"].security.scheme == "token"
    assert operations["c"].keyed == ()

    monkeypatch.setenv("CONFORMANCE_KEY_EU_APP_KEY", "app-key-of-eu")
    operations, source = _keyed(tmp_path, "c")
    assert operations["c"].security.scheme == "app-key"
    assert source.schemes == ("app-key",)

    monkeypatch.setenv("CONFORMANCE_KEY_EU_TOKEN", "token-of-eu")
    operations, source = _keyed(tmp_path, "c")
    assert operations["c"].security.scheme == "token"
    assert [other.scheme for other in operations["c"].keyed] == ["app-key"]
    assert source.schemes == ("token", "app-key")


def test_an_optional_key_is_not_asked_for(tmp_path) -> None:
    """An empty alternative means that nothing is needed."""
    operations, source = _keyed(tmp_path, "e")
    assert (operations["e"].security, operations["e"].presented) == (None, None)
    assert not source.needed


@pytest.mark.parametrize("variable", ["CONFORMANCE_KEY", "CONFORMANCE_KEY_EU_TOKEN"])
def test_an_optional_key_is_presented_where_there_is_one(tmp_path, monkeypatch, variable) -> None:
    """The region's own, that of all regions, or that of the scheme."""
    monkeypatch.setenv(variable, "token-of-eu")
    operations, source = _keyed(tmp_path, "e")
    assert operations["e"].security is None
    assert operations["e"].presented is not None
    assert source.schemes == ("token",)
    assert source.from_environment(["eu"])["eu"].value == "token-of-eu"


def test_mutual_tls_needs_a_certificate(tmp_path) -> None:
    """No key, but an option, which the message names."""
    operations, source = _keyed(tmp_path, "d", certificate=True)
    assert not source.needed
    must_show_certificates(operations.values())

    operations, source = _keyed(tmp_path, "d")
    assert not source.needed
    assert "--client-cert" in operations["d"].obstacle
    with pytest.raises(ConfigError, match=r"--client-cert is not set\. d needs mutual TLS"):
        must_show_certificates(operations.values())


@pytest.mark.parametrize(
    ("key", "scheme"), [("sk_test_4eC39", "token"), ("user:password", "basic")]
)
def test_of_alternatives_the_one_that_the_key_fits_is_presented(
    tmp_path, monkeypatch, key, scheme
) -> None:
    """The key of Basic is a pair; any other may stand for the schemes beside it."""
    text = SCHEMES.replace("[{token: []}, {app-key: []}]", "[{basic: []}, {token: []}]")
    text += "    basic: {type: http, scheme: basic}\n"
    monkeypatch.setenv("CONFORMANCE_KEY", key)
    contract = with_keys(loaded(tmp_path, text), ["eu"], certificate=False)
    chosen = next(one.security for one in contract.operations if one.id == "c")
    assert chosen is not None
    assert chosen.scheme == scheme
