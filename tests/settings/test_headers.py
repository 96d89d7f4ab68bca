"""Header fields of the caller's: how they are read, and what of them may be shown."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.settings import Settings
from conformance.settings.errors import InvalidValue
from conformance.settings.headers import HeaderField, Headers
from conformance.settings.proxies import Proxies
from conformance.settings.transfer import decode, encode


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("X-Tenant:blue", "X-Tenant", "blue"),
        (" X-Tenant :  a: b ", "X-Tenant", "a: b"),
        ("x:$KEY", "x", "$KEY"),
    ],
)
def test_name_and_value_stand_on_either_side_of_the_first_colon(text, name, value) -> None:
    """Blanks around them are no part of them (RFC 9110 5.5)."""
    assert Headers().read(text) == HeaderField(name, value)


@pytest.mark.parametrize("text", ["", "oops", ":x", "a b:x", "X:", "X:é", "X:a\nb", "Host:x", 1])
def test_what_is_no_header_field(text: Any) -> None:
    """Nor one that the client writes by itself."""
    with pytest.raises(InvalidValue):
        Headers().read(text)


def test_a_value_without_a_name_is_not_repeated() -> None:
    """It may be a key that was pasted alone."""
    with pytest.raises(InvalidValue) as error:
        Headers().read("s3cret-s3cret-s3cret")
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (HeaderField("X-Tenant", "blue"), "blue"),
        (HeaderField("X-Gateway-Key", "blue"), "$X_GATEWAY_KEY"),
        (HeaderField("Cookie", "a=b"), "$COOKIE"),
        (HeaderField("X-Route", "eyJhbGciOiJIUzI1NiJ9.e30.abc123"), "$X_ROUTE"),
        (HeaderField("X-Gateway-Key", "Bearer $MINE"), "Bearer $MINE"),
        (
            HeaderField("X-Feature", "canary-deployment-of-the-week"),
            "canary-deployment-of-the-week",
        ),
    ],
)
def test_a_secret_value_is_shown_as_a_variable(field: HeaderField, shown: str) -> None:
    """By its name, or by its looks; a command that repeats the run reads it from there."""
    assert field.shown == shown
    assert Settings(header=(field,)).shown()["header"] == [f"{field.name}: {shown}"]


def test_processes_of_a_run_get_the_value_itself() -> None:
    """A worker of pytest-xdist sends what the process in control would."""
    settings = Settings(header=(HeaderField("X-Gateway-Key", "blue"),))
    assert decode(encode(settings)) == settings


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("http://proxy.test:3128", "http://proxy.test:3128"),
        ("proxy.test:3128/", "http://proxy.test:3128"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_a_proxy_is_an_address(text: str, url: str) -> None:
    """The scheme may be left out, as curl has it."""
    assert Proxies().read(text) == url


@pytest.mark.parametrize(
    "text", ["", "http://u:pw@p:1", "socks5://p:1", "https://p:1", "http://p:1/a", "http://", None]
)
def test_what_is_no_address_of_a_proxy(text: Any) -> None:
    """Credentials are read from the environment; a message repeats none."""
    with pytest.raises(InvalidValue) as error:
        Proxies().read(text)
    assert "pw" not in str(error.value)
