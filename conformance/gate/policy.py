"""The policy of a gate: which failures hold a candidate, and which are accepted until when.

[[rules]]                       # the first rule that names a failure decides
area = "robustness"
environment = "staging"
action = "report"

[[waivers]]                     # as in conformance.toml; `environment` may be added
requirement = "AUT-08"
reason = "no challenge before the gateway is upgraded"
owner = "voice-platform"
expires = 2027-03-31
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Literal, get_args

from conformance.events.model import AREAS, LEVELS
from conformance.settings import ConfigError
from conformance.settings.errors import InvalidValue, quoted, suggestion
from conformance.settings.waivers import Waivers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from conformance.events.model import Area, Level, Waiver

Action = Literal["hold", "report"]
ACTIONS: tuple[Action, ...] = get_args(Action)
_WORDS: dict[str, Sequence[str]] = {"level": LEVELS, "area": AREAS, "action": ACTIONS}
_TABLES = ("rules", "waivers")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule may name of a result."""

    level: Level
    area: Area
    requirement: str
    operation: str
    region: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What to do about the failures that it names; what it leaves out is any, the rest are globs."""

    action: Action
    level: str = "*"
    area: str = "*"
    requirement: str = "*"
    operation: str = "*"
    region: str = "*"
    environment: str = "*"

    def names(self, subject: Subject, environment: str) -> bool:
        """Whether it decides about a result."""
        pairs = (
            (subject.level, self.level),
            (subject.area, self.area),
            (subject.requirement, self.requirement),
            (subject.operation, self.operation),
            (subject.region or "", self.region),
            (environment, self.environment),
        )
        return all(fnmatchcase(value, glob) for value, glob in pairs)


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules in their order, and the waivers of an environment."""

    rules: tuple[Rule, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    environment: str = ""

    def action(self, subject: Subject) -> Action:
        """What a failure does: as the first rule that names it says, else a MUST holds."""
        for rule in self.rules:
            if rule.names(subject, self.environment):
                return rule.action
        return "hold" if subject.level == "MUST" else "report"


def read_policy(path: Path, environment: str = "") -> Policy:
    """The policy in a file, for an environment; raises ConfigError."""
    from conformance.settings.sources import toml_table

    table = toml_table(path, "policy file")
    for key in table:
        if key not in _TABLES:
            raise ConfigError(
                f"{path}: a policy has no {quoted(key)}.{suggestion(key, _TABLES)} It has "
                "[[rules]] and [[waivers]]."
            )
    try:
        rules = tuple(_rules(table.get("rules", [])))
        waivers = Waivers().read(_of_environment(table.get("waivers", []), environment))
    except InvalidValue as error:
        raise ConfigError(f"{path}: {error}") from None
    return Policy(rules, waivers, environment)


def must_name_requirements(policy: Policy, catalogue: Collection[str]) -> None:
    """Refuse a rule whose requirement is none: it would decide nothing, and nobody would notice;
    raises ConfigError.
    """
    for number, rule in enumerate(policy.rules, 1):
        if not any(fnmatchcase(name, rule.requirement) for name in catalogue):
            raise ConfigError(
                f"--policy: rule {number}: no requirement is named "
                f"{quoted(rule.requirement)}.{suggestion(rule.requirement, catalogue)}"
            )


def _rules(tables: object) -> list[Rule]:
    if not isinstance(tables, list):
        raise InvalidValue(f"rules: expected a list of tables ([[rules]]), not {quoted(tables)}.")
    rules = []
    for number, table in enumerate(tables, 1):
        try:
            rules.append(_rule(table))
        except InvalidValue as error:
            raise InvalidValue(f"rule {number}: {error}") from None
    return rules


def _rule(table: object) -> Rule:
    if not isinstance(table, dict):
        raise InvalidValue(f"expected a table, not {quoted(table)}.")
    known = [row.name for row in fields(Rule)]
    for key, value in table.items():
        if key not in known:
            raise InvalidValue(f"a rule has no key {quoted(key)}.{suggestion(key, known)}")
        if not isinstance(value, str) or not value.isprintable() or not value:
            raise InvalidValue(f"{key}: expected a text of one line, not {quoted(value)}.")
        words = _WORDS.get(key, (value,))
        if value not in words:
            hint = suggestion(value, words)
            raise InvalidValue(f"{key}: expected {', '.join(words)}, not {quoted(value)}.{hint}")
    if "action" not in table:
        raise InvalidValue("action is missing: hold or report.")
    return Rule(**table)


def _of_environment(tables: object, environment: str) -> object:
    """The waivers of an environment, without that key, which those of a run do not have."""
    if not isinstance(tables, list):
        return tables
    chosen: list[Any] = []
    for table in tables:
        if not isinstance(table, dict):
            chosen.append(table)
            continue
        glob = table.get("environment", "*")
        if not isinstance(glob, str):
            raise InvalidValue(f"environment of a waiver: expected a text, not {quoted(glob)}.")
        if fnmatchcase(environment, glob):
            chosen.append({key: table[key] for key in table if key != "environment"})
    return chosen
