"""Fixtures: Debian's Chromium, and sample pages opened in it with everything it complains
of kept.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from conformance.reports.registry import write_all
from conformance.verdict.conclude import conclude
from tests.support.opened import Opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.support.samples import Sample

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    made.set_default_timeout(10_000)
    yield made
    made.close()


@pytest.fixture
def watched(context: BrowserContext) -> Callable[[Path], Opened]:
    """Open a file in a page whose complaints are kept."""

    def opened(path: Path) -> Opened:
        page = context.new_page()
        found = Opened(page, path.as_uri())
        page.on("console", lambda said: found.complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("dialog", lambda dialog: found.complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: found.asked.append(request.url))
        page.goto(found.url)
        return found

    return opened


@pytest.fixture
def opened(tmp_path: Path, watched: Callable[[Path], Opened]) -> Callable[[Sample], Opened]:
    """Render a sample's page and open it."""

    def opening(sample: Sample) -> Opened:
        stream = sample.write(tmp_path / "events.ndjson")
        (page,) = write_all(conclude(stream), stream, tmp_path, ("html",))
        return watched(page)

    return opening


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Every test of this folder drives a browser."""
    for item in items:
        if "tests/reports/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
