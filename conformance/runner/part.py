"""What one process of several is given of a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a run that one process of pytest-xdist takes.

    `urls` are those of the regions, which the process in control has started; `problems` says which
    regions it found lost, and why. `part` is where its exchanges are recorded; a process on another
    machine has no such file, and reports them with its checks.
    """

    urls: Mapping[str, str]
    worker: str
    count: int
    problems: Mapping[str, str] = field(default_factory=dict)
    part: Path | None = None
    run: str = ""
