"""Standard output that is closed, full or read by nobody: the exit code stays the verdict's."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest

from conformance.cli.streams import LossyWriter
from tests.support.program import conformance

RUN = ("run", "--seed=7", "--only=PAG-03")
FAULT = "--fault=has-more-always"
FULL = Path("/dev/full")


def test_a_write_takes_all_that_the_descriptor_takes() -> None:
    """As long as somebody reads."""
    reader, writer = os.pipe()
    assert LossyWriter(writer).write(b"abc") == 3
    assert os.read(reader, 9) == b"abc"
    os.close(reader)
    os.close(writer)


def test_a_write_that_fails_is_the_last_that_is_tried() -> None:
    """Nobody reads any more, and nobody hears of it; a reader who came later would get the end
    alone.
    """
    reader, writer = os.pipe()
    stream = LossyWriter(writer)
    os.close(reader)
    assert stream.write(b"abc") == 3
    os.close(writer)
    assert stream.write(memoryview(b"de")) == 2


def test_a_slow_reader_gets_everything() -> None:
    """A pipe in non-blocking mode is waited for, for it is full and not broken."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    received = bytearray()

    def read() -> None:
        while part := os.read(reader, 4096):
            received.extend(part)

    thread = threading.Thread(target=read)
    thread.start()
    stream, rest = LossyWriter(writer), memoryview(b"x" * 1_000_000)
    while rest:
        rest = rest[stream.write(rest) :]
    os.close(writer)
    thread.join(10)
    os.close(reader)
    assert len(received) == 1_000_000


def whole_report(folder: Path) -> str:
    """The verdict of a report that is whole, as are its neighbours."""
    reports = folder / "reports"
    assert {"report.html", "junit.xml", "events.ndjson"} <= {
        path.name for path in reports.iterdir()
    }
    verdict: str = json.loads((reports / "report.json").read_text("utf-8"))["verdict"]
    return verdict


@pytest.mark.parametrize(
    ("fault", "code"), [((), 0), ((FAULT,), 1)], ids=["conformant", "nonconformant"]
)
@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2), (0, 1, 2)], ids=str)
def test_closed_descriptors(
    tmp_path: Path, closed: tuple[int, ...], fault: tuple[str, ...], code: int
) -> None:
    """No file or socket of the run takes the number of one, to be printed into."""

    def close() -> None:
        for descriptor in closed:
            os.close(descriptor)

    done = conformance(*RUN, *fault, folder=tmp_path, capture_output=False, preexec_fn=close)
    assert done.returncode == code
    assert whole_report(tmp_path) == ("nonconformant" if code else "conformant")


@pytest.mark.parametrize(
    ("fault", "code"), [((), 0), ((FAULT,), 1)], ids=["conformant", "nonconformant"]
)
@pytest.mark.parametrize(
    "pytest_arguments", [(), ("--", "-v")], ids=["own output", "output of pytest"]
)
def test_a_pipe_that_nobody_reads(
    tmp_path: Path, fault: tuple[str, ...], code: int, pytest_arguments: tuple[str, ...]
) -> None:
    """`conformance run | true`."""
    reader, writer = os.pipe()
    os.close(reader)
    done = conformance(
        *RUN,
        *fault,
        *pytest_arguments,
        folder=tmp_path,
        capture_output=False,
        stdout=writer,
        stderr=writer,
    )
    os.close(writer)
    assert done.returncode == code
    assert whole_report(tmp_path) == ("nonconformant" if code else "conformant")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is full")
def test_a_full_device(tmp_path: Path) -> None:
    """`conformance run > /dev/full`."""
    with FULL.open("w") as full:
        done = conformance(
            *RUN, FAULT, folder=tmp_path, capture_output=False, stdout=full, stderr=full
        )
    assert done.returncode == 1
    assert whole_report(tmp_path) == "nonconformant"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is full")
@pytest.mark.parametrize("command", [("requirements",), ("traits",), ("lint",)], ids=" ".join)
def test_what_is_printed_alone_is_not_lost_unsaid(tmp_path: Path, command: tuple[str, ...]) -> None:
    """`conformance requirements > FILE` on a full disk."""
    with FULL.open("w") as full:
        done = conformance(
            *command,
            folder=tmp_path,
            capture_output=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 3
    assert "standard output cannot be written to" in done.stderr


@pytest.mark.parametrize(
    "command", [("requirements",), ("--help",), ("explain", "PAG-03")], ids=" ".join
)
def test_other_commands_are_as_calm(tmp_path: Path, command: tuple[str, ...]) -> None:
    """`conformance requirements | head -1` is no failure."""
    reader, writer = os.pipe()
    os.close(reader)
    done = conformance(*command, folder=tmp_path, capture_output=False, stdout=writer)
    os.close(writer)
    assert done.returncode == 0


@pytest.mark.parametrize(
    "variables",
    [{"COLUMNS": "0"}, {"COLUMNS": "²", "LINES": "0"}, {"PYTHONIOENCODING": "ascii"}],
    ids=str,
)
def test_a_strange_terminal_gets_the_verdict(tmp_path: Path, variables: dict[str, str]) -> None:
    """A width of nothing, a width that is none, an encoding without the marks."""
    done = conformance(*RUN, FAULT, folder=tmp_path, variables=variables)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("nonconformant: ")
    # On a machine that is slow its progress is told.
    assert all(" checks " in line for line in done.stderr.splitlines())
