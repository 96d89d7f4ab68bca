"""What stands in front of servers in the field: quotas, firewalls, outages, replicas, caches."""

from __future__ import annotations

from conformance.mock.fronts import addresses, edges, nodes, outages, quotas, replicas, wires
from conformance.mock.fronts.model import FRONTS

__all__ = ["FRONTS"]

MODULES = (addresses, edges, nodes, outages, quotas, replicas, wires)
