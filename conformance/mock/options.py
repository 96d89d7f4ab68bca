"""What a mock is asked to be: ports, size, seed, latency and the entries of the registry
it wears.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MockOptions:
    """The options of one mock; port 0 means any free one."""

    global_port: int = 0
    india_port: int = 0
    faults: tuple[str, ...] = ()
    latency_ms: int = 0
    rows: int | None = None
    seed: int = 0
