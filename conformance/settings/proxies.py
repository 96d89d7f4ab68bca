"""The address of an HTTP proxy, as a flag or a variable has it."""

from __future__ import annotations

from dataclasses import dataclass

from conformance.settings.errors import InvalidValue
from conformance.settings.kinds import mismatch
from conformance.settings.regions import base_url


def _unsupported(scheme: str) -> str:
    """Why a proxy of another scheme is refused, and what to do."""
    if scheme.startswith("socks"):
        return (
            "SOCKS proxies are not supported. Start a relay that speaks HTTP and leads to it (such as "
            "privoxy with forward-socks5), and name that one as http://HOST:PORT."
        )
    return (
        "a proxy is spoken to over http:// alone. Name its port for http://; what goes through it "
        "to an https:// region stays encrypted."
    )


@dataclass(frozen=True, slots=True)
class Proxies:
    """`http://HOST:PORT`; its credentials are read from the environment, as keys are."""

    expected: str = "http://HOST:PORT"
    metavar: str = "URL"

    def read(self, value: object) -> str:
        """The address, checked."""
        if not isinstance(value, str) or not value.strip():
            raise mismatch(self, value)
        text = value.strip() if "://" in value else f"http://{value.strip()}"
        if "@" in text:
            raise InvalidValue(
                "its URL holds user information (what stands before an @). Credentials of a proxy "
                "are read from the environment: set HTTPS_PROXY or HTTP_PROXY."
            )
        scheme = text.partition("://")[0].lower()
        if scheme != "http":
            raise InvalidValue(_unsupported(scheme))
        try:
            url = base_url("", text)
        except InvalidValue as error:
            raise InvalidValue(str(error).removeprefix("region : ")) from None
        if url.count("/") > 2:
            raise mismatch(self, value)
        return url
