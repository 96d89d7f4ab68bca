"""HTTP clients beside http.client: exchanges a second and processor time, JSON parsed."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.clients import CLIENTS
from benchmarks.mocks import mock
from benchmarks.row import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.clients import Client
    from benchmarks.setting import Setting

EXCHANGES = 200
PAGES = {"a 4 kB page": 20, "a page of 100 rows": 100}
BASE = "http.client"


def measure(setting: Setting) -> Iterator[Row]:
    """HTTP clients that are installed: processor time of an exchange beside http.client's."""
    with mock() as served:
        url, key = served.first
        for page, limit in PAGES.items():
            clients = {name: found for name, make in CLIENTS.items() if (found := make(url, key))}
            target = f"/v1/batch-calls?limit={limit}"
            cpu: dict[str, list[float]] = {name: [] for name in clients}
            wall: dict[str, list[float]] = {name: [] for name in clients}
            for turn in range(setting.times + 1):
                for name, client in clients.items():
                    spent, took = _block(client, target)
                    if turn:
                        cpu[name].append(spent)
                        wall[name].append(took)
            for name, client in clients.items():
                client.close()
                yield _row(name, page, cpu, wall)


def _block(client: Client, target: str) -> tuple[float, float]:
    """Microseconds of processor time and of the clock, for one exchange."""
    spent, began = time.process_time(), time.perf_counter()
    client.get(target, EXCHANGES)
    return (
        (time.process_time() - spent) / EXCHANGES * 1e6,
        (time.perf_counter() - began) / EXCHANGES * 1e6,
    )


def _row(name: str, page: str, cpu: dict[str, list[float]], wall: dict[str, list[float]]) -> Row:
    rates = [1e6 / median(wall[one]) for one in (name, BASE)]
    return Row(
        f"http-{name}-{'20' if '4 kB' in page else '100'}",
        f"{name}, {page}: processor time of an exchange",
        BASE,
        values=tuple(one / other for one, other in zip(cpu[name], cpu[BASE], strict=True)),
        ours=tuple(cpu[name]),
        theirs=tuple(cpu[BASE]),
        side="us",
        note=f"{rates[0]:,.0f} exchanges a second against {rates[1]:,.0f}",
    )
