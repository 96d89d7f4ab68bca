"""What a run's settings select: which contract, plan and servers, and where failing requests are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.plan import (
    NoSuchOperation,
    NoSuchRequirement,
    OperationFilters,
    make_plan,
    select,
)
from conformance.runner.kept import OFF, default_folder
from conformance.runner.servers import BundledMock, GivenServers
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from conformance.contract import Contract
    from conformance.plan import Plan
    from conformance.runner.servers import Servers
    from conformance.settings import Settings
    from conformance.settings.stores import RedisStore


def judged_by(contract: Contract, settings: Settings) -> Contract:
    """The contract, kept by what stands before the API too where the settings say so."""
    if settings.edge != "strict" or contract.errors is None:
        return contract

    errors = replace(contract.errors, strict=True)
    operations = tuple(
        replace(operation, errors=replace(operation.errors, strict=True))
        if operation.errors
        else operation
        for operation in contract.operations
    )
    return replace(contract, errors=errors, operations=operations)


def must_leave_the_key_alone(settings: Settings, contract: Contract) -> None:
    """Refuse a field of the caller's that would stand where requests have a key, or have none."""
    for operation in contract.operations:
        if operation.presented is None:
            continue
        names = {name.lower() for name, _ in operation.presented.presentation.headers}
        for given in settings.header:
            if given.name.lower() in names:
                raise ConfigError(
                    f"--header {given.name}: {operation.id} has its key there. Keys are read from "
                    "the environment, and some requests are sent without one on purpose."
                )


def examples_store(settings: Settings) -> Path | RedisStore | None:
    """Where failing requests are kept; nowhere for the mock, whose faults come and go by flag."""
    if settings.examples == OFF or (not settings.region and settings.target == "mock"):
        return None
    return settings.examples or default_folder()


def plan_of(
    settings: Settings, contract: Contract, regions: Sequence[str], *, unsafe: bool
) -> Plan:
    """What the settings select of a contract; raises ConfigError where that is nothing."""
    try:
        selected = select(list(contract.requirements), settings.only, settings.skip)
    except NoSuchRequirement as error:
        raise ConfigError(str(error)) from None
    if not selected:
        raise ConfigError(
            f"{_selection(settings)}: no requirement is left. Nothing would be checked."
        )
    filters = OperationFilters(settings.only_operation, settings.tag, settings.path)
    try:
        return make_plan(contract, selected, regions, unsafe=unsafe, filters=filters)
    except NoSuchOperation as error:
        raise ConfigError(str(error)) from None


def _selection(settings: Settings) -> str:
    """The flags that select requirements, as they would be typed."""
    chosen = [f"--only {pattern}" for pattern in settings.only]
    return " ".join([*chosen, *(f"--skip {pattern}" for pattern in settings.skip)])


def servers_of(
    settings: Settings, contract: Contract, running: Mapping[str, str] | None = None
) -> Servers:
    """The servers that are asked; `running` are the URLs of a mock that another process started.

    Raises ConfigError where nothing says which.
    """
    if settings.region:
        return GivenServers(settings.region)
    if settings.target == "live":
        return GivenServers(_documented_regions(contract))
    return BundledMock(settings.fault, running=running)


def _documented_regions(contract: Contract) -> Mapping[str, str]:
    """The regions that the contract names; raises ConfigError where it names none with a host."""
    if contract.regions:
        return contract.regions
    named = ", ".join(contract.relative_servers)
    servers = f"only {named}, which names no host" if named else "no server"
    raise ConfigError(f"{contract.path} has {servers}; give each region with --region NAME=URL.")
