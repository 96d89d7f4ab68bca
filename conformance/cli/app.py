"""The command line: `conformance`, a group of commands."""

from __future__ import annotations

import click

from conformance import __version__
from conformance.cli.again import again
from conformance.cli.compare import compare
from conformance.cli.errors import CONTEXT
from conformance.cli.explain import explain
from conformance.cli.lint import lint
from conformance.cli.merge import merge
from conformance.cli.mock import mock
from conformance.cli.program import NAME, Program
from conformance.cli.prove import prove
from conformance.cli.report import report
from conformance.cli.requirements import requirements
from conformance.cli.run import run


@click.group(NAME, cls=Program, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="formant-conformance")
def main() -> None:
    """Check the servers of an API against its OpenAPI document and a catalogue of requirements.

    Exit codes: 0 conformant, 1 nonconformant, 2 usage error, 3 unverified.
    """


for command in (run, mock, requirements, explain, again, prove, report, merge, compare, lint):
    main.add_command(command)
