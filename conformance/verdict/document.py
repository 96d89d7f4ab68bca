"""`report.json` as values: what is written of a report, and what an earlier one is read back as.

Fields may be added within a version of the schema; readers pass over those they do not know. Only
the fields without a default are certain to be in a report of this version.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

from conformance.events.messages import Document, MergedRun, Moment, NoticeLevel
from conformance.events.model import (
    Area,
    Count,
    Fails,
    Key,
    Level,
    Sampled,
    Seconds,
    Text,
    Unexercised,
    Walk,
)
from conformance.verdict.report import AppliedWaiver, ExitCode, Gate, Outcome, Verdict
from conformance.verdict.verdict import EXIT_CODES

REPORT_SCHEMA: Literal[1] = 1


class RequirementDocument(Struct, frozen=True):
    """A requirement as the report quotes it."""

    level: Level
    area: Area
    statement: str
    source: str


class NoticeDocument(Struct, frozen=True):
    """A notice of the run."""

    level: NoticeLevel
    region: str | None
    message: str


class FindingDocument(Struct, frozen=True, kw_only=True):
    """A finding of a result; what it does not have is left out."""

    expected: str
    actual: str
    level: Level | UnsetType = UNSET
    exchanges: tuple[Text, ...]
    note: str | UnsetType = UNSET
    curl: str | UnsetType = UNSET
    keeps: tuple[str, ...] | UnsetType = UNSET
    breaks: tuple[str, ...] | UnsetType = UNSET
    walk: Walk | UnsetType = UNSET
    at: str | UnsetType = UNSET
    sides: dict[str, str] | UnsetType = UNSET
    fails: tuple[Fails, ...] | UnsetType = UNSET


class PartDocument(Struct, frozen=True):
    """What one run of a merged stream concluded."""

    run: Text
    outcome: Outcome
    message: str
    evidence: dict[str, Count]


class ResultDocument(Struct, frozen=True, kw_only=True):
    """A result; what it does not have is left out."""

    requirement: Text
    level: Level
    area: Area | UnsetType = UNSET
    operation: Text
    region: Text | None
    outcome: Outcome
    message: Text
    evidence: dict[str, Count]
    needed: dict[str, Count] = field(default_factory=dict)
    observations: Count = 0
    detectable_rate: float | UnsetType = UNSET
    seconds: Seconds = 0.0
    findings: tuple[FindingDocument, ...]
    omitted: Count | UnsetType = UNSET
    caused_by: tuple[Text, ...] | UnsetType = UNSET
    waiver: AppliedWaiver | UnsetType = UNSET
    unexercised: Unexercised | UnsetType = UNSET
    sampled: Sampled | UnsetType = UNSET
    parts: tuple[PartDocument, ...] | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.outcome == "failed" and not self.findings:
            raise ValueError("a failed result has no finding")

    @property
    def key(self) -> Key:
        """What identifies the result from run to run."""
        return self.requirement, self.operation, self.region


class ReportDocument(Struct, frozen=True, kw_only=True):
    """A concluded run. `exit_code` is the process's own: under `gate` `new` what is new
    decides it.
    """

    schema: Literal[1] = REPORT_SCHEMA
    verdict: Verdict
    exit_code: ExitCode
    gate: Gate = "verdict"
    sentence: str = ""
    suite: str = ""
    run: str = ""
    started: Moment
    finished: Moment | None = None
    duration_seconds: Seconds
    cut_short: str | None = None
    profile: str = ""
    strict: bool = False
    seed: int
    document: Document | None = None
    regions: dict[str, str]
    requests: dict[str, Count]
    config: dict[str, Any]
    counts: dict[Outcome, Count] = field(default_factory=dict)
    requirements: dict[str, RequirementDocument] = field(default_factory=dict)
    notices: tuple[NoticeDocument, ...] = ()
    waivers: tuple[AppliedWaiver, ...] = ()
    runs: tuple[MergedRun, ...] = ()
    results: tuple[ResultDocument, ...]

    def __post_init__(self) -> None:
        if self.gate == "verdict" and self.exit_code != EXIT_CODES[self.verdict]:
            raise ValueError(f"the exit code of {self.verdict} is not {self.exit_code}")
