"""Experiments: what is asked again before rows that came or went are called a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.laws.finding import Finding


def experiment(law: Callable[..., list[Finding]], *arguments: object) -> Callable[[bool], list[Finding]]:
    """A law bound to its arguments; what is left open is whether to ask the server again."""
    return lambda again: law(*arguments, again)
