"""The table of all troubles, by name."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from conformance.prove.entries import NoSuchEntry
from conformance.prove.hostile.bodies import BODIES
from conformance.prove.hostile.disguises import DISGUISES
from conformance.prove.hostile.documents import DOCUMENTS
from conformance.prove.hostile.echoes import ECHOES
from conformance.prove.hostile.files import BACK
from conformance.prove.hostile.further import FURTHER
from conformance.prove.hostile.invented import INVENTED
from conformance.prove.hostile.links import LINKS
from conformance.prove.hostile.machine import MACHINES
from conformance.prove.hostile.odds import ODDS
from conformance.prove.hostile.poisons import POISONS
from conformance.prove.hostile.use import USES
from conformance.prove.hostile.wire import WIRE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.prove.hostile.trouble import Trouble

_ALL = (
    *WIRE,
    *BODIES,
    *ECHOES,
    *MACHINES,
    *USES,
    *BACK,
    *INVENTED,
    *FURTHER,
    *POISONS,
    *DISGUISES,
    *ODDS,
    *DOCUMENTS,
    *LINKS,
)
TROUBLES: dict[str, Trouble] = {trouble.name: trouble for trouble in _ALL}
assert len(TROUBLES) == len(_ALL)
EVERY = 15  # one of so many is in the sample


def troubles(globs: Sequence[str], *, sample: bool = False) -> list[Trouble]:
    """The troubles of these names, sides or globs, all where there is none; raises NoSuchEntry."""
    chosen = list(TROUBLES.values())
    for glob in globs:
        if not any(_matches(trouble, glob) for trouble in chosen):
            raise NoSuchEntry(f"--hostile {glob}: matches none; --list names them")
    if globs:
        chosen = [one for one in chosen if any(_matches(one, glob) for glob in globs)]
    return chosen[::EVERY] if sample else chosen


def _matches(trouble: Trouble, glob: str) -> bool:
    return fnmatchcase(trouble.name, glob) or trouble.side == glob
