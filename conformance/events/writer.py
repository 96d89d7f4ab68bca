"""Events written: one JSON object a line, each on its way to the disk when it was handed over."""

from __future__ import annotations

import json
import os
import re
import shutil
from threading import Lock
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import RawIOBase
    from pathlib import Path

    from conformance.events.messages import Event

# JSON can spell half of a surrogate pair and UTF-8 cannot: a server that sends one must not break a
# report.
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_ENCODER = msgspec.json.Encoder()


class EventWriter:
    """Appends events to a file, from any thread. The stream is complete if its last event is a
    footer.

    `problem` says why nothing more is written, if so; `on_problem` is called once when it arises.
    """

    def __init__(self, path: Path, on_problem: Callable[[], None] | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.problem: str | None = None
        self._on_problem = on_problem
        # Unbuffered: a killed run loses at most the line being written.
        self._file = path.open("w+b", buffering=0)
        self._lock = Lock()

    def write(self, event: Event) -> None:
        """Write one event as one line."""
        self.write_lines(encoded(event))

    def write_lines(self, lines: bytes) -> None:
        """Write events that are encoded already, whole lines; after a failure none."""
        with self._lock:
            if self.problem is not None:
                return
            try:
                _write_all(self._file, lines)
            except OSError as error:
                self.problem = error.strerror or str(error)
        if self.problem is not None and self._on_problem is not None:
            self._on_problem()

    def close(self) -> None:
        """Close the file, and see to it that its path leads to it: what another program put there
        meanwhile is no stream of this run. Raises OSError.
        """
        try:
            if not self._is_in_place():
                self._put_back()
        finally:
            self._file.close()

    def _is_in_place(self) -> bool:
        try:
            return os.path.samestat(self.path.stat(), os.fstat(self._file.fileno()))
        except OSError:
            return False

    def _put_back(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        copy = self.path.with_name(f".{self.path.name}.own")
        self._file.seek(0)
        with copy.open("wb") as target:
            shutil.copyfileobj(self._file, target)
        copy.replace(self.path)


def _write_all(file: RawIOBase, data: bytes) -> None:
    """A disk that is nearly full takes a part first."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]


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
