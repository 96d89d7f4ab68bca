"""The command line: `conformance`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from conformance import __version__
from conformance.cli.compare import compare
from conformance.cli.failing import CONTEXT, fail
from conformance.cli.lint import lint
from conformance.cli.merge import merge
from conformance.cli.prove import prove
from conformance.cli.report import report


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="formant-conformance")
def main() -> None:
    """Contract tests and conformance suite of the FormantAI Voice API.

    Exit codes: 0 conformant, 1 nonconformant, 2 usage error, 3 unverified.
    """


@main.command(context_settings=CONTEXT)
@click.option(
    "--target", type=click.Choice(["mock", "live"]), help="What to check.  [default: the bundled mock]"
)
@click.option("--region", multiple=True, metavar="NAME=URL", help="A region's base URL; repeatable.")
@click.option("--spec", metavar="FILE", help="Another OpenAPI document.")
@click.option("--overlay", metavar="FILE", help="Another overlay.")
@click.option(
    "--profile",
    type=click.Choice(["smoke", "standard", "deep"]),
    help="How much to ask.  [default: standard]",
)
@click.option(
    "--walk",
    type=click.Choice(["sample", "all"]),
    help="Whether long lists are walked whole, or at head and tail.  [default: sample]",
)
@click.option("--only", multiple=True, metavar="ID", help="Only these requirements; globs, repeatable.")
@click.option("--skip", multiple=True, metavar="ID", help="Without these requirements; globs, repeatable.")
@click.option("--out", metavar="DIR", help="Where reports go.  [default: reports]")
@click.option(
    "--config", metavar="FILE", help="Configuration file.  [default: conformance.toml, if there is one]"
)
@click.option("--seed", type=int, help="Seed of everything that is generated.  [default: random, reported]")
@click.option(
    "--workers",
    type=int,
    help="Requests in flight for each region; with -- -n 2, of each process.  [default: 6]",
)
@click.option("--rate", type=float, help="Most requests a second for each region.")
@click.option("--timeout", type=float, help="Seconds to wait for an answer.  [default: 10]")
@click.option("--strict", is_flag=True, help="A broken SHOULD gates too.")
@click.option(
    "--allow-unsafe-methods",
    is_flag=True,
    help="Probe methods that could change state on hosts that are not loopback.",
)
@click.option("--baseline", metavar="REPORT.json", help="An earlier report to compare with.")
@click.option(
    "--gate",
    type=click.Choice(["verdict", "new"]),
    help="What decides the exit code; new: only what --baseline did not have.  [default: verdict]",
)
@click.option("--fault", multiple=True, metavar="NAME", help="Let the bundled mock break a rule.")
@click.option("-q", "--quiet", is_flag=True, help="Print the verdict and failures only.")
@click.option("-v", "--verbose", is_flag=True, help="Print the exchanges behind the findings too.")
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def run(quiet: bool, verbose: bool, pytest_args: tuple[str, ...], config: str | None, **flags: Any) -> None:
    """Check every region; write reports; exit with the verdict. What follows -- goes to pytest."""
    import gc

    # What is loaded until the first request stays; to look through it again and again takes time.
    gc.disable()
    from conformance.cli.prepare import Unusable, prepare

    try:
        settings = prepare(flags, Path(config) if config else None).settings
    except Unusable as error:
        fail(str(error))
    told = ["--conformance-quiet"] * quiet + ["--conformance-verbose"] * verbose
    sys.exit(_pytest(settings, told, pytest_args, config))


def _pytest(settings: Any, told: list[str], extra: tuple[str, ...], config: str | None) -> int:
    import pytest

    here = Path(__file__).parent.parent
    # The caller's own pytest configuration and plugins must not reach a verdict.
    os.environ.setdefault("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    arguments = [
        "-p",
        "conformance.pytest_plugin.plugin",
        "-c",
        str(here / "checks" / "pytest.ini"),
        "--rootdir",
        str(here),
        # The checks hardly assert: rewriting them takes longer than most of them.
        "--assert=plain",
        # They do something before and after each of thousands of checks, and a verdict needs nothing of it.
        "--capture=sys",
        "-pno:unraisableexception",
        "-pno:threadexception",
        "-pno:faulthandler",
    ]
    arguments += [] if any(one.startswith("--log") for one in extra) else ["-pno:logging"]
    arguments += ["-p", "no:cacheprovider"] if not any(one in ("--lf", "--ff") for one in extra) else []
    arguments += (
        ["-p", "xdist.plugin"]
        if any(one.startswith(("-n", "--numprocesses", "--tx", "-d", "--dist")) for one in extra)
        else []
    )
    arguments += ["--tb=short", "-q", "--no-header"] if extra else ["-p", "no:terminal"]
    arguments += _as_flags(settings) + (["--config", config] if config else [])
    code = int(pytest.main([*arguments, *told, str(here / "checks"), *extra]))
    return {4: 2, 5: 3}.get(code, code)


def _as_flags(settings: Any) -> list[str]:
    given: list[str] = []
    for name, value in settings.shown().items():
        # What has no flag comes from the file again.
        if name in ("waivers", "latency_budget", "shared_keys", "shared_data", "strict"):
            continue
        flag = f"--{name.replace('_', '-')}"
        if name == "region":
            given += [f"{flag}={key}={url}" for key, url in value.items()]
        elif isinstance(value, tuple):
            given += [f"{flag}={one}" for one in value]
        elif value is True:
            given.append(flag)
        elif value not in (None, False):
            given.append(f"{flag}={value}")
    if settings.strict:
        os.environ["CONFORMANCE_STRICT"] = "1"
    return given


@main.command(context_settings=CONTEXT)
@click.option("--global-port", type=click.IntRange(0, 65535), default=0, help="0: any free one.")
@click.option("--india-port", type=click.IntRange(0, 65535), default=0, help="0: any free one.")
@click.option("--fault", multiple=True, metavar="NAME[@REGION]", help="Break a rule, or differ; repeatable.")
@click.option("--latency", type=click.IntRange(0), default=0, metavar="MS", help="Added to every answer.")
@click.option("--rows", type=click.IntRange(0), metavar="N", help="Rows of each region.")
@click.option("--seed", type=int, default=0, help="Other rows of the same kind.")
def mock(
    global_port: int, india_port: int, fault: tuple[str, ...], latency: int, rows: int | None, seed: int
) -> None:
    """Serve both regions on loopback until Ctrl-C."""
    from conformance.mock import MockOptions, keys
    from conformance.mock.registry import UnknownFault, resolve
    from conformance.mock.server import MockServer, PortInUse

    options = MockOptions(global_port, india_port, fault, latency, rows, seed)

    def ready(urls: dict[str, str]) -> None:
        for name, key in keys(options).items():
            click.echo(f"export FORMANT_API_KEY_{name.upper()}='{key}'")
        click.echo("conformance run " + " ".join(f"--region {name}={url}" for name, url in urls.items()))

    try:
        resolve(fault)
        MockServer(options).run(ready)
    except (UnknownFault, PortInUse) as error:
        fail(str(error))


@main.command(context_settings=CONTEXT)
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table")
def requirements(form: str) -> None:
    """List the catalogue of requirements."""
    from conformance.contract import load_requirements

    found = list(load_requirements().values())
    if form == "json":
        from msgspec import to_builtins

        click.echo(json.dumps(to_builtins(found), indent=1, ensure_ascii=False))
    elif form == "markdown":
        click.echo("| id | level | statement | source |\n|---|---|---|---|")
        for one in found:
            click.echo(f"| {one.id} | {one.level} | {one.statement} | {one.source} |")
    else:
        for one in found:
            click.echo(f"{one.id}  {one.level:6}  {one.statement}")


@main.command(context_settings=CONTEXT)
@click.argument("id")
def explain(id: str) -> None:
    """Say what a requirement demands, on whose word, and what a pass needs."""
    from conformance.contract import load_requirements

    catalogue = load_requirements()
    one = catalogue.get(id.upper())
    if one is None:
        fail(f"no requirement {id}; `conformance requirements` lists them.")
    needs = ", ".join(f"{count} {kind}" for kind, count in one.evidence.items())
    click.echo(
        f"{one.id}  {one.level}  {one.area}\n{one.statement}\nsource    {one.source}\n"
        f"needs     {needs} (for each operation and region)"
    )


for command in (prove, report, merge, compare, lint):
    main.add_command(command)
