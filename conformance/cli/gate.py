"""`conformance gate`: may this candidate be deployed, in one line."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conformance.cli.durations import Duration
from conformance.cli.errors import CONTEXT, refuse, report, unusable_files_refused
from conformance.cli.run_options import table_options

if TYPE_CHECKING:
    from conformance.gate.decision import Decision
    from conformance.gate.passage import Stage
    from conformance.gate.policy import Policy
    from conformance.settings import Settings
    from conformance.verdict.reference import Reference

SHARED = (
    *("spec", "overlay", "config", "only", "skip", "only_operation", "tag", "path", "seed"),
    *("allow_unsafe_methods", "workers", "rate", "timeout", "max_requests", "strict"),
    *("require_exercised", "latency_budget", "shared_keys", "shared_data", "history", "out"),
)


@click.command(context_settings=CONTEXT)
@click.option(
    "--candidate",
    "candidates",
    metavar="NAME=URL",
    multiple=True,
    required=True,
    help="A server that is to be deployed, by its base URL; its key is that of a region NAME; repeatable.",
)
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A report.json, a history (.sqlite) or a baseline (.toml): what failed there already does not hold.",
)
@click.option(
    "--policy",
    "policy_file",
    metavar="FILE.toml",
    type=click.Path(path_type=Path),
    help="Which failures hold and which are only reported; waivers with owner and expiry.",
)
@click.option(
    "--environment", metavar="NAME", default="", help="The environment that rules of --policy name."
)
@click.option(
    "--wait-for",
    type=Duration(),
    default="60s",
    show_default=True,
    help="How long to wait until every candidate answers.",
)
@click.option(
    "--budget",
    type=Duration(1),
    default="10m",
    show_default=True,
    help="How long all runs together may take, repetitions included.",
)
@click.option(
    "--retries",
    type=click.IntRange(0, 20),
    default=2,
    show_default=True,
    help="How often a run that cannot tell is repeated, within --budget.",
)
@click.option(
    "--max-failures",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Stop asking after so many certain failures that hold the candidate.",
)
@click.option("-v", "--verbose", is_flag=True, help="Say on stderr what each run came to.")
@table_options(SHARED)
def gate(
    candidates: tuple[str, ...],
    against: Path | None,
    policy_file: Path | None,
    environment: str,
    wait_for: float,
    budget: float,
    retries: int,
    max_failures: int,
    verbose: bool,
    **flags: Any,
) -> None:
    """Decide whether a candidate may be deployed: wait for it, run smoke, then standard.

    The answer is one line: `let through: ...` (exit 0), `hold: ...` (exit 1) or
    `cannot tell: ...` (exit 3). Reports of each run and gate.json go to --out.
    """
    from conformance.gate.passage import Limits, Passage
    from conformance.gate.policy import Policy, read_policy
    from conformance.gate.running import Suite, problems_of
    from conformance.settings import ConfigError

    began = time.monotonic()
    try:
        if environment and not policy_file:
            refuse("--environment names rules and waivers of --policy, which is not given.")
        policy = read_policy(policy_file, environment) if policy_file else Policy()
        settings = _settings(candidates, {**flags, "wait_for": wait_for}, policy)
        reference = _reference(against)
        problems = problems_of(settings)
    except ConfigError as error:
        refuse(str(error))

    if len(problems) == len(settings.region):
        _answer_unreachable(settings, problems, time.monotonic() - began)

    passage = Passage(
        Suite(settings, policy, reference, max_failures),
        policy,
        reference,
        # A region that was waited for in vain is not waited for again.
        Limits(budget, 0 if problems else retries),
        clock=time.monotonic,
        pause=time.sleep,
    )
    decision = passage.decide()
    if verbose:
        for stage in passage.stages:
            report(f"{stage.name}: {stage.decision.answer}: {stage.decision.sentence}")
    _say(settings, decision, passage.stages, time.monotonic() - began)


def _settings(candidates: tuple[str, ...], flags: dict[str, Any], policy: Policy) -> Settings:
    """The settings of the runs; what a file says of other servers does not count."""
    from dataclasses import replace

    from conformance.gate.policy import must_name_requirements
    from conformance.runner.preparation import prepared_session
    from conformance.settings import OPTIONS, ConfigError, load
    from conformance.settings.errors import InvalidValue

    try:
        region = OPTIONS["region"].kind.read(candidates)
    except InvalidValue as error:
        raise ConfigError(f"--candidate: {error}") from None
    given = load({**flags, "region": candidates})
    settings = replace(
        given,
        region=region,
        baseline=None,
        gate="verdict",
        waivers=(*given.waivers, *policy.waivers),
    )
    session = prepared_session(settings)
    must_name_requirements(policy, session.contract.requirements)
    return settings


def _reference(path: Path | None) -> Reference:
    from conformance.gate.references import read_reference
    from conformance.verdict.reference import Reference

    if path is None:
        return Reference()
    with unusable_files_refused():
        return read_reference(path)


def _answer_unreachable(settings: Settings, problems: dict[str, str], waited: float) -> None:
    """End where no candidate answers: there is nothing to run."""
    from conformance.gate.decision import Decision

    _say(settings, Decision("unverified", "; ".join(problems.values())), [], waited)


def _say(settings: Settings, decision: Decision, stages: list[Stage], seconds: float) -> None:
    """The notices about waivers, gate.json, the one line, and the exit."""
    from conformance.gate.running import write_answer

    for notice in decision.notices:
        report(notice)
    requests = sum(sum(stage.report.requests.values()) for stage in stages)
    document: dict[str, object] = {
        "answer": decision.answer,
        "exit_code": decision.exit_code,
        "sentence": decision.sentence,
        "seconds": round(seconds, 1),
        "requests": requests,
        "candidates": settings.region,
        "notices": list(decision.notices),
        "runs": [
            {
                "name": stage.name,
                "report": f"{stage.name}/report.json",
                "answer": stage.decision.answer,
                "sentence": stage.decision.sentence,
            }
            for stage in stages
        ],
    }
    with unusable_files_refused():
        write_answer(settings.out / "gate.json", document)
    reports = settings.out / stages[-1].name if stages else settings.out
    cost = f"{requests:,} requests in {seconds:.1f} s; reports in {reports}"
    click.echo(f"{decision.answer}: {decision.sentence} · {cost}")
    sys.exit(decision.exit_code)
