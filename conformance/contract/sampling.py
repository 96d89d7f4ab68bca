"""Values of a Hypothesis strategy, drawn before anything is sent, the same for the same seed."""

from __future__ import annotations

import os
import re
import signal
import threading
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
TRIED = 50  # texts for a pattern
PATIENCE = 3.0  # seconds for one; a tenth of it, once that was not enough
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


def load_tables() -> None:
    """Read Hypothesis' tables of characters, or make them."""
    from hypothesis import strategies as st

    keep_tables()
    st.text(alphabet=st.characters(codec="utf-8")).validate()


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


class _Late(BaseException):
    """Time is up; no Exception, for those Hypothesis takes for something that it found."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise _Late after so many seconds, even while Python searches for a pattern that backtracks: a
    signal is heard then, and by the first thread alone. In another one time has no end.
    """
    is_first = threading.current_thread() is threading.main_thread()
    if not (is_first and hasattr(signal, "setitimer")):
        yield
        return

    def end(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@lru_cache(maxsize=1_000)
def matching(pattern: str, shortest: int, longest: int) -> str | None:
    """A text of so many characters that a regular expression is found in, the same each time; None
    where none is found in time, or the expression is none to Python.
    """
    global PATIENCE
    with ALONE:
        from hypothesis import HealthCheck, Phase, find, settings
        from hypothesis import strategies as st
        from hypothesis.errors import HypothesisException

        keep_tables()
        once = settings(
            max_examples=TRIED,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        try:
            printed = st.characters(codec="ascii", exclude_categories=["C"])
            with _within(PATIENCE):
                return find(
                    st.from_regex(pattern, alphabet=printed),
                    # `$` matches before a line break too (Python, not ECMA-262).
                    lambda text: text.isprintable() and shortest <= len(text) <= longest,
                    settings=once,
                )
        except _Late:
            PATIENCE = min(PATIENCE, 0.3)
            return None
        except (re.error, HypothesisException, RecursionError, OverflowError):
            return None
