"""Durations on the command line: `90`, `90s`, `15m`, `2h`."""

from __future__ import annotations

from typing import Any

import click

from conformance.settings import kinds
from conformance.settings.errors import InvalidValue


class Duration(click.ParamType[float]):
    """A number with a unit, in seconds; without a unit it is one of seconds."""

    name = "duration"

    def __init__(self, least: float = 0.0) -> None:
        self._kind = kinds.Duration(least)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As the help shows it."""
        return self._kind.metavar

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The seconds."""
        try:
            return self._kind.read(value)
        except InvalidValue as error:
            self.fail(str(error).removesuffix("."), param, ctx)
