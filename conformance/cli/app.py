"""The command line: `conformance`, a group of commands."""

from __future__ import annotations

import click

from conformance.cli.again import again
from conformance.cli.baseline import baseline
from conformance.cli.compare import compare
from conformance.cli.errors import CONTEXT
from conformance.cli.explain import explain
from conformance.cli.gate import gate
from conformance.cli.history import history
from conformance.cli.init import init
from conformance.cli.lint import lint
from conformance.cli.merge import merge
from conformance.cli.mock import mock
from conformance.cli.program import NAME, Program
from conformance.cli.prove import prove
from conformance.cli.report import report
from conformance.cli.requirements import requirements
from conformance.cli.run import run
from conformance.cli.traits import traits
from conformance.cli.version import print_version
from conformance.cli.watch import watch


@click.group(NAME, cls=Program, context_settings=CONTEXT)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=print_version,
    help="Show the version of the suite, of Python and of what it rests on, and exit.",
)
def main() -> None:
    """Check the servers of an API against its OpenAPI document and a catalogue of requirements.

    Exit codes: 0 conformant, 1 nonconformant, 2 usage error, 3 unverified.
    """


for command in (
    run,
    gate,
    watch,
    mock,
    requirements,
    explain,
    again,
    prove,
    report,
    merge,
    compare,
    baseline,
    history,
    lint,
    init,
    traits,
):
    main.add_command(command)
