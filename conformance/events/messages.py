"""The messages of an event stream, in the order in which a run sends them.

    Header                      what the run was asked to do
    ExchangeRecord, Notice      as they happen
    Judgement                   as checks end
    Footer                      what it came to

Each is a JSON object whose `event` names it. Fields may be added within a version of the schema.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from conformance.events.model import (
    Count,
    Deviating,
    Finding,
    Key,
    Operation,
    Region,
    Requirement,
    Sampled,
    Seconds,
    Text,
    Unexercised,
    Waiver,
)

SCHEMA_VERSION = 1

Moment = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]  # RFC 3339
State = Literal["judged", "inconclusive", "not_applicable", "broken"]
NoticeLevel = Literal["info", "warning", "error"]
NoticeKind = Literal["reduced"]
NotApplicable = tuple[Text, Text, str | None, Text]  # a key, and the reason
Pairs = tuple[tuple[str, str], ...]


class Document(Struct, frozen=True):
    """The OpenAPI document that was judged, of several the first one; paths are relative to where the
    run was started. `digest` is of all of them with their overlays (SHA-256): revisions may share a
    version.
    """

    title: str
    version: str
    path: str
    overlay: str = ""
    digest: str = ""


class MergedRun(Struct, frozen=True):
    """A run that a merged stream is made of."""

    run: str
    started: Moment
    seed: int
    profile: str
    regions: tuple[str, ...]
    requests: dict[str, Count]
    duration_seconds: Seconds
    config: dict[str, Any] = field(default_factory=dict)


class Header(Struct, frozen=True, kw_only=True, tag_field="event", tag="header"):
    """What a run was asked to do.

    `config` is the effective configuration without keys. What of `expected` gets no judgement is
    broken in a run that reached its end.
    """

    schema: Literal[1] = 1
    suite: str
    run: Text
    started: Moment
    seed: int
    profile: str
    strict: bool
    require_exercised: bool = False
    document: Document
    regions: dict[str, Region]
    config: dict[str, Any]
    catalogue: tuple[Requirement, ...]
    operations: tuple[Operation, ...]
    expected: tuple[Key, ...]
    not_applicable: tuple[NotApplicable, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    runs: tuple[MergedRun, ...] = ()


class SentRequest(Struct, frozen=True, gc=False):
    """A request as it may be shown: keys are the names of their variables."""

    method: str
    url: str
    headers: Pairs
    body: str | None
    curl: str


class ReceivedResponse(Struct, frozen=True, gc=False):
    """A response as it may be shown; `size` counts the bytes of the whole body, `body`
    may be cut.
    """

    status: int
    reason: str
    http_version: str
    headers: Pairs
    body: str | None
    size: Count
    truncated: bool


class ExchangeRecord(
    Struct, frozen=True, kw_only=True, gc=False, tag_field="event", tag="exchange"
):
    """A request and what came back: a response, or the error that says why there is none.

    `operation` and `check` are null for a request of no operation or no check, as preflight's are.
    More than one of `attempts`: the connection broke and the request was safe to repeat; `retried`
    says what the attempts before the last one came to. `lapse` says how it failed as anything may while
    a region is out of order: the status, no answer, or a page in the place of the answer.
    """

    id: Text
    region: Text
    operation: str | None
    check: str | None
    started: Moment
    seconds: Seconds
    attempts: Annotated[int, Meta(ge=1)]
    request: SentRequest
    response: ReceivedResponse | None
    error: str | None
    retried: tuple[Text, ...] = ()
    lapse: Text | None = None

    @property
    def status(self) -> int | None:
        """The status of the response, where there is one."""
        return self.response.status if self.response else None


class Answered(Struct, frozen=True, gc=False):
    """As much of a response as counting needs."""

    status: int


class ExchangeSummary(
    Struct, frozen=True, kw_only=True, gc=False, tag_field="event", tag="exchange"
):
    """As much of an exchange as counting and measuring need: nine tenths of a stream are bodies."""

    id: Text
    region: Text
    operation: Text
    started: Moment
    seconds: Seconds
    attempts: Annotated[int, Meta(ge=1)]
    response: Answered | None
    retried: tuple[Text, ...] = ()
    lapse: Text | None = None

    @property
    def status(self) -> int | None:
        """The status of the response, where there is one."""
        return self.response.status if self.response else None


class Judgement(Struct, frozen=True, kw_only=True, tag_field="event", tag="judgement"):
    """What one check has to say of one requirement. Judgements of the same key add up.

    `run` is the run that judged, in a merged stream. `omitted` counts the findings that are not
    listed; `unlisted` says of which requests they were, as far as they fit, and `unlisted_at` of which
    place in the answer each speaks. `cases` has requests of
    other findings that break this requirement too, by what one answer shows: they explain, and need
    no explanation. `deviating` says what is wrong with the answers that findings rest on.
    `unexercised` says what the data could not show, `sampled` how much of a list was read,
    `exhausted` that there was no more to ask than was asked.
    """

    requirement: Text
    operation: Text
    region: Text | None
    run: Text | UnsetType = UNSET
    check: str
    state: State
    reason: str | None = None
    evidence: dict[str, Count]
    seconds: Seconds = 0.0
    findings: tuple[Finding, ...]
    omitted: Count = 0
    unexercised: Unexercised | None = None
    sampled: Sampled | None = None
    exhausted: bool = False
    unlisted: tuple[tuple[Text, ...], ...] = ()
    unlisted_at: tuple[str, ...] = ()
    cases: tuple[Text, ...] = ()
    deviating: tuple[Deviating, ...] = ()


class Notice(Struct, frozen=True, kw_only=True, tag_field="event", tag="notice"):
    """Something a person should know that is no result; an error leaves the run unverified.

    `kind` is `reduced` where a region was asked less than the profile plans.
    """

    level: NoticeLevel
    region: str | None = None
    message: Text
    kind: NoticeKind | UnsetType = UNSET


class Footer(Struct, frozen=True, kw_only=True, tag_field="event", tag="footer"):
    """The end of a run; `stopped` or `error` say why it ended early."""

    finished: Moment
    duration_seconds: Seconds
    requests: dict[str, Count]
    stopped: str | None = None
    error: str | None = None


Event = Header | ExchangeRecord | Judgement | Notice | Footer
