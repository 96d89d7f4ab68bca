"""One row of the table of options, and the names that each source has for it."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from conformance.settings.kinds import Many
from conformance.settings.regions import Regions

if TYPE_CHECKING:
    from conformance.settings.kinds import Kind

FLAG, ENVIRONMENT, FILE = "flag", "environment", "file"
EVERYWHERE = (FLAG, ENVIRONMENT, FILE)
PREFIX = "CONFORMANCE_"
KEY = (
    f"{PREFIX}KEY"  # of the API: with the name of a region behind it, or by itself for all of them
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What can be set.

    `sources` says where: flag, environment, file. `asks` says that a run with another value asks or
    judges something else, so that the command that repeats a run must carry it. `default_text` is
    the default in words where the value says nothing.
    """

    kind: Kind
    group: str
    help: str
    short: str = ""
    sources: tuple[str, ...] = EVERYWHERE
    asks: bool = True
    default_text: str = ""
    pytest_flag: str = ""
    name: str = ""
    default: Any = None

    @property
    def flag(self) -> str:
        """The flag of the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def variable(self) -> str:
        """The environment variable."""
        return f"{PREFIX}{self.name.upper()}"

    @property
    def repeatable(self) -> bool:
        """Whether the flag may be given several times."""
        return isinstance(self.kind, Many | Regions)

    @property
    def shown_default(self) -> str:
        """The default as the help shows it; empty where there is none to show."""
        if self.default_text or self.default in (None, (), False) or callable(self.default):
            return self.default_text
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default)


def option(default: Any, kind: Kind, help: str, **more: Any) -> Any:
    """A field of the settings with its row of the table; a callable default makes one for
    each run.
    """
    row = Option(kind=kind, help=help, default=default, **more)
    if callable(default):
        return field(default_factory=default, metadata={"option": row})
    return field(default=default, metadata={"option": row})


def rows_of(settings: Any) -> dict[str, Option]:
    """The table of options that a settings class is made of, by name."""
    from dataclasses import replace

    return {one.name: replace(one.metadata["option"], name=one.name) for one in fields(settings)}
