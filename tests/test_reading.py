"""A file that is named by its user."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from conformance import reading
from conformance.reading import must_not_wait, whole_file
from tests.support.program import conformance


def test_what_is_larger_is_not_read(tmp_path: Path) -> None:
    """Up to the bound it is."""
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert whole_file(path, 5) == b"12345"
    with pytest.raises(OSError, match="more than 0 MB"):
        whole_file(path, 4)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
@pytest.mark.parametrize("option", ["--spec", "--config", "--overlay", "--baseline"])
def test_a_device_without_an_end_is_refused(tmp_path: Path, option: str) -> None:
    """In one sentence, and before it fills the memory."""
    done = conformance("run", option, "/dev/zero", folder=tmp_path)
    assert done.returncode == 2
    assert "/dev/zero" in done.stderr
    assert "it has more than 256 MB" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.fixture
def pipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A named pipe, with a short patience for it."""
    monkeypatch.setattr(reading, "PATIENCE", 0.5)
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_that_nobody_writes_to_is_refused(pipe: Path) -> None:
    """Neither reader waits for ever."""
    with pytest.raises(OSError, match="a pipe that did not end"):
        whole_file(pipe)
    with pytest.raises(OSError, match="named pipe"):
        must_not_wait(pipe)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_another_program_writes_into_a_pipe_is_read(
    pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a shell's `<(command)` has it; a bound holds there too."""
    monkeypatch.setattr(reading, "PATIENCE", 30.0)
    for most in (200_000, 1_000):
        writer = threading.Thread(target=_write, args=(pipe,), daemon=True)
        writer.start()
        if most > 1_000:
            assert whole_file(pipe, most) == b"x" * 200_000
        else:
            with pytest.raises(OSError, match="it has more than"):
                whole_file(pipe, most)
        writer.join()


def _write(path: Path) -> None:
    try:
        path.write_bytes(b"x" * 200_000)
    except BrokenPipeError:
        return  # the reader has seen enough
