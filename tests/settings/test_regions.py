"""Regions: names, URLs, and what of a URL is never repeated."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.settings.errors import InvalidValue
from conformance.settings.regions import Regions, base_url


def refusal(url: str) -> str:
    with pytest.raises(InvalidValue) as error:
        base_url("india", url)
    return str(error.value)


@pytest.mark.parametrize(
    "value",
    [
        {"global": "http://a/", "south-asia_1": "https://b"},
        ["global=http://a/", "south-asia_1=https://b"],
        ("global=http://a/", "south-asia_1=https://b"),
        "global=http://a/, south-asia_1=https://b",
    ],
    ids=["table", "list", "flags", "text"],
)
def test_regions_are_given_in_each_form(value: Any) -> None:
    """A table, a list, repeated flags, a text with commas; a slash at the end is no part
    of a base.
    """
    assert Regions().read(value) == {"global": "http://a", "south-asia_1": "https://b"}


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("HTTP://Host", "http://Host"),
        ("https://host:8443/v1/", "https://host:8443/v1"),
        ("http://127.0.0.1:08001", "http://127.0.0.1:8001"),
        ("http://[::1]:80", "http://[::1]:80"),
        ("http://[2001:db8::1]/a%20b", "http://[2001:db8::1]/a%20b"),
        ("http://my_service.local.", "http://my_service.local."),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
    ],
)
def test_a_base_url_is_scheme_host_port_and_path(url: str, base: str) -> None:
    """Addresses of both kinds, internal names, other scripts, a path of its own."""
    assert base_url("india", url) == base


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "expected a URL that starts with http:// or https://"),
        ("ftp://host", "expected a URL that starts with http:// or https://"),
        ("http:/host", "expected a URL that starts with http:// or https://"),
        ("http://", "names no host"),
        ("http:///path", "names no host"),
        ("http://:80", "names no host"),
        ("http://host:0", "the port '0' is no number from 1 to 65535"),
        ("http://host:65536", "the port '65536' is no number"),
        ("http://host:99999999999999999999", "the port"),
        ("http://host:", "the port '' is no number"),
        ("http://host:-1", "the port '-1' is no number"),
        ("http://host:8a", "the port '8a' is no number"),
        ("http://host:٣", "the port '٣' is no number"),
        ("http://host:80:80", "the port '80:80' is no number"),
        ("http://[::1", "needs a ]"),
        ("http://[::1]x", "needs a ]"),
        ("http://[]", "is no IPv6 address"),
        ("http://[::g]", "is no IPv6 address"),
        ("http://[127.0.0.1]", "is no IPv6 address"),
        ("http://::1", "names no host"),
        ("http://256.0.0.1", "is no IPv4 address"),
        ("http://1.2.3.4.5", "is no IPv4 address"),
        ("http://host]", "is no domain name"),
        ("http://a..b", "is no domain name"),
        ("http://.a", "is no domain name"),
        ("http://-a.b", "is no domain name"),
        (f"http://{'a' * 64}.b", "is no domain name"),
        (f"http://{'a.' * 127}b", "is no domain name"),
        ("http://ho st", "a space or a control character"),
        ("http://host/a b", "a space or a control character"),
        ("http://host\n", "a space or a control character"),
        ("http://host\x00", "a space or a control character"),
        ("http://host/\u202e", "a space or a control character"),
        ("http://host/%zz", "must be percent-encoded"),
        ("http://host/é", "must be percent-encoded"),
        ("http://host\\x", "is no domain name"),
        ("http://host?a=b", "a query (from ? on)"),
        ("http://host#a", "a fragment (from # on)"),
        ("http://host/%", "must be percent-encoded"),
        ("http://\ud800", "a space or a control character"),
        (f"http://{'ü' * 64}", "cannot be written as an ASCII domain name"),
    ],
)
def test_any_other_url_is_refused_with_its_reason(url: str, reason: str) -> None:
    """Ports, brackets, labels, spaces, control characters, queries and fragments."""
    assert reason in refusal(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://user:s3cret-word@host",
        "https://s3cret-word@host",
        "https://user:s3cret-word@host:99999/?x=y",
        "https://user:/s3cret-word@host",
        "https://host/s3cret-word@x",
        "https://host/?token=s3cret-word",
        "https://host#s3cret-word",
        "s3cret-word@host",
    ],
)
def test_no_credential_of_a_url_is_repeated(url: str) -> None:
    """User information, a query and a fragment are refused without a look at the rest."""
    assert "s3cret" not in refusal(url)
    with pytest.raises(InvalidValue) as error:
        Regions().read([url])
    assert "s3cret" not in str(error.value)


@pytest.mark.parametrize("name", ["", "a b", "a.b", "-a", "é", "a" * 41, "a/b", "a\n", 3])
def test_a_region_has_a_name_that_a_variable_can_carry(name: Any) -> None:
    """Letters, digits, - and _; the key's variable is named after it."""
    with pytest.raises(InvalidValue, match="a region cannot be named"):
        Regions().read({name: "http://host"})


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (3, "expected NAME=URL, as in india=https://api.example.com, not 3"),
        ("", "expected NAME=URL"),
        ("nonsense", "expected NAME=URL"),
        ("http://host", "expected NAME=URL"),
        ("https://host?a=b", "expected NAME=URL"),
        ([3], "expected NAME=URL"),
        ({"a": 3}, "region a: expected a URL, not 3"),
        ("a=http://b,a=http://c", "region a is named twice"),
    ],
)
def test_what_is_no_region_is_refused(value: Any, reason: str) -> None:
    """In words that show the form."""
    with pytest.raises(InvalidValue) as error:
        Regions().read(value)
    assert str(error.value).startswith(reason)


@given(st.text(max_size=30).map("http://".__add__) | st.text(max_size=30))
def test_a_url_is_taken_or_refused(url: str) -> None:
    """Whatever it holds; what is taken is ASCII and is taken again as it stands."""
    try:
        base = base_url("india", url)
    except InvalidValue as error:
        assert str(error).isprintable()  # noqa: PT017
    else:
        assert base.isascii()
        assert base_url("india", base) == base
