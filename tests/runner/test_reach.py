"""How servers are reached: proxies, certificates and fields, from settings and environment."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.runner.reach import Reaching, is_exempt
from conformance.settings import ConfigError, Settings
from conformance.settings.headers import HeaderField

URL = "https://api.test"
LIVE = Settings(region={"one": URL})


def reach(url: str = URL, *, own: bool = False, settings: Any = None, **environment: str) -> Any:
    return Reaching(settings or Settings(), "r1", environment).of(url, own=own)


def test_a_variable_names_the_proxy_of_a_scheme() -> None:
    """In either case, with its credentials kept apart from its address."""
    found = reach(https_proxy="http://joe:p%40ss@proxy.test:3128")
    assert (found.proxy.host, found.proxy.port, found.proxy.user) == (
        "proxy.test",
        3128,
        "joe:p@ss",
    )
    assert "ss" not in str(found.proxy) + repr(found.proxy)
    assert reach("http://api.test", HTTPS_PROXY="proxy.test:3128").proxy is None
    assert reach("http://api.test", HTTP_PROXY="proxy.test:3128").proxy.port == 3128


def test_the_flag_outweighs_the_variable_which_still_holds_the_credentials() -> None:
    """So that they stand in no command line."""
    settings = Settings(proxy="http://other.test:1")
    found = reach(settings=settings, HTTPS_PROXY="http://joe:pass@proxy.test:3128")
    assert (found.proxy.host, found.proxy.user) == ("other.test", "joe:pass")
    assert found.options == ("--proxy", "http://other.test:1")


@pytest.mark.parametrize(
    ("variable", "address", "words"),
    [
        ("ALL_PROXY", "socks5h://proxy.test:1080", "ALL_PROXY: SOCKS proxies are not supported"),
        ("HTTPS_PROXY", "https://proxy.test:443", "HTTPS_PROXY: a proxy is spoken to over http://"),
    ],
)
def test_a_proxy_that_speaks_something_else_is_refused_with_what_to_do(
    variable: str, address: str, words: str
) -> None:
    """By the name of the variable that has it."""
    with pytest.raises(ConfigError, match=f"{words}.*[Nn]ame"):
        Reaching(Settings(), "r1", {variable: address})


def test_servers_of_this_machine_are_asked_directly_unless_the_flag_says_otherwise() -> None:
    """A machine with a proxy in its environment can still check the bundled mock."""
    assert reach("http://127.0.0.1:1", HTTP_PROXY="http://proxy.test").proxy is None
    settings = Settings(proxy="http://proxy.test:3128")
    assert reach("http://127.0.0.1:1", settings=settings).proxy is not None
    assert reach("http://127.0.0.1:1", settings=settings, own=True).proxy is None


@pytest.mark.parametrize(
    ("exempt", "is_so"),
    [
        ("*", True),
        ("api.test", True),
        ("test", True),
        (".test", True),
        ("*.test", True),
        ("API.TEST:443", True),
        ("api.test:80", False),
        ("pi.test", False),
        ("other, api.test", True),
        ("", False),
    ],
)
def test_no_proxy_names_hosts_and_domains(exempt: str, is_so: bool) -> None:
    """With a port or without; a part of a label is no domain."""
    assert is_exempt("api.test", 443, exempt) is is_so


def test_no_proxy_names_networks() -> None:
    """Of both families."""
    assert is_exempt("10.1.2.3", 80, "10.0.0.0/8")
    assert is_exempt("fe80::1", 80, "fe80::/10")
    assert not is_exempt("11.1.2.3", 80, "10.0.0.0/8")


def test_a_field_is_filled_in_from_the_environment_and_shown_without() -> None:
    """What it is filled in with is a secret of the run."""
    settings = Settings(header=(HeaderField("X-Key", "Bearer $MINE"),))
    reaching = Reaching(settings, "r1", {"MINE": "0123456789"})
    (field,) = reaching.of(URL, own=False).fields
    assert (field.value, field.shown) == ("Bearer 0123456789", "Bearer $MINE")
    assert [(one.variable, one.value) for one in reaching.secrets] == [("MINE", "0123456789")]
    with pytest.raises(ConfigError, match="MINE is not set"):
        Reaching(settings, "r1", {})


def test_the_credentials_of_a_proxy_are_secrets_of_the_run() -> None:
    """As they are given, and as they are sent."""
    reaching = Reaching(Settings(), "r1", {"HTTP_PROXY": "http://joe:swordfish@p.test"})
    assert {"swordfish", "am9lOnN3b3JkZmlzaA=="} <= {one.value for one in reaching.secrets}


def test_a_run_names_itself_unless_it_must_not() -> None:
    """By its id, which reports have too."""
    assert reach().run == "r1"
    assert reach(settings=Settings(identify=False)).run is None


def test_certificates_that_cannot_be_used_are_one_sentence(tmp_path) -> None:
    """Which names the flag or the variable."""
    missing, empty = tmp_path / "no.pem", tmp_path / "empty.pem"
    empty.write_text("")
    for settings, environment, words in (
        (Settings(ca_bundle=missing), {}, "--ca-bundle: .*no such file"),
        (Settings(ca_bundle=empty), {}, "--ca-bundle: .*no certificates in PEM"),
        (LIVE, {"SSL_CERT_FILE": str(missing)}, "SSL_CERT_FILE: .*no such file"),
        (LIVE, {"SSLKEYLOGFILE": str(missing / "log")}, "SSLKEYLOGFILE: .*cannot be written"),
        (LIVE, {"REQUESTS_CA_BUNDLE": str(missing)}, "REQUESTS_CA_BUNDLE: "),
        (Settings(client_cert=missing), {}, "--client-cert: .*no such file"),
        (Settings(client_key=missing), {}, "--client-key: the certificate is missing"),
        (Settings(), {"HTTP_PROXY": "socks5://x:1"}, "HTTP_PROXY: SOCKS proxies are not"),
    ):
        with pytest.raises(ConfigError, match=words):
            Reaching(settings, "r1", environment)
