"""The reader: whole, only exchanges, only as much as counting needs; torn or damaged streams."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from conformance.events import reader
from conformance.events.errors import EventOutsideSchema, LineTooLong, NotAnEvent, UnknownEvents
from conformance.events.messages import ExchangeRecord, ExchangeSummary, Judgement, Notice
from conformance.events.reader import read_counted, read_events, read_exchanges, read_summaries
from tests.support.samples import HOSTILE, green, hostile, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.samples import Sample

NOTICE = b'{"event":"notice","level":"info","region":null,"message":"hello"}\n'
HELLO = Notice(level="info", message="hello")
FORMS = pytest.mark.parametrize(
    "separators", [(",", ":"), (", ", ": ")], ids=["as written here", "by others"]
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "events.ndjson"


def write(path: Path, sample: Sample, separators: tuple[str, str] = (",", ":")) -> Path:
    lines = [
        json.dumps(event, ensure_ascii=False, separators=separators) for event in sample.events()
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8", errors="backslashreplace")
    return path


def plain(event: Any) -> Any:
    """An event as JSON has it."""
    return json.loads(msgspec.json.encode(event))


def within(part: Any, whole: Any) -> bool:
    """Whether a JSON value is the other, but for fields that the other has beside."""
    if isinstance(part, dict):
        return all(name in whole and within(value, whole[name]) for name, value in part.items())
    if isinstance(part, list):
        return len(part) == len(whole) and all(map(within, part, whole))
    return bool(part == whole)


def confusing() -> Sample:
    """Exchanges that contain what looks like other parts of an exchange."""
    sample = hostile()
    sample.exchanges[1] |= {
        "response": None,
        "error": 'reset ,"request":{ "response":{"status":500,',
    }
    sample.exchanges[2]["check"] = ',"request":{' + HOSTILE
    sample.exchanges[3]["request"]["body"] = '"response":{"status":500,'
    return sample


def test_every_event_is_read_as_it_was_written(path: Path) -> None:
    """Header, exchanges, judgements, notices and footer, each with all of its fields."""
    sample = one_fault()
    sample.header["waivers"] = [
        {"requirement": "PAG-*", "region": None, "operation": None}
        | {"reason": "known", "owner": "api-team", "expires": "2026-12-31"}
    ]
    read = [plain(event) for event in read_events(write(path, sample))]
    written = list(sample.events())
    assert [event["event"] for event in read] == [event["event"] for event in written]
    for was, event in zip(written, read, strict=True):
        assert within(was, event)


def test_fields_that_are_not_known_are_passed_over(path: Path) -> None:
    """Fields may be added within a version of the schema."""
    path.write_bytes(NOTICE.replace(b'"level"', b'"colour":{"r":1},"level"'))
    assert list(read_events(path)) == [HELLO]


@FORMS
def test_a_summary_says_what_the_whole_says(path: Path, separators: tuple[str, str]) -> None:
    """Whoever wrote the line, and whatever a server put into it."""
    sample = confusing()
    summaries = [
        e for e in read_counted(write(path, sample, separators)) if isinstance(e, ExchangeSummary)
    ]
    assert [(e.id, e.region, e.attempts, e.seconds, e.status) for e in summaries] == [
        (e["id"], e["region"], e["attempts"], e["seconds"], (e["response"] or {}).get("status"))
        for e in sample.exchanges
    ]


def test_what_is_counted_is_all_of_the_rest(path: Path) -> None:
    """Judgements come whole; only exchanges are shortened."""
    whole = [
        event
        for event in read_events(write(path, one_fault()))
        if not isinstance(event, ExchangeRecord)
    ]
    counted = [event for event in read_counted(path) if not isinstance(event, ExchangeSummary)]
    assert counted == whole
    assert any(isinstance(event, Judgement) and event.findings for event in counted)


@FORMS
def test_exchanges_are_read_without_the_rest(path: Path, separators: tuple[str, str]) -> None:
    """A view that shows traffic reads the exchanges and nothing else."""
    sample = one_fault()
    assert [plain(e) for e in read_exchanges(write(path, sample, separators))] == sample.exchanges


def test_exchanges_that_are_wanted_come_whole(path: Path) -> None:
    """The page shows some and measures all."""
    sample = one_fault()
    wanted = sample.exchanges[-1]["id"]
    exchanges = list(read_summaries(write(path, sample), whole={wanted}))
    assert len(exchanges) == len(sample.exchanges)
    assert [e.id for e in exchanges if isinstance(e, ExchangeRecord)] == [wanted]
    assert plain(exchanges[-1]) == sample.exchanges[-1]


def test_a_torn_last_line_is_left_out(path: Path) -> None:
    """What a killed run leaves half-written is not an event."""
    path.write_bytes(NOTICE + NOTICE[: len(NOTICE) // 2])
    assert list(read_events(path)) == [HELLO]


def test_a_line_torn_inside_a_character_is_left_out(path: Path) -> None:
    """A tear may fall between the bytes of one character."""
    path.write_bytes(NOTICE + '{"event":"notice","message":"é'.encode()[:-1])
    assert list(read_events(path)) == [HELLO]


@pytest.mark.parametrize(
    "damaged", [b'{"event":\n', b"[]\n", b"{}\n", b"hello\n", b'{"event":7}\n', b'{"x":NaN}\n']
)
@pytest.mark.parametrize("read", [read_events, read_counted, read_exchanges])
def test_a_damaged_line_in_the_middle_is_an_error_with_its_place(
    path: Path, damaged: bytes, read: Any
) -> None:
    """Only the last line may be torn; damage elsewhere would hide results."""
    path.write_bytes(NOTICE + damaged + NOTICE)
    with pytest.raises(NotAnEvent, match=r"events\.ndjson:2:"):
        list(read(path))


def test_a_torn_exchange_is_left_out_at_the_end_and_nowhere_else(path: Path) -> None:
    """Summaries keep the same rules as whole events."""
    sample = one_fault()
    sample.judgements, sample.footer = [], None
    whole = write(path, sample).read_bytes()
    path.write_bytes(whole[:-40])
    assert len(list(read_counted(path))) == len(sample.exchanges)
    path.write_bytes(whole[:-40] + b"\n" + whole.splitlines(keepends=True)[-1])
    with pytest.raises(NotAnEvent):
        list(read_counted(path))


def test_an_event_outside_the_schema_is_named_by_line_and_field(path: Path) -> None:
    """The person who edited it learns which field it is."""
    path.write_bytes(NOTICE + NOTICE.replace(b"info", b"loud"))
    with pytest.raises(EventOutsideSchema, match=r"events\.ndjson:2: .*loud.* - at `\$\.level`"):
        list(read_events(path))


def test_a_stream_of_another_schema_is_told_from_a_damaged_one(path: Path) -> None:
    """Whatever else its header lacks."""
    path.write_bytes(b'{"event":"header","schema":9}\n')
    with pytest.raises(UnknownEvents, match="schema 9"):
        list(read_events(path))
    path.write_bytes(b'{"event":"header","schema":1}\n')
    with pytest.raises(EventOutsideSchema, match="suite"):
        list(read_events(path))


@pytest.mark.parametrize("read", [read_events, read_counted])
def test_half_a_surrogate_pair_written_by_others_becomes_visible_text(
    path: Path, read: Any
) -> None:
    """A stream written elsewhere is read with the same care."""
    path.write_bytes(NOTICE.replace(b"hello", b"\\udc80 \\ud83d\\ude00"))
    assert next(read(path)).message == "\\udc80 😀"


def test_a_body_with_half_a_surrogate_pair_is_no_hindrance(path: Path) -> None:
    """Neither to those who read it nor to those who pass it over."""
    sample = green()
    sample.exchanges[0]["response"]["body"] = "\ud83d"
    path.write_text("".join(json.dumps(event) + "\n" for event in sample.events()))
    response = next(read_exchanges(path)).response
    assert response is not None
    assert response.body == "\\ud83d"
    assert len(list(read_counted(path))) == len(list(sample.events()))


def test_a_line_without_an_end_is_not_read_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bound, and a sentence that names the line."""
    monkeypatch.setattr(reader, "LONGEST", 1_000)
    path = tmp_path / "events.ndjson"
    path.write_bytes(b'{"event":"notice","level":"info","message":"' + b"x" * 2_000 + b'"}\n')
    with pytest.raises(LineTooLong, match=r"events\.ndjson:1: a line of over 0 MB\. No event"):
        list(read_events(path))
