"""A baseline file as a value: what is compared with it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conformance.verdict.compare import compare
from conformance.verdict.conclude import conclude
from conformance.verdict.known import Baseline, KnownFailure, read_known, text_of, updated
from tests.support.samples import green, one_fault


def test_a_run_is_compared_with_it_as_with_a_report(tmp_path) -> None:
    """What it has is no news."""
    report = conclude(one_fault().write(tmp_path / "events.ndjson"))
    baseline = updated(Baseline(), report, "r", "2026-11-24").baseline
    assert compare(baseline, report).exit_code == 0
    assert compare(Baseline(), report).exit_code == 1
    passing = conclude(green().write(tmp_path / "events.ndjson"))
    fixed = {change.requirement for change in compare(baseline, passing).fixed}
    assert "PAG-03" in fixed


_TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@given(reason=_TEXTS, region=st.none() | _TEXTS)
def test_any_text_is_read_as_it_was_written(tmp_path_factory, reason, region) -> None:
    """Quotes, backslashes and controls among it."""
    known = KnownFailure(requirement="PAG-03", operation="list", region=region, reason=reason)
    path = tmp_path_factory.getbasetemp() / "baseline.toml"
    path.write_text(text_of(Baseline((known,))), "utf-8", newline="\n")
    assert read_known(path).results == (known,)
