"""What ends a run from outside, on platforms that have fewer signals."""

from __future__ import annotations

import subprocess
import sys

WITHOUT = """
import signal
del signal.SIGHUP
from conformance.pytest_plugin.loop import ENDING_SIGNALS
print(*(one.name for one in ENDING_SIGNALS))
"""


def test_a_platform_without_sighup_can_run_checks() -> None:
    """Windows is one."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "SIGTERM"), done.stderr
