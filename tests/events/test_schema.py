"""The JSON Schema of an event: what is shipped is what the messages are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs
import msgspec
import pytest

from conformance.events.errors import Unreadable
from conformance.events.messages import Event
from conformance.events.reader import read_events
from conformance.events.schema import events_schema, text_of
from tests.support import samples
from tests.support.schemas import events_validator, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NOTICE = {"event": "notice", "level": "info", "region": None, "message": "hello"}


def _bent(kind: str, *path: str | int, to: Any) -> dict[str, Any]:
    """An event of a sample with one value replaced, or with the value left out where `to`
    is `...`.
    """
    sample = samples.faulty_region()
    event: Any = next(event for event in sample.events() if event["event"] == kind)
    *parents, last = path
    node = event
    for step in parents:
        node = node[step]
    if to is ...:
        del node[last]
    else:
        node[last] = to
    return event


OUTSIDE: dict[str, Callable[[], dict[str, Any]]] = {
    "no kind": lambda: {"level": "info", "message": "hello"},
    "unknown kind": lambda: NOTICE | {"event": "rumour"},
    "notice level": lambda: NOTICE | {"level": "loud"},
    "empty message": lambda: NOTICE | {"message": ""},
    "header without a run": lambda: _bent("header", "run", to=...),
    "another schema": lambda: _bent("header", "schema", to=2),
    "a key and not its variable": lambda: _bent(
        "header", "regions", "india", "key", to="fk_live_2b9Xc0ffee"
    ),
    "unknown area": lambda: _bent("header", "catalogue", 0, "area", to="weather"),
    "unknown level": lambda: _bent("header", "catalogue", 0, "level", to="MAY"),
    "line 0": lambda: _bent("header", "operations", 0, "line", to=0),
    "expected of two": lambda: _bent("header", "expected", 0, to=["PAG-01", "list"]),
    "waiver without an end": lambda: _bent(
        "header", "waivers", to=[{"requirement": "A", "reason": "b", "owner": "c"}]
    ),
    "no attempt": lambda: _bent("exchange", "attempts", to=0),
    "status in words": lambda: _bent("exchange", "response", "status", to="200"),
    "header of one": lambda: _bent("exchange", "request", "headers", 0, to=["Accept"]),
    "no response field": lambda: _bent("exchange", "response", to=...),
    "unknown state": lambda: _bent("judgement", "state", to="guessed"),
    "negative evidence": lambda: _bent("judgement", "evidence", to={"pages": -1}),
    "no findings": lambda: _bent("judgement", "findings", to=...),
    "finding without exchanges": lambda: _bent(
        "judgement", "findings", to=[{"expected": "a", "actual": "b"}]
    ),
    "requests in words": lambda: _bent("footer", "requests", to={"india": "many"}),
}


def test_the_shipped_schema_is_made_from_the_messages() -> None:
    """A field that is added to a message is added to the schema: `python -m
    conformance.events.schema`.
    """
    assert shipped("conformance.events", "events") == text_of(events_schema())


@pytest.mark.parametrize("name", ["green", "one_fault", "faulty_region", "cut", "hostile", "many"])
def test_every_sample_event_is_valid(name: str) -> None:
    """The samples that the views are tested with are events the schema allows."""
    validator = events_validator()
    for event in getattr(samples, name)().events():
        validator.validate(event)


@pytest.mark.parametrize("make", OUTSIDE.values(), ids=list(OUTSIDE))
def test_the_schema_and_the_reader_refuse_the_same(
    make: Callable[[], dict[str, Any]], tmp_path: Path
) -> None:
    """What another program's validator rejects, this package does not read."""
    event = make()
    with pytest.raises(jsonschema_rs.ValidationError):
        events_validator().validate(event)

    path = tmp_path / "events.ndjson"
    path.write_bytes(msgspec.json.encode(event) + b"\n")
    with pytest.raises(Unreadable):
        list(read_events(path))


def test_what_is_written_is_valid() -> None:
    """A message that is encoded again is one the schema allows, whatever it leaves out."""
    validator, decoder = events_validator(), msgspec.json.Decoder(Event)
    for event in samples.faulty_region().events():
        validator.validate(msgspec.to_builtins(decoder.decode(msgspec.json.encode(event))))
