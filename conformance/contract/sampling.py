"""Values of a Hypothesis strategy, drawn before anything is sent, the same for the same seed."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
# Held while Hypothesis works, for it parses source code, and CPython may not in two threads at
# once; and while it is loaded, or what else imports pydantic's parts: where two threads load
# modules that import each other, Python hands out one that is half loaded ("partially initialized
# module") rather than wait for ever.
ALONE = threading.RLock()


@cache
def keep_tables() -> None:
    """Keep Hypothesis' tables with the user, not in each folder that a run starts in.

    To make the one of all characters anew takes a second or two, and 280 MB.
    """
    from hypothesis.configuration import set_hypothesis_home_dir

    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    with suppress(OSError, RuntimeError):
        folder = Path(caches, "formant-conformance", "hypothesis")
        folder.mkdir(parents=True, exist_ok=True)
        set_hypothesis_home_dir(folder)


def draw(strategy: SearchStrategy[T], count: int, start: int) -> list[T]:
    """Up to `count` values. Drawing is pure, so that both regions can be asked the same, all at
    once.

    None of a strategy that nothing satisfies: that of an invalid request where any would be valid.
    """
    with ALONE:
        from hypothesis import HealthCheck, Phase, given, seed, settings
        from hypothesis.errors import Unsatisfiable

        keep_tables()
        found: list[T] = []

        @seed(start)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=False,
        )
        @given(strategy)
        def collect(value: T) -> None:
            found.append(value)

        with suppress(Unsatisfiable):
            collect()
        return found
