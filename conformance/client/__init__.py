"""One way to send a request, and the record of what came back."""

from __future__ import annotations

from conformance.client.exchange import Exchange, Request, Response
from conformance.client.region import RegionClient, RegionLost

__all__ = ["Exchange", "RegionClient", "RegionLost", "Request", "Response"]
