"""Usage errors: one sentence on stderr that starts with `conformance:`, exit 2, never a
traceback.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from conformance.contract import Contract

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
USAGE_ERROR = 2
UNVERIFIED = 3


def refuse(sentence: str) -> NoReturn:
    """Say what cannot be used, and end."""
    report(sentence)
    sys.exit(USAGE_ERROR)


def report(sentence: str) -> None:
    """One line on stderr, whatever a file name or a value in it holds."""
    shown = sentence.encode("utf-8", "backslashreplace").decode("utf-8")
    line = "".join(letter if letter.isprintable() else " " for letter in shown)
    click.echo(f"conformance: {line}", err=True)


@contextmanager
def unusable_files_refused() -> Iterator[None]:
    """Say in one sentence what is wrong with a file that was named."""
    from conformance.events.errors import Unreadable

    try:
        yield
    except Unreadable as error:
        refuse(str(error))
    except OSError as error:
        refuse(f"{error.filename or 'a file'}: cannot be opened: {error.strerror or error}.")


def loaded_contract(specs: Sequence[Path], overlays: Sequence[Path] = ()) -> Contract:
    """The contract of documents and overlays; what cannot be read is a usage error."""
    from conformance.contract import ContractError, load_contract

    try:
        return load_contract(specs, overlays)
    except ContractError as error:
        refuse(str(error))


def sentence_of(error: click.ClickException) -> str:
    """A usage error of click in the words of this program."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "conformance"
    message = error.format_message()
    # The text of a parameter that is missing names it; that of a bad value does not.
    named = isinstance(error, click.MissingParameter)
    if not named and isinstance(error, click.BadParameter) and error.param is not None:
        message = f"{error.param.opts[-1]}: {error.message}"
    ending = "" if message.endswith((".", "?")) else "."
    return f"{message[:1].lower()}{message[1:]}{ending} `{command} --help` shows what can be used."
