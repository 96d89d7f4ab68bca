"""The measurements, by the name under which each can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.rows import (
    client,
    counts,
    first_request,
    gate,
    growth,
    http_clients,
    large,
    memory,
    redaction,
    start,
    verdict,
    walk,
    workers,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.row import Row
    from benchmarks.setting import Setting

MEASUREMENTS: dict[str, Callable[[Setting], Iterator[Row]]] = {
    "verdict": verdict.without_latency,
    "verdict-60": verdict.at_60_ms,
    "verdict-200": verdict.at_200_ms,
    "counts": counts.measure,
    "client": client.measure,
    "redaction": redaction.measure,
    "walk": walk.measure,
    "start": start.measure,
    "first": first_request.measure,
    "workers": workers.measure,
    "memory": memory.measure,
    "growth": growth.measure,
    "gate": gate.measure,
    "large": large.measure,
    "http": http_clients.measure,
}
