"""Usage errors: one clear sentence on stderr, exit 2, never a traceback."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def fail(message: str) -> NoReturn:
    """One sentence, exit 2."""
    click.echo(f"conformance: {message}", err=True)
    sys.exit(2)


@contextmanager
def usage_errors() -> Iterator[None]:
    """Say in one sentence what is wrong with a file that was named."""
    from conformance.events.errors import Unreadable

    try:
        yield
    except Unreadable as error:
        fail(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        fail(f"{error.filename or 'a file'}: cannot be opened: {error.strerror or error}.")
