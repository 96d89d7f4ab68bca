"""Waiting for regions that do not answer yet: a deployment that starts, a gateway that warms up."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from conformance.runner.preflight import RegionState

    States = Mapping[str, RegionState]

INTERVAL = 2.0  # seconds between two looks at regions that do not answer yet


def awaited(
    ask: Callable[[], States],
    seconds: float,
    pause: Callable[[float], bool],
    *,
    waiting: Callable[[States, float], None] = lambda states, left: None,
    clock: Callable[[], float] = time.monotonic,
) -> States:
    """What the regions answer once all answer well, none can be mended by waiting, or it is time.

    `pause` sleeps, and says whether the run was stopped meanwhile; `waiting` is told what is waited
    for, and the seconds that are left.
    """
    until = clock() + seconds
    while True:
        states = ask()
        problems = [state for state in states.values() if state.problem]
        left = until - clock()
        if not problems or all(state.final for state in problems) or left < INTERVAL:
            return states
        waiting(states, left)
        if pause(INTERVAL):
            return states
