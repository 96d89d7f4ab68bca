"""Files that cannot be read as what they should be: a usage error, said in one sentence.

Unreadable
    NotAnEvent          a line of a stream is no JSON object with an `event`
    LineTooLong         a line of a stream is longer than any event
    EventOutsideSchema  an event lacks what the schema demands
    UnknownEvents       the stream was written for another version of the schema
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.events.messages import SCHEMA_VERSION

if TYPE_CHECKING:
    from pathlib import Path


LONGEST = 300  # characters of what a decoder says, which may repeat a value


class Unreadable(ValueError):
    """A file is not what it was named as; the text says which, what is wrong, and what to do."""


class NotAnEvent(Unreadable):
    """A line of the stream is no JSON object, and it is not the last one, which may be torn."""

    def __init__(self, path: Path, line: int) -> None:
        why = "This is no event stream." if line == 1 else "The stream was edited or damaged."
        super().__init__(f"{path}:{line}: not a JSON object with an `event`. {why}")
        self.path = path
        self.line = line


class LineTooLong(Unreadable):
    """A line of the stream is longer than any event, and would fill the memory."""

    def __init__(self, path: Path, line: int, most: int) -> None:
        super().__init__(
            f"{path}:{line}: a line of over {most // 1_000_000} MB. No event is that long: this is "
            "no event stream, or it was edited or damaged."
        )


class EventOutsideSchema(Unreadable):
    """An event lacks what the schema of events demands of it."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(
            f"{path}:{line}: an event outside the schema: {problem[:LONGEST]}. The stream was "
            "edited or damaged."
        )


class UnknownEvents(Unreadable):
    """The stream was written for another version of the event schema."""

    def __init__(self, path: Path, version: object) -> None:
        super().__init__(
            f"{path}: events of schema {version!r}; this version reads schema {SCHEMA_VERSION}. "
            "Render it with the version of the suite that wrote it."
        )
