"""Files that cannot be read as what they should be: a usage error, said in one sentence."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Unreadable(ValueError):
    """A file is not what it was named as; the text says which, what is wrong, and what to do."""


class EventOutsideSchema(Unreadable):
    """An event lacks what the schema of events demands of it."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(
            f"{path}:{line}: an event outside the schema: {problem}. The stream was edited or damaged."
        )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Name the event that the schema forbids, should what is done with a stream fail because of it.

    Streams are long and almost always right, so they are not validated before anything has failed.
    """
    try:
        yield
    except (Unreadable, UnicodeEncodeError):
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        if problem := _first_problem(path):
            raise problem from error
        raise


def _first_problem(path: Path) -> EventOutsideSchema | None:
    import jsonschema_rs

    from conformance.events.reader import read_events, validate_event

    for number, event in enumerate(read_events(path), start=1):
        try:
            validate_event(event)
        except jsonschema_rs.ValidationError as error:
            place = "/".join(str(part) for part in error.instance_path)
            return EventOutsideSchema(path, number, f"/{place}: {error.message[:200]}")
    return None
