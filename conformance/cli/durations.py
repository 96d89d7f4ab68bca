"""Durations on the command line: `90`, `90s`, `15m`, `2h`."""

from __future__ import annotations

import re
from typing import Any

import click

_FORM = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)(s|m|h|d)?", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


class Duration(click.ParamType[float]):
    """A number with a unit, in seconds; without a unit it is one of seconds."""

    name = "duration"

    def __init__(self, least: float = 0.0) -> None:
        self._least = least

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As the help shows it."""
        return "TIME"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds."""
        if isinstance(value, int | float):
            return float(value)
        match = _FORM.fullmatch(str(value).strip())
        if match is None:
            self.fail(f"expected a duration such as 90s, 15m or 2h, not {value!r}", param, ctx)
        seconds = float(match[1]) * _SECONDS[match[2] or "s"]
        if seconds < self._least:
            self.fail(f"expected {self._least:g} seconds at least, not {value!r}", param, ctx)
        return seconds
