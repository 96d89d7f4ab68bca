"""Ask the advisories of PyPI about what `.ci/lock/ci.txt` pins; say so where they cannot be had.

Exit 1 if one of them has a known vulnerability. A machine without a network, or with a mirror that
has no advisories, audits nothing: that is said, and is no failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("lock") / "ci.txt"


def verdict(dependencies: list[dict[str, Any]]) -> tuple[int, str]:
    """The exit code and a sentence for what pip-audit found."""
    audited = [one for one in dependencies if "skip_reason" not in one]
    if not audited:
        return 0, "nothing was audited: the advisories of PyPI cannot be reached from here"
    vulnerable = [
        f"{one['name']} {one['version']}: {', '.join(found['id'] for found in one['vulns'])}"
        for one in audited
        if one["vulns"]
    ]
    skipped = len(dependencies) - len(audited)
    words = f"{len(audited)} audited, {skipped} without advisories"
    return (1, "; ".join(vulnerable)) if vulnerable else (0, f"no known vulnerability: {words}")


def main() -> int:
    """Run pip-audit on the lock, and say what it came to."""
    words = ["-m", "pip_audit", "-r", str(LOCK), "--require-hashes", "--disable-pip"]
    done = subprocess.run(  # noqa: S603 - no shell, and every word stands in this file
        [sys.executable, *words, "--format", "json", "--progress-spinner", "off"],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except ValueError:
        reason = (done.stderr.strip().splitlines() or ["no output"])[-1]
        print(f"audit: nothing was audited: {reason}")
        return 0
    code, sentence = verdict(dependencies)
    print(f"audit: {sentence}")
    return code


if __name__ == "__main__":
    sys.exit(main())
