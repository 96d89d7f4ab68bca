"""The heads of exchanges: what is counted and measured of each, without parsing what was said.

Nine tenths of a stream are bodies, and counting needs none of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.events.reader import decoded, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conformance.events.reader import Event

# As the writer begins an exchange, and what follows its head. Inside a string the quotes would be escaped.
_EXCHANGE = b'{"event":"exchange"'
_REQUEST = b',"request":{'
_STATUS = re.compile(rb',"response":(?:\{"status":(\d+),|(null),)')


def read_heads(path: Path) -> Iterator[Event]:
    """The events of a stream, its exchanges shortened to their heads and `status` (none: no response)."""
    for line, number in lines_of(path):
        event = _head(line) if line.startswith(_EXCHANGE) else None
        event = event or decoded(line, path, number)
        if event is not None:
            yield event if event["event"] != "exchange" else _with_status(event)


def read_exchange_heads(path: Path, whole: dict[str, None]) -> Iterator[Event]:
    """The heads of the exchanges, and those with the ids in `whole` as they are, `status` included."""
    for line, number in lines_of(path, b'{"event":"judgement"'):
        event = _head(line) if line.startswith(_EXCHANGE) else None
        if event is None or event["id"] in whole:
            event = decoded(line, path, number)
        if event is not None and event["event"] == "exchange":
            yield _with_status(event)


def _head(line: bytes) -> Event | None:
    """The head of an exchange written by this suite; nothing for a line of any other form."""
    end = line.find(_REQUEST)
    status = _STATUS.search(line, end) if end > 0 and line.endswith(b"}\n") else None
    if status is None:
        return None
    event = decoded(line[:end] + b"}")
    return event | {"status": int(status[1]) if status[1] else None} if event else None


def _with_status(event: Event) -> Event:
    if "status" not in event:
        event["status"] = event["response"]["status"] if event["response"] else None
    return event
