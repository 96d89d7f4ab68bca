"""How large and how quick: every view of a stream of 200,000 results, and its page in a browser.

python benchmarks/reports.py [OPERATIONS]
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path

from conformance.reports.registry import renderers
from conformance.verdict.conclude import conclude
from tests.support import sample_events, samples

OPERATIONS = 1_925
BROKEN_EVERY = 7


def write(path: Path, operations: int) -> None:
    """A run over many operations, of which every seventh breaks a promise in one region."""
    names = [f"list-things-{place:04}" for place in range(operations)]
    sample = samples.green(names)
    broken = {}
    for name in names[::BROKEN_EVERY]:
        page = sample_events.page(0, 6, 61, has_more=True)
        broken[name] = sample.asked("india", "?limit=7", page, operation=name)
    for judged in sample.judgements:
        if (judged["requirement"], judged["region"]) == ("PAG-02", "india") and judged[
            "operation"
        ] in broken:
            judged["findings"] = [
                sample_events.finding("7 rows", "6 rows", [broken[judged["operation"]]])
            ]
    sample.write(path)


def render(path: Path) -> None:
    """Each view by itself: what it takes to conclude and render it, and how large it is."""
    began = time.perf_counter()
    report = conclude(path)
    concluding = time.perf_counter() - began
    size = path.stat().st_size / 1e6
    print(f"{len(report.results):,} results, {size:.0f} MB; concluded in {concluding:.1f} s")
    for name, (file_name, draw) in renderers().items():
        target, began = StringIO(), time.perf_counter()
        draw(report, path, target)
        seconds = concluding + time.perf_counter() - began
        text = target.getvalue()
        (path.parent / file_name).write_text(text, "utf-8")
        print(f"{name:12} {seconds:5.1f} s   {len(text.encode()) / 1e6:7.2f} MB")


def browse(page: Path) -> None:
    """Open the page, filter it, clear the filter."""
    from playwright.sync_api import expect, sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu"],
        )
        opened = browser.new_page()
        told = opened.locator("#matching")
        for action, do, shows in (
            ("opened", lambda: opened.goto(page.as_uri()), r"^$"),
            ("unfolded", lambda: opened.click("#filter"), r"^([\d,]+) of \1 "),
            ("filtered", lambda: opened.fill("[name=q]", "pag-02 6 rows"), r"^[\d,]{1,5} of "),
            ("cleared", lambda: opened.fill("[name=q]", ""), r"^([\d,]+) of \1 "),
        ):
            began = time.perf_counter()
            do()
            expect(told).to_have_text(re.compile(shows))
            print(f"{action:12} {time.perf_counter() - began:5.2f} s")
        browser.close()


def main() -> None:
    """Write, render, browse."""
    operations = int(sys.argv[1]) if len(sys.argv) > 1 else OPERATIONS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.ndjson"
        write(path, operations)
        render(path)
        browse(path.parent / "report.html")


if __name__ == "__main__":
    main()
