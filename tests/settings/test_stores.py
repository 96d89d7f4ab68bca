"""Where failing requests are kept, as a setting says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conformance.settings import Settings
from conformance.settings.errors import InvalidValue
from conformance.settings.stores import RedisStore, Stores
from conformance.settings.transfer import decode, encode

URL = "rediss://ci:s3cret-s3cret@cache.test:6380/2"


def test_a_directory_or_a_redis() -> None:
    """A URL is that of a Redis, anything else a path."""
    assert Stores().read("kept/here") == Path("kept/here")
    assert Stores().read("off") == Path("off")
    assert Stores().read(URL) == RedisStore(URL)
    assert Stores().read("redis://cache.test") != RedisStore(URL)


def test_the_credentials_are_shown_nowhere() -> None:
    """Neither in a text, nor in the effective configuration; processes of the run get them."""
    settings = Settings(examples=RedisStore(URL))
    shown = "rediss://cache.test:6380/2"
    assert settings.shown()["examples"] == str(settings.examples) == shown
    assert "s3cret" not in repr(settings)
    assert decode(encode(settings)).examples == RedisStore(URL)
    assert RedisStore("redis://:a%40b@cache.test").password == "a@b"


@pytest.mark.parametrize(
    "value",
    [
        "",
        1,
        "http://u:s3cret@cache.test",
        "redis://u:s3cret@",
        "redis://u:s3cret@cache.test:port",
        "redis://u:s3cret@cache.test/name",
        "redis://u:s3cret@cache.test/0?ssl_cert_reqs=none",
    ],
)
def test_what_is_no_store(value: Any) -> None:
    """A password is repeated in no message."""
    with pytest.raises(InvalidValue) as error:
        Stores().read(value)
    assert "s3cret" not in str(error.value)
