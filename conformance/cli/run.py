"""`conformance run`: check every region, write the reports, exit with the verdict."""

from __future__ import annotations

import sys
from typing import Any

import click

from conformance.cli.errors import CONTEXT, refuse
from conformance.cli.listing import listing
from conformance.cli.planning import planning
from conformance.cli.run_options import RunCommand, run_options

_HELP = """Check every region, write the reports, exit with the verdict.

A setting may also stand in the environment (CONFORMANCE_SEED) or in conformance.toml; a flag counts most.
--no-strict, and so on, turns a switch off that is on there. Arguments after -- go to pytest, as in
`conformance run -- -x -k PAG-03`. `-- -n 4` shares the checks among processes, `-- --tx SPEC --tx SPEC`
among hosts: popen or ssh=HOST//python=PATH, where the suite is installed and the keys are in the
environment.
"""


_WITHOUT_CHECKS = ("--setup-plan", "--setup-only")  # and reports each as passed


@click.command(
    cls=RunCommand,
    params=run_options(),
    context_settings=CONTEXT,
    options_metavar="[OPTIONS] [-- PYTEST-ARGUMENTS]",
    help=_HELP,
)
@click.pass_obj
def run(pytest_arguments: tuple[str, ...], /, *, listed: bool, planned: bool, **flags: Any) -> None:
    """Read the settings, make sure that they can be used, hand them to pytest."""
    import gc

    # What is loaded until the first request stays; to look through it again and again takes time.
    gc.disable()
    from conformance.runner.preparation import prepared_session
    from conformance.settings import ConfigError, load

    for argument in pytest_arguments:
        if argument in _WITHOUT_CHECKS:
            refuse(f"-- {argument}: pytest runs no check with it, so that nothing would be judged.")
    try:
        settings = load(flags)
        session = prepared_session(settings)
    except ConfigError as error:
        refuse(str(error))
    if listed:
        click.echo("\n".join(listing(session.plan)))
        return
    if planned:
        click.echo("\n".join(planning(session)))
        return

    from conformance.runner.pytest_run import run_pytest
    from conformance.runner.recorder import usable

    try:
        with usable(session.claim):
            session.claim.release()  # the run's own session takes it
    except ConfigError as error:
        refuse(str(error))
    del session  # of a large document, as much again as the run's own
    sys.exit(run_pytest(settings, pytest_arguments))
