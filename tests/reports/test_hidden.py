"""Independent faults in one region: each is visible in every format, whatever explains what."""

from __future__ import annotations

import json
import random
import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from conformance.reports.registry import renderers
from conformance.verdict.conclude import conclude
from tests.support.program import conformance

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from conformance.verdict.report import Report

# By fault, a requirement that fails with it and is a problem of its own.
FAULTS = {
    "created-at-without-zone": "SCH-03",
    "limit-0-fails": "SCH-06",
    "has-more-always": "PAG-03",
    "offset-off-by-one": "PAG-07",
    "limit-1-refused": "PAG-10",
    "over-maximum-gives-nothing": "PAG-11",
    "unknown-agent-lists-everything": "FIL-04",
    "any-token-accepted": "AUT-03",
    "open-for-post": "AUT-12",
    "filtered-total-one-too-many": "FIL-03",
    "bad-request-of-another-type": "ROB-03",
}
# The same of faults that few others can be told from, which are not drawn.
WIDE_FAULTS = {
    "limit-ignored": "PAG-02",
    "ties-depend-on-limit": "PAG-06",
    "offset-after-filter-ignored": "PAG-16",
}
ROOTS = FAULTS | WIDE_FAULTS
# What is judged, besides those: what falls with some of the faults, and might fall with others.
BESIDES = (
    "PAG-05",
    "PAG-06",
    "PAG-09",
    "PAG-12",
    "PAG-13",
    "PAR-04",
    "FIL-02",
    "FIL-06",
    "AUT-05",
    "ROB-01",
    "ROB-06",
)
VIEWS = ("html", "junit", "markdown", "sarif", "codequality", "json")


def _drawn(seed: int, sizes: Sequence[int]) -> list[tuple[str, ...]]:
    """Combinations of faults, in which each fault comes before any comes twice as often as another."""
    drawing, left = random.Random(seed), list[str]()
    combinations = []
    for size in sizes:
        while len(left) < size:
            left += drawing.sample(sorted(set(FAULTS) - set(left)), len(FAULTS) - len(left))
        combinations.append(tuple(left[:size]))
        del left[:size]
    return combinations


COMBINATIONS = [
    ("created-at-without-zone", "limit-0-fails", "has-more-always"),
    ("limit-1-refused", "offset-off-by-one"),  # both have windows in which they fail
    # What fails in one form of a window alone, and out of bounds, beside what fails in any.
    ("ties-depend-on-limit", "offset-after-filter-ignored"),
    ("limit-ignored", "over-maximum-gives-nothing"),
    *_drawn(1, (2, 2, 3, 2)),
]


@pytest.fixture(scope="module", params=COMBINATIONS, ids="+".join)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with several faults in india."""
    out = tmp_path_factory.mktemp("run")
    faults = [word for name in request.param for word in ("--fault", f"{name}@india")]
    only = [word for name in {*ROOTS.values(), *BESIDES} for word in ("--only", name)]
    ended = conformance("run", "-q", "--seed", 1, "--out", out, *faults, *only, folder=out)
    assert ended.returncode == 1, ended.stderr
    (out / "faults.json").write_text(json.dumps(request.param))
    (out / "terminal.txt").write_text(ended.stdout)
    return out


def broken(out: Path) -> tuple[Report, list[str]]:
    """The report, and the requirements that the faults of its run break."""
    named = [ROOTS[name] for name in json.loads((out / "faults.json").read_text())]
    return conclude(out / "events.ndjson"), named


def text_of(path: Path) -> str:
    """A file as a person reads it: entities and escapes resolved, white space of one kind."""
    text = path.read_text("utf-8")
    if path.suffix in (".html", ".xml"):
        text = unescape(re.sub(r"<[^>]+>", "", text.replace("<br>", " ")))
    elif path.suffix == ".md":
        text = re.sub(r"\\([\W_])", r"\1", text)
    else:
        text = text.replace('\\"', '"')
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("view", VIEWS)
def test_every_fault_is_visible_in_every_file(run: Path, view: str) -> None:
    """Expected, actual and the command of each failure, explained or not."""
    report, named = broken(run)
    text = text_of(run / renderers()[view][0])
    # What fails in the same way on several operations is shown once.
    failed = {result.requirement: result for result in reversed(report.having("failed"))}
    assert set(named) <= set(failed)
    for result in failed.values():
        first = result.findings[0]
        for part in (result.requirement, first.expected, first.actual, first.curl):
            assert re.sub(r"\s+", " ", part or "") in text, (result.requirement, part)


def test_every_fault_is_visible_on_the_terminal(run: Path) -> None:
    """A problem of its own, or a line under its cause."""
    report, _ = broken(run)
    text = text_of(run / "terminal.txt")
    for result in report.having("failed"):
        first = result.findings[0]
        assert result.requirement in text
        assert first.expected in text, result.requirement
        assert first.actual in text, result.requirement


def test_independent_faults_explain_one_another_nowhere(run: Path) -> None:
    """Each is a problem of its own, whatever else fails with it."""
    report, named = broken(run)
    roots = {result.requirement for result in report.having("failed") if not result.caused_by}
    assert set(named) <= roots


def test_gitlab_gets_the_severity_of_the_level(run: Path) -> None:
    """A MUST that failed is critical, explained or not."""
    issues = json.loads((run / "codequality.json").read_text())
    report, _ = broken(run)
    failed = {result.requirement for result in report.having("failed")}
    assert {issue["severity"] for issue in issues if issue["check_name"] in failed} == {"critical"}


def test_the_page_of_a_healthy_run_is_small(tmp_path: Path) -> None:
    """Every passed cell has its sample, and the page is still sent by mail."""
    ended = conformance("run", "-q", "--profile", "smoke", "--out", tmp_path, folder=tmp_path)
    assert ended.returncode == 0, ended.stderr
    page = (tmp_path / "report.html").read_text("utf-8")
    assert len(page.encode()) < 700_000
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert data
    samples = json.loads(data[1])["samples"]
    results = conclude(tmp_path / "events.ndjson").results
    passed = {(one.requirement, one.region) for one in results if one.outcome == "passed"}
    assert len(samples["cells"]) == len(passed)
    with_exchange = [cell for cell in samples["cells"].values() if cell[3]]
    assert len(with_exchange) > 0.9 * len(passed)
    assert all(name in samples["exchanges"] for cell in with_exchange for name in cell[3])
