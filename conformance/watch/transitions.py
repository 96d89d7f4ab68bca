"""What changed with the last run of a history: what starts to fail, recovers, or is flaky. Pure."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from conformance.verdict.history import TELLING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from conformance.events.model import Key
    from conformance.verdict.history import History, Track

Kind = Literal["failing", "recovered", "silent", "flaky", "lost", "back"]
WINDOW = 12  # runs that are looked back on
FLAKY = 3  # turns among them that make a requirement flaky rather than failing or recovered
_BAD = frozenset({"failed", "warned"})
_TOLD = TELLING | {"unexercised"}
_WORDS: dict[Kind, str] = {
    "failing": "starts failing",
    "recovered": "recovers",
    "silent": "fails no longer, but its data cannot show that it holds",
    "flaky": "is flaky",
    "lost": "cannot be judged",
    "back": "can be judged again",
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One change: a requirement in a place, or without a requirement a whole region."""

    kind: Kind
    region: str | None
    requirement: str = ""
    operation: str = ""
    message: str = ""

    @property
    def sentence(self) -> str:
        """The change in one line."""
        place = " · ".join(part for part in (self.region, self.operation) if part)
        subject = f"{self.requirement} ({place})" if self.requirement else f"region {self.region}"
        sentence = f"{subject} {_WORDS[self.kind]}"
        # A region's own message begins with its name, and often with its address in parentheses.
        message = self.message.removeprefix(f"{subject} ")
        message = re.sub(r"^\((\S+)\) ", r"\1 ", message)
        return f"{sentence}: {message}" if message else sentence


def of_results(
    history: History, messages: Mapping[Key, str], failing: Collection[Key] = ()
) -> list[Transition]:
    """The changes of requirements that the last run of a history brought; `failing` are those that
    failed when they were last told, however long ago: an outage may be longer than a history.
    """
    transitions = []
    for track in history.tracks:
        kind = _kind(track, was_bad=track.key in failing)
        if kind:
            requirement, operation, region = track.key
            message = "" if kind == "recovered" else messages.get(track.key, "")
            transitions.append(Transition(kind, region, requirement, operation, message))
    return transitions


def still_failing(history: History, failing: Collection[Key]) -> set[Key]:
    """What fails after the last run, where that told; what failed before, where it did not."""
    last = {track.key: track.outcomes[-1] for track in history.tracks}
    told = {key for key, outcome in last.items() if outcome in _TOLD}
    return (set(failing) - told) | {key for key in told if last[key] in _BAD}


def of_regions(before: Mapping[str, str], now: Mapping[str, str]) -> list[Transition]:
    """The regions that were lost, and those that are back; each mapping says what is wrong."""
    lost = [
        Transition("lost", name, message=why) for name, why in now.items() if name not in before
    ]
    back = [Transition("back", name) for name in before if name not in now]
    return lost + back


def _kind(track: Track, *, was_bad: bool) -> Kind | None:
    """What the last run changed; nothing where it could not tell, or where nothing turned."""
    told = [one for one in track.outcomes if one in _TOLD]
    bad = [outcome in _BAD for outcome in told]
    if not bad or track.outcomes[-1] != told[-1]:
        return None
    turned = bad[-1] != (bad[-2] if len(bad) > 1 else was_bad)
    if not turned:
        return None
    if _turns(bad) >= FLAKY:
        # Said when it becomes so, and not again with each of its further turns.
        return "flaky" if _turns(bad[:-1]) < FLAKY else None
    if bad[-1]:
        return "failing"
    # What was not seen to fail is not seen to hold, where the rows for that are missing.
    return "silent" if told[-1] == "unexercised" else "recovered"


def _turns(bad: Sequence[bool]) -> int:
    return sum(before != after for before, after in itertools.pairwise(bad))
