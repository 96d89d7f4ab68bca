"""One way to send a request, and the record of what came back."""

from __future__ import annotations

from conformance.client.exchange import Exchange
from conformance.client.region import RegionClient, RegionLost
from conformance.client.request import Request
from conformance.client.response import Response

__all__ = ["Exchange", "RegionClient", "RegionLost", "Request", "Response"]
