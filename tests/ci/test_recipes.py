"""What is copied into pipelines: the action's shell steps are run, all files are held against the
schemas of their services.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from conformance.settings import OPTIONS
from tests.support.program import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["id"]: step for step in ACTION["runs"]["steps"] if "id" in step}
EXAMPLES = ROOT / "docs" / "examples"


@pytest.fixture
def step(tmp_path: Path) -> Callable[..., tuple[int, dict[str, str], str]]:
    """Runs the shell of one step as the runner does: exit code, outputs, what was printed."""
    binaries = tmp_path / "bin"
    binaries.mkdir()
    shim = binaries / "conformance"
    shim.write_text(f'#!/bin/sh\nexec {sys.executable} -m conformance "$@"\n')
    shim.chmod(0o755)
    (binaries / "python").symlink_to(sys.executable)

    def run(name: str, **given: str) -> tuple[int, dict[str, str], str]:
        output = tmp_path / f"{name}.out"
        output.touch()
        variables = environment(
            **{key: _value(text, given) for key, text in STEPS[name]["env"].items()},
            GITHUB_OUTPUT=str(output),
            GITHUB_ACTIONS="true",
            GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"),
            PATH=f"{binaries}{os.pathsep}{os.environ['PATH']}",
        )
        script = tmp_path / f"{name}.sh"
        script.write_text(STEPS[name]["run"])
        words = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(script)]
        done = subprocess.run(
            words, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
        )
        pairs = (line.partition("=")[::2] for line in output.read_text().splitlines())
        return done.returncode, dict(pairs), done.stdout + done.stderr

    return run


def _value(expression: str, given: dict[str, str]) -> str:
    """What an expression of the action comes to: an input, or an output of the step before."""
    name = expression.strip("${} ").rpartition(".")[2].replace("-", "_")
    known = {key.replace("-", "_"): row["default"] for key, row in ACTION["inputs"].items()}
    return str({**known, **given}[name])


pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def test_a_run_that_fails_has_outputs_annotations_and_a_summary(step, tmp_path: Path) -> None:
    """The job fails at the end, after everything was kept."""
    more = "--fault\nhas-more-always@india\n--only\nPAG-0*"
    code, outputs, shown = step("run", target="mock", profile="smoke", arguments=more)
    assert (code, outputs) == (0, {"exit-code": "1"})
    assert "::error title=PAG-03" in shown
    assert "PAG-03" in (tmp_path / "summary.md").read_text("utf-8")
    assert (tmp_path / "reports" / "report.sarif").is_file()

    _, outputs, _ = step("outcome")
    assert outputs["verdict"] == "nonconformant"
    assert int(outputs["problems"]) >= 1
    assert step("end", exit_code="1")[0] == 1
    assert step("end", exit_code="0")[0] == 0


def test_a_mistake_in_the_inputs_is_exit_2(step) -> None:
    """It is said as the command says it."""
    code, outputs, shown = step("run", target="mock", budget="soon")
    assert (code, outputs) == (0, {"exit-code": "2"})
    assert "conformance: --max-time: expected a number" in shown


def test_inputs_are_never_text_of_a_script(step, tmp_path: Path) -> None:
    """What an input holds is one argument, whatever is in it."""
    for name, row in STEPS.items():
        assert "${{" not in row["run"], name
    evil = f'x=http://a"; touch {tmp_path}/evil; echo "'
    assert step("run", regions=evil)[1] == {"exit-code": "2"}
    assert not (tmp_path / "evil").exists()


def test_each_input_reaches_the_command(step, tmp_path: Path) -> None:
    """As its option, each line of a list as one."""
    shim = tmp_path / "bin" / "conformance"
    shim.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > words\n')
    inputs = {
        "regions": "a=http://a\nb=http://b\n", "overlay": "one.yaml\ntwo.yaml", "spec": "s.yaml",
        "config": "c.toml", "baseline": "b.json", "gate": "new", "budget": "60",
        "max_requests": "100", "shard": "1/2", "seed": "7", "out": "o",
    }  # fmt: skip
    step("run", **inputs)
    words = (tmp_path / "words").read_text().split()
    flags = [word for word in words if word.startswith("--")]
    assert set(flags) <= {option.flag for option in OPTIONS.values()}
    assert (flags.count("--region"), flags.count("--overlay"), "--target" in flags) == (2, 2, False)
    given = {part for text in inputs.values() for part in text.split()}
    assert given <= set(words)


def test_lines_of_inputs_may_end_as_on_windows(step, tmp_path: Path) -> None:
    """A carriage return is part of no argument, and a line that holds it alone is none."""
    shim = tmp_path / "bin" / "conformance"
    shim.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > words\n')
    step("run", regions="a=http://a\r\n", arguments="--only\r\n\r\nPAG-03\r\n")
    words = (tmp_path / "words").read_bytes().split(b"\n")
    assert words[-5:] == [b"--region", b"a=http://a", b"--only", b"PAG-03", b""]


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("action.yml", "vendor.github-actions"),
        ("docs/examples/github.yml", "vendor.github-workflows"),
        ("docs/examples/gitlab.yml", "vendor.gitlab-ci"),
        ("docs/examples/azure-pipelines.yml", "vendor.azure-pipelines"),
    ],
)
def test_each_recipe_is_what_its_service_takes(file: str, schema: str) -> None:
    """By the schema that the service publishes."""
    pytest.importorskip("check_jsonschema")
    words = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)]
    if schema == "vendor.gitlab-ci":
        words[3:3] = ["--data-transform", "gitlab-ci"]
    elif schema == "vendor.azure-pipelines":
        words[3:3] = ["--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_names_inputs_that_there_are() -> None:
    """A misspelled input is ignored by the runner."""
    workflow = yaml.safe_load((EXAMPLES / "github.yml").read_text("utf-8"))
    used = [
        name
        for job in workflow["jobs"].values()
        for step in job["steps"]
        if "formant-conformance@" in step.get("uses", "")
        for name in step.get("with", {})
    ]
    assert used
    assert set(used) <= set(ACTION["inputs"])


def test_the_commands_of_the_recipes_exist() -> None:
    """With their options."""
    from conformance.cli.app import main

    for path in EXAMPLES.iterdir():
        for words in re.findall(
            r"conformance (run|gate|merge) ([^\n'|]*)", path.read_text("utf-8")
        ):
            known = {name for option in main.commands[words[0]].params for name in option.opts}
            assert {word for word in words[1].split() if word.startswith("--")} <= known, path


def test_the_hook_lints_a_document(tmp_path: Path) -> None:
    """Its entry is a command that ends with 0 for the bundled files."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    words: list[Any] = [sys.executable, "-m", *hook["entry"].split()]
    assert subprocess.run(words, cwd=tmp_path, env=environment(), check=False).returncode == 0


def test_pre_commit_takes_the_hook() -> None:
    """By its own check of a manifest."""
    pytest.importorskip("pre_commit")
    words = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    assert subprocess.run(words, cwd=ROOT, check=False).returncode == 0


def test_the_container_runs_as_nobody_in_particular() -> None:
    """And writes nothing outside of its volume."""
    text = (EXAMPLES / "Containerfile").read_text("utf-8")
    assert re.search(r"^USER [1-9]\d+$", text, re.MULTILINE)
    entry = re.search(r"^ENTRYPOINT (.*)$", text, re.MULTILINE)
    assert entry
    assert json.loads(entry[1]) == ["conformance"]
