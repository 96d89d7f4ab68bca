"""The terminal: piped, narrow, without colour, in GitHub's log, quiet and verbose."""

from __future__ import annotations

import io
import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from conformance.reports.terminal.summary import print_summary
from tests.support.samples import HOSTILE, cut, faulty_region, green, hostile, many, one_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.verdict.report import Report
    from tests.support.samples import Sample

    Concluded = Callable[[Sample], Report]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def shown(report: Report, width: int = 80, terminal: bool = False, **options: Any) -> str:
    target = io.StringIO()
    console = Console(file=target, width=width, force_terminal=terminal, highlight=False)
    print_summary(report, console=console, **options)
    return target.getvalue()


@pytest.mark.parametrize("sample", [green, one_fault, faulty_region, cut, hostile, many])
def test_piped_output_has_no_control_codes(
    concluded: Concluded, sample: Callable[[], Sample]
) -> None:
    """What is redirected into a file is plain text, whatever servers sent."""
    assert not [c for c in shown(concluded(sample())) if ord(c) < 32 and c != "\n"]


def test_the_verdict_is_the_last_line(concluded: Concluded) -> None:
    """Whoever sees one line sees the verdict, the count and the cost."""
    last = shown(concluded(faulty_region())).splitlines()[-1]
    assert last.startswith(
        "nonconformant: 3 problems in india (PAG-03, PAG-06, PAR-01), 1 more failure explained by them, "
        "2 SHOULDs warned, 1 inconclusive"
    )
    assert last.endswith("612 requests in 4.8 s")


def test_a_green_run_is_short(concluded: Concluded) -> None:
    """Three lines of head, the matrix, the verdict."""
    lines = [line for line in shown(concluded(green())).splitlines() if line.strip()]
    assert len(lines) == 3 + 1 + 7 + 1
    assert lines[-1].startswith("conformant: ")


def test_a_failure_says_what_where_and_how_to_see_it_again(concluded: Concluded) -> None:
    """Promise, region, operation, expected, actual, curl, seed, and what falls with it."""
    text = shown(concluded(one_fault()))
    for part in (
        "✗ PAG-03  has_more is offset + rows < total",
        "india · list-batch-calls",
        "expected  has_more false (offset 40 + 21 rows = total 61)",
        "actual    has_more true",
        '?limit=21&offset=40\' -H "Authorization: Bearer $FORMANT_API_KEY_INDIA"',
        "seed 7421",
        "↳ PAG-05  expected the walk ends after 61 rows; actual the last page has has_more",
    ):
        assert part in text
    assert "✗ PAG-05" not in text


def test_parity_says_which_side_breaks_the_contract(concluded: Concluded) -> None:
    """A difference between regions is told as one region's fault where it is one."""
    assert "global keeps the contract, india does not" in shown(concluded(faulty_region()))


@pytest.mark.parametrize("width", [50, 60, 80])
def test_a_narrow_terminal_is_kept_to_its_width(concluded: Concluded, width: int) -> None:
    """Everything wraps between words; a command to be pasted is broken as a shell allows."""
    target = io.StringIO()
    console = Console(
        file=target, width=width, force_terminal=True, color_system=None, highlight=False
    )
    print_summary(concluded(faulty_region()), console=console)
    lines = target.getvalue().splitlines()
    unbreakable = ("https://", "Authorization")
    wide = [line for line in lines if len(line) > width]
    assert [line for line in wide if not any(word in line for word in unbreakable)] == []
    pasted = re.sub(r"\s*\\\n\s*", " ", target.getvalue())
    command = "curl -sS 'https://api.in.voice.formantai.com/v1/batch-calls?limit=101' -H"
    assert command in pasted


def test_a_pipe_is_not_wrapped(concluded: Concluded) -> None:
    """A statement stays on one line, so that it can be found with grep."""
    assert any(
        "✗ PAG-03" in line and "list-batch-calls" in line
        for line in shown(concluded(one_fault())).splitlines()
    )


def test_colour_on_a_terminal_and_none_with_no_color(
    concluded: Concluded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`NO_COLOR` takes the colours away and leaves the words."""
    report = concluded(one_fault())
    assert "\x1b[1;31m" in shown(report, terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[31m" not in shown(report, terminal=True).replace("\x1b[1m", "")


def test_quiet_leaves_failures_and_verdict(concluded: Concluded) -> None:
    """`-q` prints no head, no matrix, no warnings."""
    text = shown(concluded(faulty_region()), quiet=True)
    assert text.startswith("✗ PAG-03")
    assert "AUT-08" not in text
    assert shown(concluded(green()), quiet=True).count("\n") == 1


def test_verbose_shows_the_exchanges(concluded: Concluded) -> None:
    """`-v` prints what went over the wire, with the name of the key's variable."""
    text = shown(concluded(one_fault()), verbose=True)
    assert "> GET https://api.in.voice.formantai.com/v1/batch-calls?limit=21&offset=40" in text
    assert "> Authorization: Bearer $FORMANT_API_KEY_INDIA" in text
    assert "< HTTP/1.1 200 OK" in text


def test_what_could_not_be_judged_is_told_once_for_each_reason(concluded: Concluded) -> None:
    """An interrupted run does not list fifty requirements."""
    text = shown(concluded(cut()))
    assert text.count("not judged: interrupted by Ctrl-C") == 1


def test_regions_that_fail_alike_are_told_once(concluded: Concluded) -> None:
    """The same fault in both regions is one problem."""
    sample = one_fault()
    sample.judgement("PAG-03", "global")["findings"] = sample.judgement("PAG-03", "india")[
        "findings"
    ]
    text = shown(concluded(sample))
    assert text.count("✗ PAG-03") == 1
    assert "global, india · list-batch-calls" in text
    assert text.count("actual    has_more true") == 1


def test_hostile_text_is_spelled_out(concluded: Concluded) -> None:
    """Escape sequences, line breaks and markup of a server are shown, not obeyed."""
    text = shown(concluded(hostile()), terminal=True, verbose=True)
    assert "\\x1b[31m\\n::error::pwned" in text
    assert HOSTILE not in text
    assert "[bold]" in text


def test_a_terminal_without_unicode_is_written_in_ascii(concluded: Concluded) -> None:
    """A console that cannot encode a mark gets a plain one, never a crash."""
    target = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    print_summary(concluded(hostile()), console=Console(file=target, highlight=False))
    target.seek(0)
    text = target.read()
    assert "x FIL-06" in text
    assert "\\U0001f4a5" in text


class TestGitHub:
    """The log of GitHub Actions."""

    @pytest.fixture(autouse=True)
    def in_actions(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GITHUB_ACTIONS", "true")

    def test_a_failure_is_annotated_at_its_operation(self, concluded: Concluded) -> None:
        """The annotation points at the operation's line in the document."""
        text = shown(concluded(one_fault()))
        line = next(line for line in text.splitlines() if line.startswith("::error "))
        assert "title=PAG-03 india · list-batch-calls,file=spec/openapi.yaml,line=6::" in line
        assert "%0Aexpected has_more false" in line

    def test_the_matrix_is_a_group(self, concluded: Concluded) -> None:
        """The log folds it."""
        text = shown(concluded(green()))
        assert text.index("::group::") < text.index("pagination") < text.index("::endgroup::")

    def test_hostile_text_gives_no_commands(self, concluded: Concluded) -> None:
        """A server cannot write annotations of its own, in neither form the runner knows."""
        text = shown(concluded(hostile()), verbose=True)
        commands = [line for line in text.splitlines() if line.lstrip().startswith("::")]
        assert all(
            line.startswith(("::group::results", "::endgroup::", "::error title=FIL-06"))
            for line in commands
        )
        assert "##[" not in text


def test_a_command_broken_over_lines_is_one_command_to_a_shell(concluded: Concluded) -> None:
    """What is pasted from a narrow terminal runs as it stands."""
    report = concluded(one_fault())
    curl = report.having("failed")[0].findings[0].curl
    text = shown(report, width=50, terminal=True)
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    start = text.index("curl -sS")
    block = text[start : text.index("  evidence", start)]
    assert "\\\n" in block
    assert shlex.split(re.sub(r"\\\n", "", block)) == shlex.split(curl or "")


def test_the_marks_are_explained_where_they_stand(concluded: Concluded) -> None:
    """A legend of the marks that are there, and of no others."""
    text = shown(concluded(one_fault()))
    assert "✗ failed   ↳ explained by another failure" in text
    assert "? inconclusive" not in text
    assert "explained by another" not in shown(concluded(green()))


def test_a_run_of_part_of_the_catalogue_says_so(concluded: Concluded) -> None:
    """Four requirements that pass are not a contract that is kept."""
    sample = green()
    sample.header["config"]["only"] = ["PAG-03"]
    sample.judgements = [one for one in sample.judgements if one["requirement"] == "PAG-03"]
    sample.header["expected"] = [key for key in sample.header["expected"] if key[0] == "PAG-03"]
    last = shown(concluded(sample)).splitlines()[-1]
    assert "partial: 1 of 57 requirements" in last
