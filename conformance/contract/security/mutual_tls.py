"""Mutual TLS (OpenAPI 3.1, Security Scheme Object; RFC 8446 4.3.2): the certificate that a client
shows while the connection is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from conformance.contract.security.interface import Presentation, Security, Wrong

NO_CERTIFICATE = Presentation(certificate=False)


@dataclass(frozen=True, slots=True)
class MutualTls(Security):
    """A certificate of the connection; the request itself carries nothing."""

    scheme: str = field(default="", compare=False)

    kind: ClassVar[str] = "mutualTLS"

    @classmethod
    def from_scheme(cls, scheme: dict[str, Any]) -> MutualTls | None:
        """`type: mutualTLS`."""
        return cls() if scheme.get("type") == "mutualTLS" else None

    @property
    def schemes(self) -> tuple[str, ...]:
        """None: a certificate is no key."""
        return ()

    @property
    def needs_certificate(self) -> bool:
        """It does."""
        return True

    @property
    def challenge(self) -> str | None:
        """The refusal is the connection's; no scheme of HTTP is named."""
        return None

    @property
    def presentation(self) -> Presentation:
        """The client's certificate."""
        return Presentation()

    @property
    def unknown(self) -> Presentation:
        """No certificate: another one would have to be made, and signed by somebody."""
        return NO_CERTIFICATE

    @property
    def equivalents(self) -> dict[str, Presentation]:
        """None."""
        return {}

    @property
    def wrong_keys(self) -> tuple[Wrong, ...]:
        """A connection without a certificate."""
        return (Wrong("a connection without a client certificate", NO_CERTIFICATE, True),)

    @property
    def other_schemes(self) -> tuple[Wrong, ...]:
        """None: there is no key to present in another way."""
        return ()

    @property
    def malformed(self) -> tuple[Wrong, ...]:
        """What fields of HTTP say does not take the place of a certificate."""
        forged = (("X-Client-Cert", "-"), ("X-SSL-Client-Verify", "SUCCESS"))
        shown = Presentation(headers=forged, certificate=False)
        return (Wrong("fields that claim a verified client certificate", shown, True),)

    @property
    def ambiguous(self) -> tuple[Presentation, ...]:
        """None."""
        return ()

    @property
    def elsewhere(self) -> tuple[Wrong, ...]:
        """None."""
        return ()
