"""The nouns of a run, each defined once: requirement, operation, region, finding, waiver.

Contract and settings read these from their files, the event stream carries them, the verdict and
the reports show them. All are immutable. A `str | None` region means all regions together.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct, field

Level = Literal["MUST", "SHOULD"]
Area = Literal[
    "schema", "pagination", "filters", "authentication", "robustness", "parity", "document"
]

LEVELS: tuple[Level, ...] = get_args(Level)
AREAS: tuple[Area, ...] = get_args(Area)

Text = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]
Seconds = Annotated[float, Meta(ge=0)]

# Why nothing can be said of a list: a check gives this reason, and the verdict knows it by that.
EMPTY = "the list has no rows"

# What identifies a result, within a run and from run to run: requirement, operation, region.
Key = tuple[Text, Text, str | None]


class RowsNeeded(Struct, frozen=True, omit_defaults=True):
    """How many rows a list must have before it can show a requirement broken.

    `show` names what such a list shows. `at_least` is the number itself; `above` names the size of
    a page of which one row more is needed: the default one, or the largest.
    """

    show: Text
    at_least: Count = 0
    above: Literal["", "default", "maximum"] = ""


class Unexercised(Struct, frozen=True, gc=False):
    """What the data of an account cannot show: it has `found` of the `needed` rows or values."""

    show: Text
    needed: Count
    found: Count
    unit: str = "rows"


class Sampled(Struct, frozen=True, gc=False):
    """How much of a list was read: `read` of its `total` rows, at its head and its tail; or how many
    limits were asked for.
    """

    read: Count
    total: Count
    unit: str = "rows"


class Requirement(Struct, frozen=True):
    """A promise of the API, as the catalogue states it.

    It is judged on operations that have the trait `applies_to`, and those of `needs` besides.
    `evidence` says how many observations of each kind a pass needs at least, `rows_needed` how many
    rows there must be for them to tell anything. `explained_by` are globs of the requirements whose
    failure of the same request explains a failure of this. `fatal`: where nothing meets it, it
    explains them without a common request.
    """

    id: Text
    level: Level
    area: Area
    statement: Text
    source: str = ""
    applies_to: str = ""
    evidence: dict[str, Count] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    explained_by: tuple[str, ...] = ()
    rows_needed: RowsNeeded | None = None
    fatal: bool = False

    @property
    def traits(self) -> tuple[str, ...]:
        """Everything that an operation must have for it to be judged there."""
        return (self.applies_to, *self.needs)

    @property
    def promise(self) -> str:
        """The statement without the level, where that stands beside it."""
        return self.statement.removeprefix(f"{self.level}: ")


class Operation(Struct, frozen=True):
    """An operation, and the line of its document it starts at; `document` is the path of that, where
    there are several.
    """

    id: Text
    method: str
    path: str
    line: Annotated[int, Meta(ge=1)] = 1
    traits: tuple[str, ...] = ()
    document: str = ""


class Region(Struct, frozen=True):
    """A deployment that is judged; `rows` is the length of the list that the preflight request
    read.
    """

    url: str
    key: Annotated[
        str, Meta(pattern="^[A-Z0-9_]*$", description="the name of the variable, never the key")
    ] = ""
    latency_ms: Annotated[float, Meta(ge=0)] | None = None
    rows: Count | None = None


class WalkPage(Struct, frozen=True, gc=False):
    """A page of a walk; `rows` is how many rows came."""

    offset: int
    limit: int
    rows: Count
    exchange: Text | None = None


class Walk(Struct, frozen=True, gc=False):
    """A list followed from page to page; `duplicates` and `gaps` are offsets of rows."""

    total: int
    pages: tuple[WalkPage, ...]
    duplicates: tuple[int, ...] = ()
    gaps: tuple[int, ...] = ()


class Fails(Struct, frozen=True, gc=False):
    """Where a finding fails on one axis of its request: from `low` to `high`.

    The axis ends at `lowest` and `highest`; everywhere else on it the request is known to hold, or
    was not asked. Of a `step` of 2 it fails at every second value. `open`: the window at `high` ends
    the list, so that larger values show nothing.
    """

    axis: Text
    low: int
    high: int
    lowest: int
    highest: int
    step: Annotated[int, Meta(ge=1)] = 1
    open: bool = False


class Deviating(Struct, frozen=True, gc=False):
    """A request of findings, the window that it asks for, and how the answer deviates by itself.

    `window` has its value on each axis of `Fails`, `besides` what it says besides that: its filters,
    header fields, version of HTTP; `filters` identifies the values of its filters. `wrong` has the
    parts of the answer that are none of what the contract allows, nothing where all are: two answers
    that have one of them in common fail alike.
    """

    asked: Text
    window: dict[Text, int]
    wrong: tuple[Text, ...]
    besides: tuple[Text, ...] = ()
    filters: str = ""


class Smallest(Struct, frozen=True, gc=False):
    """The smallest request that shows a finding, as a shell command."""

    curl: str


class Finding(Struct, frozen=True, kw_only=True, gc=False):
    """One deviation from a requirement, as it is recorded.

    `exchanges` are ids, the most telling first; `asked` identifies their requests, so that two
    findings of one request are known to be that. `at` is the place in the answer that it speaks
    of, a JSON pointer with `*` for an index or a word. `level` is the finding's own, where it has one;
    else the requirement's counts. `keeps` and `breaks` name regions, where regions are compared, and
    `sides` says what each of them has. `fails` is the part of the requests in which it fails.
    """

    expected: str
    actual: str
    level: Level | None = None
    note: str | None = None
    keeps: tuple[str, ...] | None = None
    breaks: tuple[str, ...] | None = None
    exchanges: tuple[Text, ...]
    asked: tuple[Text, ...] = ()
    at: str | None = None
    smallest: Smallest | None = None
    walk: Walk | None = None
    sides: dict[str, str] | None = None
    fails: tuple[Fails, ...] = ()

    @property
    def curl(self) -> str | None:
        """The command that shows it again."""
        return self.smallest.curl if self.smallest else None


class Waiver(Struct, frozen=True, kw_only=True):
    """A deviation that is accepted, up to and including a day.

    `requirement`, `region` and `operation` are globs; without a region or an operation it is for
    any.
    """

    requirement: Text
    region: str | None = None
    operation: str | None = None
    reason: Text
    owner: Text
    expires: date
