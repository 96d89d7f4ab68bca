"""`conformance mock`: the bundled servers, for a person or another program to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from conformance.cli.completion import fault_names
from conformance.cli.errors import CONTEXT, refuse

if TYPE_CHECKING:
    from conformance.mock import MockOptions

_PORT = click.IntRange(0, 65535)


@click.command(context_settings=CONTEXT)
@click.option(
    "--global-port", type=_PORT, default=0, help="Port of global.  [default: any free one]"
)
@click.option("--india-port", type=_PORT, default=0, help="Port of india.  [default: any free one]")
@click.option(
    "--fault",
    multiple=True,
    shell_complete=fault_names,
    metavar="NAME[@REGION]",
    help="A fault or a benign variant, in one region or in both; repeatable.",
)
@click.option(
    "--latency", type=click.IntRange(0), default=0, metavar="MS", help="Added to every answer."
)
@click.option("--rows", type=click.IntRange(0), metavar="N", help="Rows of each region.")
@click.option("--seed", type=int, default=0, help="Other rows of the same kind.")
def mock(
    global_port: int,
    india_port: int,
    fault: tuple[str, ...],
    latency: int,
    rows: int | None,
    seed: int,
) -> None:
    """Serve both regions on loopback until Ctrl-C."""
    from conformance.mock import MockOptions
    from conformance.mock.registry import UnknownFault, resolve
    from conformance.mock.server import MockServer, PortInUse

    options = MockOptions(global_port, india_port, fault, latency, rows, seed)
    try:
        resolve(fault)
        MockServer(options).run(lambda urls: _announce(options, urls))
    except (UnknownFault, PortInUse) as error:
        refuse(str(error))


def _announce(options: MockOptions, urls: dict[str, str]) -> None:
    """Print the keys, and the command that checks the servers."""
    from conformance.mock import keys

    for name, key in keys(options).items():
        click.echo(f"export FORMANT_API_KEY_{name.upper()}='{key}'")
    regions = " ".join(f"--region {name}={url}" for name, url in urls.items())
    click.echo(f"conformance run {regions}")
