"""The page of a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conformance.reports.comparison import comparison_html
from conformance.verdict.compare import compare
from conformance.verdict.conclude import conclude
from tests.support.samples import faulty_region, hostile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.opened import Opened


def test_the_page_is_quiet_accessible_and_safe(
    tmp_path: Path, watched: Callable[[Path], Opened]
) -> None:
    """Old verdict, new verdict, what changed; hostile text is text here too."""
    old = conclude(faulty_region().write(tmp_path / "old.ndjson"))
    new = conclude(hostile().write(tmp_path / "new.ndjson"))
    path = tmp_path / "compare.html"
    path.write_text(comparison_html(compare(old, new)), "utf-8")
    found = watched(path)
    expect(found.page.locator("h1")).to_have_text("Nonconformant → nonconformant")
    expect(found.page.get_by_role("heading", name="Newly failing (1)")).to_be_visible()
    expect(found.page.get_by_role("heading", name="Fixed (6)")).to_be_visible()
    assert found.page.locator("img").count() == 0
    results = Axe().run(found.page)
    assert results.violations_count == 0, results.generate_report()
    assert found.complaints == []
