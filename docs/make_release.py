"""Build a release into dist/: `python docs/make_release.py`, or `tox run -e release`.

Wheel and source distribution, each built twice and compared, an SBOM of a new environment that holds
the wheel and what it requires as `.ci/lock/run.txt` pins it, and checksums of all of them.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = ROOT / ".ci" / "lock" / "run.txt"
SUMS = "SHA256SUMS"


def checksums(folder: Path) -> str:
    """The lines of `sha256sum` for every file of a folder but the sums themselves."""
    files = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name != SUMS]
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files
    )


def build(folder: Path) -> Path:
    """Build both distributions twice, and make sure that they are the same; the wheel."""
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty: an earlier release lies there.")
    _run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    with tempfile.TemporaryDirectory() as place:
        _run(sys.executable, "-m", "build", "--outdir", place, ROOT)
        if checksums(Path(place)) != checksums(folder):
            raise SystemExit("two builds of one tree differ: the release is not reproducible.")
    (wheel,) = folder.glob("*.whl")
    return wheel


def must_be_of_a_tag(wheel: Path) -> None:
    """Refuse a wheel that no tag gave its version, and keep nothing of it."""
    version = wheel.name.split("-")[1]
    if not re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", version):
        for path in wheel.parent.iterdir():
            path.unlink()
        raise SystemExit(f"{version} is no release: commit all, then `git tag v1.2.3`.")


def write_sbom(wheel: Path, target: Path) -> None:
    """The bill of materials of a new environment with the wheel."""
    with tempfile.TemporaryDirectory() as place:
        venv.create(place, with_pip=False)
        python = Path(place) / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet")
        _run(*pip, "--require-hashes", "--requirement", LOCK)
        _run(*pip, "--no-deps", wheel)
        _run(sys.executable, "-m", "cyclonedx_py", "environment", python, "--output-file", target)


def _run(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True)  # noqa: S603 - its own words


if __name__ == "__main__":
    dist = ROOT / "dist"
    built = build(dist)
    must_be_of_a_tag(built)
    write_sbom(built, dist / "sbom.cdx.json")
    (dist / SUMS).write_text(checksums(dist), "utf-8", newline="\n")
