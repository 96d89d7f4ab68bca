"""Make the README's pictures from a run against one faulty region: `tox run -e pictures`.

Beside them is written what they were made from, so that a test can tell when they are stale.
"""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
FAULT = "has-more-on-exact-last-page@india"
COLUMNS = 112
# What draws the page and the terminal; facts of the run (ports, latencies) differ from run to run
# anyway.
DRAWN_BY = ("html/templates/*", "terminal/*.py")
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def made_from() -> str:
    """A digest of what draws the pictures."""
    reports = ROOT / "conformance" / "reports"
    files = sorted(path for glob in DRAWN_BY for path in reports.glob(glob) if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def run(out: Path) -> None:
    """Check the bundled mock, of which one region lies."""
    command = [sys.executable, "-m", "conformance", "run", "-q", "--seed", "7421", "--fault", FAULT]
    command += ["--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, check=False, stdout=subprocess.DEVNULL)  # noqa: S603 - its own
    if done.returncode != 1:
        sys.exit(f"the run against {FAULT} ended with {done.returncode}, not 1")


def terminal(out: Path) -> str:
    """What the run printed, as an SVG of a terminal's window."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    from conformance.reports.terminal.summary import print_summary
    from conformance.verdict.conclude import conclude

    printed = io.StringIO()
    printing: dict[str, Any] = {
        "force_terminal": True,
        "color_system": "standard",
        "width": COLUMNS,
        "highlight": False,
    }
    print_summary(conclude(out / "events.ndjson"), console=Console(file=printed, **printing))
    window = Console(file=io.StringIO(), record=True, **printing)
    window.print(Text.from_ansi(printed.getvalue()), overflow="fold", highlight=False)
    # A picture in a README loads no fonts from anywhere.
    form = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    form = form.replace("Fira Code, monospace", "monospace")
    return window.export_svg(
        title=f"conformance run --fault {FAULT}", code_format=form, unique_id="t"
    )


def page(out: Path) -> bytes:
    """The report as a browser shows it, filtered to what failed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=BROWSER
        )
        opened = browser.new_page(viewport={"width": 1180, "height": 1240})
        opened.goto((out / "report.html").as_uri())
        picture = opened.screenshot()
        browser.close()
    return picture


def main() -> None:
    """Make them all, and say from what."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        run(out)
        (PICTURES / "terminal.svg").write_text(terminal(out), "utf-8")
        (PICTURES / "report.png").write_bytes(page(out))
    (PICTURES / "made-from.txt").write_text(made_from() + "\n")


if __name__ == "__main__":
    main()
