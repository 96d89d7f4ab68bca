"""A trouble as data, and the stage that it is played on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from conformance.prove.hostile.server import Behave

SERVER, MACHINE, USE, FILES = "server", "machine", "use", "files"
SIDES = (SERVER, MACHINE, USE, FILES)
SECONDS = {SERVER: 120.0, MACHINE: 60.0, USE: 30.0, FILES: 60.0}  # that a row may take
MEMORY = 400.0  # MB that the processes of a row may hold together
ARTEFACTS = 200.0  # MB that a run may write


@dataclass(slots=True)
class Stage:
    """Where a row is played: set up by the trouble, then the program is started on it.

    `folder` is the current directory. `before_exec` is called
    in the new process, `meanwhile` while it runs, `after` once it has ended: it says what is wrong.
    """

    folder: Path
    material: Path  # the reports of a healthy run (`good`) and of a faulty one (`bad`)
    arguments: list[str]
    variables: dict[str, str | None] = field(default_factory=dict)
    python: list[str] = field(default_factory=list)  # options of the interpreter
    wrapper: list[str] = field(default_factory=list)  # a command before the interpreter
    module: str = "conformance"
    before_exec: Callable[[], None] | None = None
    meanwhile: Callable[[subprocess.Popen[bytes]], None] | None = None
    after: Callable[[], str] | None = None
    stdout: int | None = None  # a descriptor; None: kept

    @property
    def out(self) -> Path:
        """Where the run writes."""
        return self.folder / "reports"


class SetUp(Protocol):
    """Makes a stage as the trouble needs it."""

    def __call__(self, stage: Stage, /) -> None:
        """Change the stage."""


class Unplayable(Exception):
    """This machine cannot make the trouble; the text says what it lacks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One row: what happens, and how the program has to end.

    `exits` are the exit codes that are right. Each pattern of `says` must be found in what the
    program printed. `behave` is what stands in the place of region global. Where `reports` is true
    the run must leave a whole report.json. `problems` is how many a report may name at most.
    """

    name: str
    side: str
    sentence: str
    exits: tuple[int, ...]
    says: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ("run",)
    behave: Behave | None = None
    set_up: SetUp | None = None
    reports: bool = False
    problems: int | None = None
    seconds: float | None = None

    @property
    def most_seconds(self) -> float:
        """The seconds that it may take."""
        return self.seconds or SECONDS[self.side]
