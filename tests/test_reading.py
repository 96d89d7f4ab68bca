"""A file that is named by its user."""

from __future__ import annotations

from pathlib import Path

import pytest

from conformance.reading import whole_file
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
