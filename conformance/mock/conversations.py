"""The conversations of a region: few, so they are made and kept in memory, from the same seed."""

from __future__ import annotations

import random
import uuid
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conformance.mock.seeding import Population

MOST = 113  # more than the largest page has
SHARE = 0.9  # of as many conversations as there are batch calls
STATUSES = ("completed", "completed", "completed", "in_progress", "failed", "no_answer")
RECORDED = ("completed", "in_progress")
TIES = 3  # so many begin at one instant

Conversation = dict[str, Any]


class Conversations:
    """Every conversation of a region, the newest first."""

    def __init__(self, population: Population) -> None:
        self._population = population

    @cached_property
    def rows(self) -> list[Conversation]:
        """All of them, the newest first."""
        population = self._population
        count = min(MOST, round(SHARE * population.rows))
        # Another region's are others, whatever the seed.
        drawn = random.Random(f"{population.seed} {population.first_id}")  # noqa: S311 - rows that are the same in each run, no secret
        rows = [_conversation(population, number, drawn) for number in range(count)]
        return sorted(
            rows, key=lambda row: (row["start_timestamp"], row["conversation_id"]), reverse=True
        )

    def of(self, agent_id: int | None = None) -> list[Conversation]:
        """Those of an agent, or all."""
        return [row for row in self.rows if agent_id in (None, row["agent_id"])]

    def find(self, name: str) -> Conversation | None:
        """The one of an id."""
        return next((row for row in self.rows if row["conversation_id"] == name), None)


def _conversation(population: Population, number: int, drawn: random.Random) -> Conversation:
    seconds = drawn.randrange(5, 900)
    start = (population.epoch + 7_919 * (number // TIES)) * 1000 + 766
    return {
        "agent_id": drawn.choice(population.agents),
        "contact_number": f"+9198{drawn.randrange(10**8):08}",
        "conversation_id": f"{uuid.UUID(int=drawn.getrandbits(128), version=4)}_1",
        "duration_seconds": seconds,
        "end_timestamp": start + 1000 * seconds,
        "start_timestamp": start,
        "status": drawn.choice(STATUSES),
    }


def recording(row: Conversation) -> bytes | None:
    """The sound of a conversation: silence, as long as it takes a header; none where nobody spoke."""
    if row["status"] not in RECORDED or row["duration_seconds"] is None:
        return None
    samples: bytes = bytes([128]) * (100 + row["duration_seconds"])
    form = b"fmt " + (16).to_bytes(4, "little") + bytes.fromhex("01000100400000004000000001000800")
    sound = b"WAVE" + form + b"data" + len(samples).to_bytes(4, "little") + samples
    length = len(sound).to_bytes(4, "little")
    return b"".join((b"RIFF", length, sound))
