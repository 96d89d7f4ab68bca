"""Waivers applied: what was accepted, until when, and which waivers no longer earn their place."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Protocol

import msgspec

from conformance.events.messages import Notice
from conformance.verdict.report import AppliedWaiver

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.events.model import Waiver
    from conformance.verdict.report import Result

_WAIVABLE = frozenset({"failed", "warned", "inconclusive", "unexercised"})


def waived(
    results: list[Result], waivers: Sequence[AppliedWaiver]
) -> tuple[list[Result], list[AppliedWaiver], list[Notice]]:
    """Turn what a waiver accepts into `waived`; report waivers that expired or that
    nothing needed.
    """
    if not waivers:
        return results, [], []
    uses = [0] * len(waivers)
    concluded = [_accepted(result, waivers, uses) for result in results]
    counted = [
        msgspec.structs.replace(waiver, used=used)
        for waiver, used in zip(waivers, uses, strict=True)
    ]
    return (
        concluded,
        counted,
        [notice for waiver in counted if (notice := _notice(waiver, results))],
    )


def applied(waiver: Waiver, on: str) -> AppliedWaiver:
    """A waiver on a day (`2026-11-24`); its last day is one of its days."""
    facts = msgspec.structs.asdict(waiver)
    return AppliedWaiver(**facts, expired=waiver.expires.isoformat() < on)


class Named(Protocol):
    """What a waiver may name of a result."""

    @property
    def requirement(self) -> str: ...  # noqa: D102
    @property
    def operation(self) -> str: ...  # noqa: D102
    @property
    def region(self) -> str | None: ...  # noqa: D102


def names(waiver: Waiver, result: Named) -> bool:
    """Whether a waiver names a result; a region or operation it leaves out is any."""
    return (
        fnmatchcase(result.requirement, waiver.requirement)
        and (waiver.region is None or fnmatchcase(result.region or "", waiver.region))
        and (waiver.operation is None or fnmatchcase(result.operation, waiver.operation))
    )


def _accepted(result: Result, waivers: Sequence[AppliedWaiver], uses: list[int]) -> Result:
    if result.outcome not in _WAIVABLE:
        return result
    for place, waiver in enumerate(waivers):
        if not waiver.expired and names(waiver, result):
            uses[place] += 1
            message = f"waived by {waiver.owner} until {waiver.expires}: {waiver.reason} (it {_was(result)})"
            return replace(result, outcome="waived", message=message, waiver=waiver)
    return result


def _was(result: Result) -> str:
    is_adjective = result.outcome in ("inconclusive", "unexercised")
    verb = f"was {result.outcome}" if is_adjective else result.outcome
    return f"{verb}: {result.message}"


def _notice(waiver: AppliedWaiver, results: list[Result]) -> Notice | None:
    where = " · ".join(part for part in (waiver.region, waiver.operation) if part)
    named = f"the waiver of {waiver.requirement}{f' ({where})' if where else ''}"
    if waiver.expired:
        message = f"{named} expired on {waiver.expires}; {waiver.owner} owns it: {waiver.reason}"
        return Notice(level="warning", region=waiver.region, message=message)
    if waiver.used:
        return None
    judged = any(names(waiver, result) and result.outcome == "passed" for result in results)
    why = (
        "what it accepts now passes; remove it"
        if judged
        else "it named nothing that failed in this run"
    )
    return Notice(level="warning", region=waiver.region, message=f"{named} was not needed: {why}")
