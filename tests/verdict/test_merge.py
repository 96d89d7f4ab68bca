"""Streams merged: shards add up, runs stay apart, the worse outcome stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conformance.events.errors import Unreadable
from conformance.events.messages import ExchangeRecord
from conformance.events.reader import read_events
from conformance.verdict.conclude import conclude
from conformance.verdict.merge import (
    NothingToMerge,
    NotWritten,
    OtherDocument,
    OverwritesItsInput,
    merge,
)
from tests.support.sample_events import OPERATION
from tests.support.samples import cut, faulty_region, green, one_fault
from tests.support.schemas import events_validator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report, Result
    from tests.support.samples import Sample

    Merged = Callable[..., Report]


@pytest.fixture
def merged(tmp_path: Path) -> Merged:
    """Write samples, merge them, conclude what came of it."""

    def all_of(*samples: Sample) -> Report:
        paths = [sample.write(tmp_path / f"{place}.ndjson") for place, sample in enumerate(samples)]
        return conclude(merge(paths, tmp_path / "out"))

    return all_of


def named(sample: Sample, run: str) -> Sample:
    sample.header["run"] = run
    return sample


def result(report: Report, requirement: str, region: str | None) -> Result:
    return next(
        one for one in report.results if (one.requirement, one.region) == (requirement, region)
    )


def test_the_worse_outcome_stands_and_both_are_kept(merged: Merged) -> None:
    """A second run that passed does not take a failure back."""
    report = merged(named(green(), "monday"), named(one_fault(), "tuesday"))
    failed = result(report, "PAG-03", "india")
    assert (report.verdict, failed.outcome) == ("nonconformant", "failed")
    assert [(part.run, part.outcome) for part in failed.parts] == [
        ("tuesday", "failed"),
        ("monday", "passed"),
    ]
    assert [run.run for run in report.runs] == ["monday", "tuesday"]


def test_the_order_of_the_streams_does_not_matter(merged: Merged) -> None:
    """A CI's shards arrive in any order."""
    one = merged(named(green(), "a"), named(faulty_region(), "b"))
    other = merged(named(faulty_region(), "b"), named(green(), "a"))
    assert [(r.key, r.outcome) for r in one.results] == [(r.key, r.outcome) for r in other.results]
    assert one.verdict == other.verdict


def test_the_evidence_of_shards_of_one_run_adds_up(merged: Merged) -> None:
    """Parts of a run judge together what none of them could alone."""
    shards = green(), green()
    for place, shard in enumerate(shards):
        shard.judgement("PAG-03", "india")["evidence"] = {"pages": 3 + place}
    found = result(merged(*shards), "PAG-03", "india")
    assert (found.outcome, found.evidence, found.parts) == ("passed", {"pages": 7}, ())


def test_a_stream_given_twice_counts_once(merged: Merged) -> None:
    """Evidence is not doubled by a copy, and the copy is told."""
    report = merged(green(), green())
    assert result(report, "PAG-03", "india").evidence == {"pages": 42}
    assert "repeats another stream" in report.notices[0].message


def test_regions_run_apart_are_reported_together(merged: Merged) -> None:
    """One stream for each region makes one report of both."""
    report = merged(named(green(regions=["global"]), "g"), named(green(regions=["india"]), "i"))
    assert list(report.regions) == ["global", "india"]
    assert report.requests == {"global": 306, "india": 306}


def test_one_stream_cut_short_leaves_the_whole_unverified(merged: Merged) -> None:
    """A shard that died vouches for nothing."""
    lost = named(cut(), "b")
    lost.footer = None
    report = merged(named(green(regions=["global"]), "a"), lost)
    assert (report.verdict, report.exit_code) == ("unverified", 3)
    assert "the stream of run b has no footer" in (report.cut_short or "")


def shard(number: int, run: str, **settings: object) -> Sample:
    sample = named(green(), run)
    sample.header["config"] = sample.header["config"] | {"shard": f"{number}/2"} | settings
    return sample


@pytest.mark.parametrize(
    "settings",
    [{"region": {"global": "https://other.example"}}, {"only": ["PAG-*"]}, {"fault": ["x"]}],
)
def test_shards_of_other_servers_or_settings_do_not_complete_each_other(
    merged: Merged, settings: dict[str, object]
) -> None:
    """Half of one deployment and half of another are the whole of neither."""
    assert merged(shard(1, "a"), shard(2, "b")).verdict == "conformant"
    report = merged(shard(1, "a"), shard(2, "b", **settings))
    assert report.verdict == "unverified"
    assert (
        "shard 2/2 of the servers and settings of run a is missing; "
        "shard 1/2 of the servers and settings of run b is missing"
    ) in (report.cut_short or "")


def test_exchanges_keep_their_findings(merged: Merged) -> None:
    """Two runs may have given the same id to different exchanges."""
    report = merged(named(one_fault(), "a"), named(one_fault(), "b"))
    ids = [event.id for event in read_events(report.source) if isinstance(event, ExchangeRecord)]
    assert len(ids) == len(set(ids))
    found = result(report, "PAG-03", "india").findings
    assert {name for finding in found for name in finding.exchanges} <= set(ids)


def test_every_merged_event_is_valid(merged: Merged) -> None:
    """A merged stream is a stream: it can be rendered, and merged again."""
    report = merged(named(one_fault(), "a"), named(faulty_region(), "b"))
    validator = events_validator()
    for line in report.source.read_text("utf-8").splitlines():
        validator.validate(json.loads(line))


def test_what_a_part_was_to_judge_and_did_not_breaks_the_whole(merged: Merged) -> None:
    """A requirement lost in one of the runs is not lost from sight when streams are joined."""
    report = merged(
        named(green().without("PAG-03", "india"), "a"), named(green(regions=["global"]), "b")
    )
    assert result(report, "PAG-03", "india").outcome == "broken"


def test_what_one_run_left_out_and_another_judged_applies(merged: Merged) -> None:
    """A region alone has nothing to compare; both together have."""
    alone = named(green(regions=["global"]).without("PAR-01"), "a")
    key = ["PAR-01", OPERATION, None]
    alone.header["expected"].remove(key)
    alone.header["not_applicable"] = [[*key, "one region alone"]]
    assert result(merged(alone, named(green(), "b")), "PAR-01", None).outcome == "passed"


def test_streams_of_other_documents_do_not_merge(merged: Merged) -> None:
    """No verdict covers two contracts."""
    other = green()
    other.header["document"] |= {"title": "another API"}
    with pytest.raises(OtherDocument, match="judged another API"):
        merged(green(), other)


def test_streams_of_other_texts_of_one_version_do_not_merge(merged: Merged) -> None:
    """A contract is changed more often than its version is; a stream without a digest is taken."""
    one, other, older = green(), green(), green()
    one.header["document"] |= {"digest": "a" * 64}
    other.header["document"] |= {"digest": "b" * 64}
    with pytest.raises(OtherDocument, match=r"judged .* as bbbbbbbbbbbb, the first stream as aaaa"):
        merged(named(one, "a"), named(other, "b"))
    assert merged(named(one, "a"), named(older, "b")).verdict == "conformant"


def test_no_stream_is_nothing_to_merge(tmp_path: Path) -> None:
    """An empty glob in a CI is an error, not a pass."""
    with pytest.raises(NothingToMerge):
        merge([], tmp_path)


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    """Merging into the directory of one of the streams would destroy it."""
    path = green().write(tmp_path / "events.ndjson")
    whole = path.read_bytes()
    with pytest.raises(OverwritesItsInput):
        merge([path], tmp_path)
    assert path.read_bytes() == whole


def test_a_stream_that_has_no_place_is_not_left_half(tmp_path: Path, monkeypatch) -> None:
    """It would be read as a run that was cut short."""
    path = green().write(tmp_path / "events.ndjson")

    def full(*_: object) -> None:
        raise OSError(27, "File too large")

    monkeypatch.setattr("conformance.events.writer._write_all", full)
    with pytest.raises(NotWritten, match=r"out/events\.ndjson: .* written: File too large\."):
        merge([path], tmp_path / "out")
    assert not list((tmp_path / "out").iterdir())


def test_a_damaged_event_is_named_by_stream_and_line(tmp_path: Path) -> None:
    """Among many streams it must be clear which is the bad one."""
    sample = green()
    del sample.judgements[0]["requirement"]
    path = sample.write(tmp_path / "bad.ndjson")
    with pytest.raises(
        Unreadable, match=r"bad\.ndjson:18: an event outside the schema: .*requirement"
    ):
        merge([path, green().write(tmp_path / "good.ndjson")], tmp_path / "out")
