"""Events written: one JSON object a line, each on its way to the disk when it was handed over."""

from __future__ import annotations

import json
import re
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.events.messages import Event

# JSON can spell half of a surrogate pair and UTF-8 cannot: a server that sends one must not break a
# report.
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_ENCODER = msgspec.json.Encoder()


class EventWriter:
    """Appends events to a file, from any thread. The stream is complete if its last event is a
    footer.
    """

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
        """Close the file."""
        self._file.close()


def encoded(event: Event) -> bytes:
    """One event as a line of UTF-8; half surrogate pairs become visible text."""
    try:
        return _ENCODER.encode(event) + b"\n"
    except UnicodeEncodeError:
        return spelled(msgspec.to_builtins(event))


def spelled(document: Any) -> bytes:
    """A JSON value as a line of UTF-8, its half surrogate pairs written as `\\ud83d` is here."""
    line = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return (_HALF_PAIR.sub(_escaped, line) + "\n").encode()


def _escaped(half: re.Match[str]) -> str:
    return f"\\\\u{ord(half.group()):04x}"
