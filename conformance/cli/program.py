"""The program around its commands: how it is called, how it ends, what it says when it cannot."""

from __future__ import annotations

import sys
import traceback
import warnings
from typing import TYPE_CHECKING, Any

import click

from conformance.cli.errors import UNVERIFIED, USAGE_ERROR, report, sentence_of
from conformance.cli.streams import lossy_output, lost_output
from conformance.runner.machine import trouble_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "conformance"


class Program(click.Group):
    """A group of commands whose exit codes mean what the documentation says, whatever happens.

    click ends interrupted and crashed programs with 1, which here says that a server broke a MUST.
    """

    def main(self, args: Sequence[str] | None = None, *unused: Any, **more: Any) -> Any:
        """Run a command and exit; the program has one name, so that help reads the same however
        called.
        """
        warnings.simplefilter("ignore")  # no verdict depends on the caller's -W or PYTHONWARNINGS
        with lossy_output():
            sys.exit(self._exit_code(args, {**more, "prog_name": NAME, "standalone_mode": False}))

    def _exit_code(self, args: Sequence[str] | None, more: dict[str, Any]) -> int:
        try:
            result = super().main(args, **more)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            return USAGE_ERROR
        except click.ClickException as error:
            report(sentence_of(error))
            return USAGE_ERROR
        except click.Abort:
            report("interrupted before there was a verdict.")
            return UNVERIFIED
        except Exception as error:  # noqa: BLE001 - a defect of the suite is no verdict on a server
            trouble = trouble_of(error)
            if trouble:
                report(f"{trouble}. Nothing was verified.")
                return UNVERIFIED
            traceback.print_exc()
            report(
                f"the suite itself failed: {type(error).__name__}: {error}. Nothing was verified."
            )
            return UNVERIFIED
        if isinstance(result, int):
            return result
        # What a command without a verdict prints is all that it is for.
        lost = lost_output()
        if lost is not None:
            report(f"standard output cannot be written to: {lost.strerror}.")
            return UNVERIFIED
        return 0
