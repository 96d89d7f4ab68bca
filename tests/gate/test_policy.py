"""The policy of a gate: which rule decides, and what a policy file may say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.gate.policy import Policy, Rule, Subject, read_policy
from conformance.settings import ConfigError

if TYPE_CHECKING:
    from pathlib import Path

MUST = Subject("MUST", "pagination", "PAG-03", "list-batch-calls", "candidate")
SHOULD = Subject("SHOULD", "document", "DOC-02", "document", None)

WAIVER = """
[[waivers]]
requirement = "AUT-08"
reason = "until the gateway is upgraded"
owner = "voice-platform"
expires = 2027-03-31
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(text)
    return path


def test_without_rules_a_must_holds() -> None:
    """A SHOULD is only reported."""
    assert (Policy().action(MUST), Policy().action(SHOULD)) == ("hold", "report")


@pytest.mark.parametrize(
    ("key", "glob"),
    [
        ("level", "MUST"),
        ("area", "pagination"),
        ("requirement", "PAG-*"),
        ("operation", "list-*"),
        ("region", "cand*"),
        ("environment", "stag*"),
    ],
)
def test_a_rule_names_by_each_key(key: str, glob: str) -> None:
    """What it names is reported; what it does not name keeps the default."""
    policy = Policy((Rule(action="report", **{key: glob}),), environment="staging")
    assert policy.action(MUST) == "report"
    other = Policy((Rule(action="report", **{key: "other"}),), environment="staging")
    assert other.action(MUST) == "hold"


def test_the_first_rule_that_names_a_failure_decides() -> None:
    """So that an exception stands before the rule it is taken from."""
    rules = Rule(action="hold", requirement="PAG-03"), Rule(action="report", area="pagination")
    assert Policy(rules).action(MUST) == "hold"
    assert Policy(rules[::-1]).action(MUST) == "report"


def test_a_file_has_rules_and_waivers(tmp_path: Path) -> None:
    """Both in their order."""
    text = '[[rules]]\nlevel = "SHOULD"\naction = "hold"\n' + WAIVER
    policy = read_policy(written(tmp_path, text))
    assert policy.action(SHOULD) == "hold"
    assert [waiver.owner for waiver in policy.waivers] == ["voice-platform"]


def test_a_waiver_may_be_of_one_environment(tmp_path: Path) -> None:
    """In the others it does not count."""
    path = written(tmp_path, WAIVER + 'environment = "staging"\n')
    assert len(read_policy(path, "staging").waivers) == 1
    assert read_policy(path, "production").waivers == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[rule]]\n", "Did you mean rules?"),
        ("rules = 1\n", "expected a list of tables"),
        ("rules = [1]\n", "rule 1: expected a table"),
        ('[[rules]]\naction = "stop"\n', "expected hold, report"),
        ('[[rules]]\nlevel = "must"\naction = "hold"\n', "expected MUST, SHOULD"),
        ('[[rules]]\narea = "paging"\naction = "hold"\n', "area: expected schema, pagination"),
        ('[[rules]]\nlevel = "MUST"\n', "action is missing"),
        ('[[rules]]\nactoin = "hold"\n', "Did you mean action?"),
        ("[[rules]]\naction = 1\n", "action: expected a text"),
        ("[[waivers]]\nenvironment = 1\n", "environment of a waiver"),
        ("waivers = [1]\n", "waiver 1: expected a table"),
        ('[[waivers]]\nrequirement = "A"\n', "reason is missing"),
        ("[[", "not valid TOML"),
    ],
)
def test_what_a_policy_cannot_say_is_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    """With the file, and the number of the rule."""
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as raised:
        read_policy(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert words in str(raised.value)


def test_a_policy_that_is_not_there(tmp_path: Path) -> None:
    """It is named as a policy file."""
    with pytest.raises(ConfigError, match="no such policy file"):
        read_policy(tmp_path / "none.toml")
