"""Events read into values: the header's catalogue, regions, operations and waivers; findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.verdict.report import Finding, Operation, Region, Requirement, Waiver

if TYPE_CHECKING:
    from conformance.verdict.report import Level


def requirement(entry: dict[str, Any]) -> Requirement:
    """Read an entry of the header's catalogue."""
    return Requirement(
        id=entry["id"],
        level=entry["level"],
        area=entry["area"],
        statement=entry["statement"],
        source=entry.get("source") or "",
        applies_to=entry.get("applies_to") or "",
        evidence=entry.get("evidence") or {},
        explained_by=tuple(entry.get("explained_by") or ()),
        follows_from=tuple(entry.get("follows_from") or ()),
    )


def region(name: str, entry: dict[str, Any]) -> Region:
    """Read a region of the header."""
    return Region(name, entry["url"], entry.get("key") or "", entry.get("latency_ms"), entry.get("rows"))


def operation(entry: dict[str, Any]) -> Operation:
    """Read an operation of the header."""
    traits = tuple(entry.get("traits") or ())
    return Operation(entry["id"], entry["method"], entry["path"], entry.get("line") or 1, traits)


def waiver(entry: dict[str, Any], today: str) -> Waiver:
    """Read a waiver of the header; its last day is one of its days."""
    return Waiver(
        requirement=entry["requirement"],
        region=entry.get("region"),
        operation=entry.get("operation"),
        reason=entry["reason"],
        owner=entry["owner"],
        expires=entry["expires"],
        expired=entry["expires"] < today,
    )


def finding(entry: dict[str, Any], level: Level) -> Finding:
    """Read a finding of a judgement; without a level of its own it has the requirement's."""
    smallest = entry.get("smallest") or {}
    return Finding(
        expected=entry["expected"],
        actual=entry["actual"],
        level=entry.get("level") or level,
        note=entry.get("note"),
        keeps=tuple(entry.get("keeps") or ()),
        breaks=tuple(entry.get("breaks") or ()),
        exchanges=tuple(entry.get("exchanges") or ()),
        curl=smallest.get("curl"),
        walk=entry.get("walk"),
    )
