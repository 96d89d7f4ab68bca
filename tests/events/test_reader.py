"""The stream: written a line at a time, read back whole, torn or damaged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from conformance.events.reader import (
    EventWriter,
    NotAnEvent,
    read_events,
    read_exchanges,
    validate_event,
)
from tests.support import samples

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.events.reader import Event

NOTICE = {"event": "notice", "level": "info", "region": None, "message": "hello"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "events.ndjson"


def write(path: Path, event: Event) -> None:
    writer = EventWriter(path)
    writer.write(event)
    writer.close()


@pytest.mark.parametrize("name", ["green", "one_fault", "faulty_region", "cut", "hostile", "many"])
def test_every_sample_event_is_valid(name: str) -> None:
    """The samples that the views are tested with are events the schema allows."""
    for event in getattr(samples, name)().events():
        validate_event(event)


@pytest.mark.parametrize(
    "change",
    [
        {"level": "loud"},
        {"event": "rumour"},
        {"message": ""},
    ],
    ids=["level", "kind", "empty"],
)
def test_an_event_outside_the_schema_is_refused(change: dict[str, str]) -> None:
    """A field with another value than the schema's is an error, not a warning."""
    with pytest.raises(jsonschema_rs.ValidationError):
        validate_event(NOTICE | change)


def test_a_key_in_the_place_of_its_variable_is_refused() -> None:
    """The header names the variable of a key; a value that looks like a key does not pass the schema."""
    header = samples.green().header
    header["regions"]["india"]["key"] = "fk_live_2b9Xc0ffee"
    with pytest.raises(jsonschema_rs.ValidationError):
        validate_event(header)


def test_each_event_is_on_the_disk_when_write_returns(path: Path) -> None:
    """A killed process loses no event it had written, closed or not."""
    writer = EventWriter(path)
    writer.write(NOTICE)
    assert list(read_events(path)) == [NOTICE]
    writer.write(NOTICE | {"message": "again"})
    assert [event["message"] for event in read_events(path)] == ["hello", "again"]
    writer.close()


def test_a_torn_last_line_is_left_out(path: Path) -> None:
    """What a killed run leaves half-written is not an event."""
    write(path, NOTICE)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    assert list(read_events(path)) == [NOTICE]


def test_a_line_torn_inside_a_character_is_left_out(path: Path) -> None:
    """A tear may fall between the bytes of one character."""
    write(path, NOTICE)
    path.write_bytes(path.read_bytes() + '{"event":"notice","message":"é'.encode()[:-1])
    assert list(read_events(path)) == [NOTICE]


def test_a_damaged_line_in_the_middle_is_an_error_with_its_place(path: Path) -> None:
    """Only the last line may be torn; damage elsewhere would hide results."""
    write(path, NOTICE)
    path.write_bytes(b'{"event":\n' + path.read_bytes())
    with pytest.raises(NotAnEvent, match=r"events\.ndjson:1:"):
        list(read_events(path))


def test_half_a_surrogate_pair_becomes_visible_text(path: Path) -> None:
    """JSON can carry what UTF-8 cannot; it is spelled out rather than failing later."""
    write(path, NOTICE | {"message": "\ud83d"})
    assert next(read_events(path))["message"] == "\\ud83d"


def test_half_a_surrogate_pair_written_by_others_becomes_visible_text(path: Path) -> None:
    """A stream written elsewhere is read with the same care."""
    path.parent.mkdir()
    path.write_text(json.dumps(NOTICE | {"message": "\udc80 😀"}) + "\n")
    assert next(read_events(path))["message"] == "\\udc80 😀"


def test_exchanges_are_read_without_the_rest(path: Path) -> None:
    """A view that shows traffic reads the exchanges and nothing else, whoever wrote the stream."""
    sample = samples.one_fault()
    sample.write(path)
    assert list(read_exchanges(path)) == sample.exchanges
    path.write_text("".join(json.dumps(event) + "\n" for event in sample.events()))
    assert list(read_exchanges(path)) == sample.exchanges
