"""Time to a verdict on both regions: beside `schemathesis run`, and beside what the line itself
takes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.costs import conformance_run, cost, schemathesis_run
from benchmarks.mocks import mock
from benchmarks.row import Row, in_turn
from benchmarks.rows.first_request import seconds_to_first_request
from conformance.contract import load_contract
from conformance.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.mocks import Served
    from benchmarks.setting import Setting

COMMANDS = (
    "conformance run --region global=URL --region india=URL",
    "schemathesis run FILE --url URL --workers 2 -H 'Authorization: Bearer KEY', one region after the other",
)


def without_latency(setting: Setting) -> Iterator[Row]:
    """Time to a verdict, no latency."""
    with mock() as served:
        yield from _verdict(setting, served, "verdict", "no latency", 0.8)


def at_60_ms(setting: Setting) -> Iterator[Row]:
    """Time to a verdict at 60 ms with jitter, beside schemathesis and beside the limit."""
    with mock(fault="slow-line") as served:
        yield from _verdict(setting, served, "verdict-60", "60 ms with jitter", 0.25, latency=0.06)


def at_200_ms(setting: Setting) -> Iterator[Row]:
    """Time to a verdict at 200 ms, beside schemathesis and beside the limit."""
    with mock(latency_ms=200) as served:
        yield from _verdict(setting, served, "verdict-200", "200 ms", 0.25, latency=0.2)


def _verdict(
    setting: Setting, served: Served, key: str, line: str, target: float, latency: float = 0.0
) -> Iterator[Row]:
    document = setting.folder / "overlaid.json"
    document.write_text(json.dumps(load_contract().document), "utf-8")
    limits: list[float] = []
    slowed: list[bool] = []

    def ours() -> float:
        found = cost(conformance_run(served.urls, setting.out), setting.folder, served.keys)
        slowed.append(setting.slowed())
        if latency:
            limits.append(_limit(setting, latency))
        return found.seconds

    def theirs() -> float:
        return sum(
            cost(
                schemathesis_run(document, url, served.keys[name]), setting.folder, codes=(0, 1)
            ).seconds
            for name, url in served.urls.items()
        )

    sides = in_turn(ours, theirs, setting.times)
    yield Row(
        key,
        f"time to verdict, standard profile, both regions, {line}",
        "schemathesis run, the same regions",
        target,
        values=sides.ratios,
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        commands=COMMANDS,
        note=f"slowed down by itself in {sum(slowed[1:])} of {setting.times}",
    )
    if latency:
        yield _against_the_limit(key, line, sides.ours, limits[1:])


def _limit(setting: Setting, latency: float) -> float:
    """What the requests of the last run take when every slot is always busy, and the start."""
    sent = setting.requests()
    slots = len(sent) * Settings().workers
    return sum(sent.values()) * latency / slots + seconds_to_first_request(setting)


def _against_the_limit(key: str, line: str, ours: list[float], limits: list[float]) -> Row:
    return Row(
        f"{key}-limit",
        f"the same, {line}",
        "requests * latency / (regions * workers) + time to the first request",
        1.5,
        values=tuple(one / limit for one, limit in zip(ours, limits, strict=True)),
        ours=tuple(ours),
        theirs=tuple(limits),
    )
