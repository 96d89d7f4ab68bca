"""The event stream of a run: one JSON object a line, written as it happens, read back as often as needed."""

from __future__ import annotations

import json
import re
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import jsonschema_rs

Event = dict[str, Any]

SCHEMA_VERSION = 1

# JSON can spell half of a surrogate pair and UTF-8 cannot: a server that sends one must not break a report.
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class NotAnEvent(ValueError):  # noqa: N818
    """A line of the stream is no JSON object, and it is not the last one, which may be torn."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(
            f"{path}:{line}: not a JSON object with an `event`. The stream was edited or damaged."
        )
        self.path = path
        self.line = line


class UnknownEvents(ValueError):  # noqa: N818
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
        line = encoded(event)
        with self._lock:
            self._file.write(line)

    def close(self) -> None:
        """Close the file; the stream is complete only if its last event is a footer."""
        self._file.close()


def encoded(event: Event) -> bytes:
    """One event as a line of UTF-8; half surrogate pairs become visible text."""
    line = json.dumps(event, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return (_HALF_PAIR.sub(_spelled, line) + "\n").encode()


def read_events(path: Path) -> Iterator[Event]:
    """Read a stream from its start; a torn last line is left out, for a killed run leaves one."""
    for _, event in read_events_with_offsets(path):
        yield event


def read_events_with_offsets(path: Path) -> Iterator[tuple[int, Event]]:
    """Read a stream with the byte offset of each event, so that a second pass can seek."""
    offset = 0
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            event = _decoded(line)
            if event is not None:
                yield offset, event
            elif line.endswith(b"\n") and line.strip():
                raise NotAnEvent(path, number)
            offset += len(line)


def read_event_at(path: Path, offsets: list[int]) -> Iterator[Event]:
    """Read the events that start at these byte offsets, in the order of the file."""
    with path.open("rb") as lines:
        for offset in sorted(offsets):
            lines.seek(offset)
            event = _decoded(lines.readline())
            if event is not None:
                yield event


def validate_event(event: Event) -> None:
    """Raise `jsonschema_rs.ValidationError` unless the event is what the schema says."""
    _validator().validate(event)


@cache
def _validator() -> jsonschema_rs.Validator:
    from conformance.reporting.schema import validator

    return validator("events")


def _decoded(line: bytes) -> Event | None:
    try:
        event = json.loads(line)
        if b"\\ud" in line or b"\\uD" in line:
            event = json.loads(encoded(event))
    except ValueError:
        return None
    return event if isinstance(event, dict) and "event" in event else None


def _spelled(half: re.Match[str]) -> str:
    return f"\\\\u{ord(half.group()):04x}"
