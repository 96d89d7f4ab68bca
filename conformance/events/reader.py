"""Events read back from a stream, as often as needed: whole, or only as much of them as a view
needs.

A stream that is being written, or whose run was killed, may end within a line: that line is left out. Every
other line must be an event of this version of the schema; the error says which line is not, and why.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, cast

import msgspec

from conformance.events.errors import EventOutsideSchema, LineTooLong, NotAnEvent, UnknownEvents
from conformance.events.messages import (
    SCHEMA_VERSION,
    Event,
    ExchangeRecord,
    ExchangeSummary,
    Footer,
    Header,
    Judgement,
    Notice,
)
from conformance.events.writer import spelled
from conformance.reading import must_not_wait

if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from pathlib import Path

    Decoder = msgspec.json.Decoder[Any]

# Bytes of a line: the header of a run of thousands of operations is a tenth of that. A longer one is
# of no run, and would fill the memory before it could be refused.
LONGEST = 48_000_000

CountedEvent = Header | ExchangeSummary | Judgement | Notice | Footer


def read_events(path: Path) -> Iterator[Event]:
    """Every event, whole; raises Unreadable for a line that is none."""
    return _events(path, _decoder(Event))


def read_counted(path: Path) -> Iterator[CountedEvent]:
    """Every event, exchanges as summaries; raises Unreadable for a line that is none."""
    return _events(path, _decoder(CountedEvent))


def read_exchanges(path: Path) -> Iterator[ExchangeRecord]:
    """The exchanges, whole; of other events only the kind is read."""
    decoder = _exchanges_only(ExchangeRecord)
    return (event for event in _events(path, decoder) if isinstance(event, ExchangeRecord))


def read_summaries(path: Path, whole: Container[str]) -> Iterator[ExchangeSummary | ExchangeRecord]:
    """The exchanges as summaries, but whole where `whole` has their ids."""
    summaries, records = _exchanges_only(ExchangeSummary), _exchanges_only(ExchangeRecord)
    for line in _lines(path):
        event = line.decoded(summaries)
        if isinstance(event, ExchangeSummary):
            yield line.decoded(records) if event.id in whole else event


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a stream, and where it stands."""

    path: Path
    number: int
    text: bytes

    def decoded(self, decoder: Decoder) -> Any:
        """The event; nothing for a blank line or a torn one."""
        try:
            return decoder.decode(self.text)
        except msgspec.ValidationError as error:
            raise self._refused(self.text, str(error)) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            repaired = self._repaired()
        return None if repaired is None else self._decoded_again(repaired, decoder)

    def _repaired(self) -> bytes | None:
        """The line with its half surrogate pairs spelled out, which only other writers
        leave in it.
        """
        try:
            return spelled(json.loads(self.text))
        except ValueError:
            if self.text.endswith(b"\n") and self.text.strip():
                raise NotAnEvent(self.path, self.number) from None
            return None

    def _decoded_again(self, text: bytes, decoder: Decoder) -> Any:
        try:
            return decoder.decode(text)
        except msgspec.DecodeError as error:
            raise self._refused(text, str(error)) from None

    def _refused(self, text: bytes, problem: str) -> Exception:
        """What is wrong with a line that is JSON and no event of this version."""
        try:
            known = msgspec.json.decode(text, type=_Kind)
        except msgspec.DecodeError:
            return NotAnEvent(self.path, self.number)
        if known.event == "header" and known.schema != SCHEMA_VERSION:
            return UnknownEvents(self.path, known.schema)
        return EventOutsideSchema(self.path, self.number, problem)


class _Kind(msgspec.Struct):
    event: str
    schema: Any = None


def _lines(path: Path) -> Iterator[_Line]:
    must_not_wait(path)  # it is read more than once, and a pipe would be empty then
    with path.open("rb") as lines:
        parts = iter(partial(lines.readline, LONGEST + 1), b"")
        for number, text in enumerate(parts, start=1):
            if len(text) > LONGEST:
                raise LineTooLong(path, number, LONGEST)
            if text != b"\n":
                yield _Line(path, number, text)


def _events(path: Path, decoder: Decoder) -> Iterator[Any]:
    for line in _lines(path):
        event = line.decoded(decoder)
        if event is not None:
            yield event


@cache
def _decoder(kinds: Any) -> Decoder:
    return msgspec.json.Decoder(kinds)


@cache
def _exchanges_only(exchange: type[msgspec.Struct]) -> Decoder:
    """Decodes exchanges as the given struct; of the other kinds nothing but the tag is kept."""
    others = [_empty(kind) for kind in (Header, Judgement, Notice, Footer)]
    kinds: Any = exchange
    for other in others:
        kinds = kinds | other
    return _decoder(kinds)


def _empty(kind: type[msgspec.Struct]) -> Any:
    tag = cast("str", kind.__struct_config__.tag)
    return msgspec.defstruct(f"Empty{kind.__name__}", [], tag_field="event", tag=tag)
