"""The event stream of a run: one JSON object a line, written as it happens, read back as often as needed."""

from __future__ import annotations

import json
import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

from conformance.events.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import jsonschema_rs

Event = dict[str, Any]

SCHEMA_VERSION = 1

# JSON can spell half of a surrogate pair and UTF-8 cannot: a server that sends one must not break a report.
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class NotAnEvent(Unreadable):
    """A line of the stream is no JSON object, and it is not the last one, which may be torn."""

    def __init__(self, path: Path, line: int) -> None:
        why = "This is no event stream." if line == 1 else "The stream was edited or damaged."
        super().__init__(f"{path}:{line}: not a JSON object with an `event`. {why}")
        self.path = path
        self.line = line


class UnknownEvents(Unreadable):
    """The stream was written for another version of the event schema."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{path}: events of schema {version!r}; this version reads schema {SCHEMA_VERSION}. "
            "Render it with the version of the suite that wrote it."
        )


class EventWriter:
    """Appends events to a file; each is on its way to the disk when `write` returns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        # Unbuffered: a killed run loses at most the line being written.
        self._file = path.open("wb", buffering=0)
        self._lock = Lock()

    def write(self, event: Event) -> None:
        """Write one event as one line."""
        self.write_lines(encoded(event))

    def write_lines(self, lines: bytes) -> None:
        """Write events that are encoded already, whole lines."""
        with self._lock:
            self._file.write(lines)

    def close(self) -> None:
        """Close the file; the stream is complete only if its last event is a footer."""
        self._file.close()


_ENCODER = msgspec.json.Encoder()


def encoded(event: Event) -> bytes:
    """One event as a line of UTF-8; half surrogate pairs become visible text."""
    try:
        return _ENCODER.encode(event) + b"\n"
    except UnicodeEncodeError:
        line = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        return (_HALF_PAIR.sub(_spelled, line) + "\n").encode()


def read_events(path: Path) -> Iterator[Event]:
    """Read a stream from its start; a torn last line is left out, for a killed run leaves one."""
    return _read(path, passed_over=None)


def read_exchanges(path: Path) -> Iterator[Event]:
    """Read the exchanges of a stream; what the writer began as a judgement is not even parsed."""
    events = _read(path, passed_over=b'{"event":"judgement"')
    return (event for event in events if event["event"] == "exchange")


def _read(path: Path, passed_over: bytes | None) -> Iterator[Event]:
    for line, number in lines_of(path, passed_over):
        event = decoded(line, path, number)
        if event is not None:
            yield event


def lines_of(path: Path, passed_over: bytes | None = None) -> Iterator[tuple[bytes, int]]:
    """The lines of a stream with their numbers, less those that begin with `passed_over`."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not (passed_over and line.startswith(passed_over)):
                yield line, number


def decoded(line: bytes, path: Path | None = None, number: int = 0) -> Event | None:
    """The event of a line; nothing for a blank or torn one, NotAnEvent for one that is whole and is none."""
    event = _decoded(line)
    if event is None and path is not None and line.endswith(b"\n") and line.strip():
        raise NotAnEvent(path, number)
    return event


def validate_event(event: Event) -> None:
    """Raise `jsonschema_rs.ValidationError` unless the event is what the schema says."""
    _validator().validate(event)


@cache
def _validator() -> jsonschema_rs.Validator:
    from conformance.events.schema import validator

    return validator("events")


def _decoded(line: bytes) -> Event | None:
    try:
        event = _quickly_decoded(line) or json.loads(encoded(json.loads(line)))
    except ValueError:
        return None
    return event if isinstance(event, dict) and "event" in event else None


def _quickly_decoded(line: bytes) -> Any:
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None  # torn, or with half of a surrogate pair


def _spelled(half: re.Match[str]) -> str:
    return f"\\\\u{ord(half.group()):04x}"
