"""A baseline file: failures that are known, each with a reason, kept in the repository of whoever
runs the suite.

    version = 1

    [[failures]]
    requirement = "PAG-03"
    operation = "list-batch-calls"
    region = "india"                  # left out: all regions together
    outcome = "failed"
    since = "2026-11-24"
    reason = "accepted until the gateway is upgraded"
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from conformance.events.errors import Unreadable
from conformance.events.model import Level, Text
from conformance.reading import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from conformance.events.model import Key
    from conformance.verdict.compare import ComparedReport
    from conformance.verdict.report import Verdict

_BAD = frozenset({"failed", "warned"})
NO_REASON = "no reason was given yet"


class NotABaseline(Unreadable):
    """A file is no baseline of this suite."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: not a baseline of this suite: {problem}.")


class KnownFailure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One failure that is known, and why it is accepted."""

    requirement: Text
    operation: Text
    region: Text | None = None
    level: Level = "MUST"
    outcome: Literal["failed", "warned"] = "failed"
    since: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] = "1970-01-01"
    reason: Text = NO_REASON

    @property
    def key(self) -> Key:
        """What identifies it from run to run."""
        return self.requirement, self.operation, self.region

    @property
    def message(self) -> str:
        """Why it is accepted."""
        return self.reason

    @property
    def evidence(self) -> Mapping[str, int]:
        """None is kept."""
        return {}

    @property
    def named(self) -> str:
        """It and its place, in words."""
        place = f"{self.region} · {self.operation}" if self.region else self.operation
        return f"{self.requirement} ({place})"


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    version: Literal[1]
    failures: tuple[KnownFailure, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """The known failures, in the order of the file. It can be compared with as a report can."""

    results: tuple[KnownFailure, ...] = ()
    strict: bool = False
    cut_short: str | None = None

    @property
    def verdict(self) -> Verdict:
        """What the report was that had these failures."""
        is_broken = any(known.outcome == "failed" for known in self.results)
        return "nonconformant" if is_broken else "conformant"

    @property
    def started(self) -> str:
        """When the first of them was seen."""
        return f"{min((known.since for known in self.results), default='1970-01-01')}T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Changed:
    """A baseline after a report: what it is now, and what came and went."""

    baseline: Baseline
    added: tuple[KnownFailure, ...] = ()
    removed: tuple[KnownFailure, ...] = ()
    passing: tuple[KnownFailure, ...] = ()


def updated(baseline: Baseline, report: ComparedReport, reason: str, day: str) -> Changed:
    """A baseline with the failures that a report has besides; those it had keep their reasons."""
    before = {known.key: known for known in baseline.results}
    now = {known.key: known for known in _failures(report, reason, day)}
    added = tuple(known for key, known in now.items() if key not in before)
    kept = [_with_outcome(known, now.get(key)) for key, known in before.items()]
    return Changed(Baseline((*kept, *added)), added=added, passing=_passing(baseline, report))


def pruned(baseline: Baseline, report: ComparedReport) -> Changed:
    """A baseline without the failures that pass in a report; what it did not judge stays."""
    passing = _passing(baseline, report)
    kept = tuple(known for known in baseline.results if known not in passing)
    return Changed(Baseline(kept), removed=passing)


def _failures(report: ComparedReport, reason: str, day: str) -> list[KnownFailure]:
    return [
        KnownFailure(
            requirement=result.key[0],
            operation=result.key[1],
            region=result.key[2],
            level=result.level,
            outcome="failed" if result.outcome == "failed" else "warned",
            since=day,
            reason=reason,
        )
        for result in report.results
        if result.outcome in _BAD
    ]


def _with_outcome(known: KnownFailure, now: KnownFailure | None) -> KnownFailure:
    """A known failure as the report has it: it may have got better or worse."""
    return msgspec.structs.replace(known, outcome=now.outcome) if now else known


def _passing(baseline: Baseline, report: ComparedReport) -> tuple[KnownFailure, ...]:
    passed: set[Key] = {result.key for result in report.results if result.outcome == "passed"}
    return tuple(known for known in baseline.results if known.key in passed)


def is_baseline(path: Path) -> bool:
    """Whether a file is to be read as a baseline rather than as a report."""
    return path.suffix == ".toml"


def read_known(path: Path) -> Baseline:
    """Read a baseline file; raises NotABaseline, OSError."""
    try:
        table = tomllib.loads(whole_file(path).decode("utf-8-sig").replace("\r\n", "\n"))
        return Baseline(msgspec.convert(table, type=_File).failures)
    except UnicodeDecodeError:
        raise NotABaseline(path, "it is not UTF-8") from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise NotABaseline(path, str(error)) from None


def text_of(baseline: Baseline) -> str:
    """The file of a baseline."""
    head = [
        "# Failures that are known, each with its reason: `conformance baseline` keeps this file.",
        "version = 1",
    ]
    tables = ("\n".join(_table(known)) for known in baseline.results)
    return "\n\n".join(["\n".join(head), *tables]) + "\n"


def _table(known: KnownFailure) -> Iterable[str]:
    yield "[[failures]]"
    for name, value in msgspec.structs.asdict(known).items():
        if value is not None:
            # A string of JSON is one of TOML, but for DEL, which TOML wants escaped.
            text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
            yield f"{name} = {text}"
