"""A console as wide as the terminal, or as COLUMNS says where that is a width."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console


def make_console(*, stderr: bool = False, **more: Any) -> Console:
    """A console of rich, which takes COLUMNS=0 for a width and then prints nothing at all."""
    from rich.console import Console

    width, height = None, None
    if not (_is_size("COLUMNS") and _is_size("LINES")):
        width, height = shutil.get_terminal_size()  # reads both variables too, and doubts them
    return Console(stderr=stderr, highlight=False, width=width, height=height, **more)


def _is_size(variable: str) -> bool:
    """Whether rich can use the variable: it is not set, or a positive number."""
    text = os.environ.get(variable, "1")
    return text.isascii() and text.isdecimal() and int(text[:9]) > 0
