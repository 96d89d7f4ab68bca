"""What it costs to keep keys out of texts: the search, beside reading the same text as JSON."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from benchmarks.row import Row, in_turn
from conformance.client.credentials import Secret
from conformance.client.redaction import Redactor
from conformance.mock.credentials import KEYS
from conformance.runner.records import BODY_SEARCHED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.setting import Setting

TEXTS = 300
ROWS = 100


def measure(setting: Setting) -> Iterator[Row]:
    """Processor time to search the body of an exchange, as much of it as a record may hold."""
    secrets = [Secret(f"FORMANT_API_KEY_{name.upper()}", key) for name, key in KEYS.items()]
    text, redact = _page(), Redactor(secrets)
    shown = text[:BODY_SEARCHED]
    sides = in_turn(
        lambda: _microseconds(lambda: redact(shown)),
        lambda: _microseconds(lambda: json.loads(text)),
        2 * setting.times,
    )
    yield Row(
        "redaction",
        f"processor time to search the body of a page of {ROWS} rows for two keys",
        "json.loads of the same body",
        4.0,
        values=sides.ratios,
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        side="us",
    )


def _page() -> str:
    rows = [
        {
            "id": 4_000 + number,
            "name": f"Campaign {number} of spring",
            "status": "completed",
            "created_at": f"2026-01-{number % 28 + 1:02}T09:30:00Z",
            "agent_id": number % 7,
            "total": 120 + number,
        }
        for number in range(ROWS)
    ]
    return json.dumps({"data": rows, "total": ROWS, "has_more": False})


def _microseconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    for _ in range(TEXTS):
        act()
    return (time.process_time() - began) / TEXTS * 1e6
