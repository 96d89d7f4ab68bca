"""A directory of reports belongs to one run while it runs."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conformance.runner.claim import Claim
from conformance.settings import ConfigError
from tests.support.program import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there it locks nothing")


def test_another_run_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    """And the sentence says what to do."""
    first, second = Claim(tmp_path), Claim(tmp_path)
    first.take()
    first.take()  # its own
    with pytest.raises(ConfigError, match="another run is writing there"):
        second.take()
    first.release()
    second.take()
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    """It ends with its process."""
    code = (
        "import os, sys; from pathlib import Path; from conformance.runner.claim import Claim; "
        "Claim(Path(sys.argv[1])).take(); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == -9
    claim = Claim(tmp_path)
    claim.take()
    claim.release()


def test_a_directory_that_is_not_there_cannot_be_claimed(tmp_path: Path) -> None:
    """Whoever claims it makes it first."""
    with pytest.raises(FileNotFoundError):
        Claim(tmp_path / "none").take()
