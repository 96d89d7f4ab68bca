"""Draws from a seed: the same for each region, and for a run that is repeated."""

from __future__ import annotations

import random


def drawing(seed: int, *what: str) -> random.Random:
    """Draws of a run's seed; `what` names those of one check, apart from any other's."""
    words = " ".join((str(seed), *what))
    return random.Random(words)  # noqa: S311 - it chooses what to ask, and must be repeatable: no secret is made of it
