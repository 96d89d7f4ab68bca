"""How the program ends: exit code 1 says that a server broke a MUST, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner

from conformance import __version__
from conformance.cli.app import main
from conformance.cli.program import Program

if TYPE_CHECKING:
    from collections.abc import Callable


def program(raised: BaseException) -> Program:
    """A program with one command, which raises."""

    def command() -> None:
        raise raised

    return Program("conformance", commands=[click.Command("go", callback=command)])


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 3, "conformance: interrupted before there was a verdict."),
        (RuntimeError("boom"), 3, "conformance: the suite itself failed: RuntimeError: boom."),
        (MemoryError(), 3, "conformance: this machine has no memory left for the run."),
        (OSError(28, "No space left on device"), 3, "conformance: this machine: No space left"),
        (RuntimeError("can't start new thread"), 3, "conformance: this machine starts no further"),
        (OSError(22, "Invalid argument"), 3, "the suite itself failed"),
        (click.UsageError("Wrong."), 2, "conformance: wrong."),
        (SystemExit(1), 1, ""),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_whatever_a_command_raises(raised: BaseException, code: int, said: str) -> None:
    """Interrupted or broken is unverified; the code of a verdict is handed on."""
    result = CliRunner().invoke(program(raised), ["go"])
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rnu"], "conformance: no such command 'rnu'."),
        (
            ["mock", "--global-port", "70000"],
            "conformance: --global-port: 70000 is not in the range 0<=x<=65535.",
        ),
        (["compare"], "conformance: missing argument"),
        (["merge", "--out", "x"], "conformance: missing argument 'EVENTS...'."),
        (["baseline", "write", "a", "b"], "conformance: missing option '--reason'."),
        (["explain", "PAG-033"], "conformance: no requirement 'PAG-033'. Did you mean PAG-03?"),
    ],
)
def test_every_command_refuses_in_one_sentence(
    refused: Callable[..., str], arguments: list[str], said: str
) -> None:
    """In one form, whichever command it is."""
    assert refused(*arguments).startswith(said)


def test_without_a_command_it_shows_what_there_is() -> None:
    """A usage error, as every tool of this kind has it."""
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 2
    assert "Usage: conformance [OPTIONS] COMMAND" in result.stderr
    assert "Traceback" not in result.stderr


def test_it_says_its_version(conformance) -> None:
    """For bug reports."""
    first = conformance("--version").stdout.splitlines()[0]
    assert first == f"formant-conformance, version {__version__}"


def test_the_version_names_what_the_suite_rests_on(conformance) -> None:
    """A report of a bug needs one command; the first line is the suite's own."""
    lines = conformance("--version").stdout.splitlines()
    assert lines[0].startswith("formant-conformance, version ")
    assert lines[1].startswith("Python 3.")


@pytest.mark.parametrize(
    ("words", "current", "wanted"),
    [
        ("conformance explain", "PAG-0", "PAG-03"),
        ("conformance run --only", "aut-0", "AUT-01"),
        ("conformance run --fault", "has-more-al", "has-more-always"),
        ("conformance mock --fault", "has-more-always@", "has-more-always@india"),
        ("conformance run --region", "ind", "india=https://api.in.voice.formantai.com"),
    ],
)
def test_a_shell_completes_ids_faults_and_regions(words: str, current: str, wanted: str) -> None:
    """What people would have to look up otherwise."""
    from click.shell_completion import ShellComplete

    arguments = words.split()[1:]
    complete = ShellComplete(main, {}, "conformance", "_CONFORMANCE_COMPLETE")
    found = [item.value for item in complete.get_completions(arguments, current)]
    assert wanted in found
