"""`conformance --version`: the suite, Python, and what it rests on."""

from __future__ import annotations

import platform
import re

import click

from conformance import __version__

NAME = "formant-conformance"


def print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the versions and exit; the first line is the suite's own."""
    if not value or context.resilient_parsing:
        return
    click.echo(f"{NAME}, version {__version__}")
    click.echo(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}")
    for name, version in dependencies():
        click.echo(f"{name} {version}")
    context.exit()


def dependencies() -> list[tuple[str, str]]:
    """The distributions that the suite requires, with the versions that are installed."""
    from importlib.metadata import PackageNotFoundError, requires, version

    try:
        required = requires(NAME) or []
    except PackageNotFoundError:
        return []  # a checkout that was never installed
    found = []
    for line in required:
        if "extra ==" in line:
            continue
        name = re.split(r"[ ;<>=!~\[(]", line, maxsplit=1)[0]
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, "is not installed"))
    return sorted(found)
