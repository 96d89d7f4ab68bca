"""How long the commands that ask no server take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from benchmarks.costs import cost, program, python
from benchmarks.row import Row, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting


def measure(setting: Setting) -> Iterator[Row]:
    """Start: `conformance --help` and `conformance requirements`, beside `python -c pass`."""
    nothing = python("-c", "pass")
    for argument in ("--help", "requirements"):
        command = [program("conformance"), argument]
        sides = in_turn(
            partial(_seconds, command, setting),
            partial(_seconds, nothing, setting),
            4 * setting.times,
        )
        yield Row(
            f"start-{argument.strip('-')}",
            f"start: conformance {argument}, above",
            "python -c pass",
            0.25,
            unit="s",
            values=sides.differences,
            ours=tuple(sides.ours),
            theirs=tuple(sides.theirs),
            commands=(f"conformance {argument}", "python -c pass"),
        )


def _seconds(command: list[str], setting: Setting) -> float:
    return cost(command, setting.folder).seconds
