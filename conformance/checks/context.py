"""What a check asks: the operation it is about, and the sender of its requests.

`Context` is a value: what is checked, where, under which settings. `Sender` is the one object of a
check that touches a server. What the answers mean is not decided here; see
`conformance.checks.evidence`.
"""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from conformance.checks.drawing import drawn
from conformance.checks.odd_identities import odd_paths
from conformance.checks.presenting import carrying, plain_request
from conformance.checks.rows_seen import RowsSeen
from conformance.contract.security import NOTHING
from conformance.contract.values import path_pattern
from conformance.laws.schemas import Schemas
from conformance.plan import SAFE_METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from conformance.checks.check_settings import CheckSettings
    from conformance.checks.drawing import Generated, Source
    from conformance.client import Exchange, RegionClient, Request
    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.contract.security import Presentation

T = TypeVar("T")
UNKNOWN = "-/does-not-exist-7f3a"
ALONE = 20  # requests that are generated at least where an operation has no list to ask further of


@dataclass(frozen=True)
class Context:
    """One operation in one region, or without a region in all of them; without an operation the
    document.
    """

    contract: Contract
    checked: Operation | None
    region: str | None
    seed: int
    settings: CheckSettings
    compiled: Schemas | None = (
        None  # the operation's schemas, where another check has compiled them
    )
    learn: Callable[[Operation, str], Operation] = lambda operation, _: operation
    draw: Callable[[Source, Operation, int], list[Generated]] = drawn

    @cached_property
    def operation(self) -> Operation:
        """The operation that is checked, with the values that its region gives for its path."""
        assert self.checked is not None
        return self.checked if self.region is None else self.learn(self.checked, self.region)

    def lacking(self, regions: Iterable[str]) -> list[str]:
        """The regions of the check in which no value is known for the operation's path."""
        if self.checked is None or not self.checked.feeds:
            return []
        asked = regions if self.region is None else (self.region,)
        return [name for name in asked if self.learn(self.checked, name).plain_path is None]

    def names_nothing(self, exchange: Exchange) -> bool:
        """Whether there is nothing any more at the path that was learned from a list."""
        if exchange.status != 404 or self.checked is None or not self.checked.feeds:
            return False
        return exchange.request.path == self.learn(self.checked, exchange.region).plain_path

    def request_in(self, region: str, request: Request) -> Request:
        """A request of all regions as one of them is asked: about something that it has.

        The request may be another region's, to be asked again. What no region has is asked for as
        it is.
        """
        if self.region is not None or self.checked is None or not self.checked.feeds:
            return request
        if request.path in odd_paths(self.checked):
            return request
        path, filled = request.path, self.learn(self.checked, region).plain_path
        match = path_pattern(self.checked.path).match(path)
        if match is None or filled is None:
            return request
        return replace(request, path=filled + path[match.end() :])

    @property
    def operation_id(self) -> str:
        """The operation's id; `document` where the document itself is checked."""
        return self.checked.id if self.checked else "document"

    @cached_property
    def schemas(self) -> Schemas:
        """The compiled schemas of the operation's answers."""
        return self.compiled or Schemas(self.contract, self.operation)

    @property
    def path(self) -> str:
        """The path that is asked for."""
        return self.operation.plain_path or self.operation.path

    def few(self, values: Sequence[T], smoke: int) -> Sequence[T]:
        """All values, or under the smoke profile the first `smoke`: lists begin with what tells
        most.
        """
        return values[:smoke] if self.settings.profile == "smoke" else values

    @property
    def cases(self) -> int:
        """How many requests are generated, if there are so many."""
        least = 0 if self.operation.has_pages else ALONE
        return max(self.settings.cases, least)

    @property
    def unknown_path(self) -> str:
        """A path beneath the operation's that nobody has."""
        return f"{self.path.rstrip('/')}/{UNKNOWN}"

    @property
    def brackets(self) -> str:
        """A query of brackets, which some parsers make lists and objects of: of a parameter that
        nobody has, and of each that the operation has.
        """
        return "&".join(["a[b][c]=1", *(f"{name}[]=1" for name in self.operation.query_names)])

    @property
    def credential(self) -> Presentation:
        """The region's own key as it is documented; nothing, where the operation takes none."""
        security = self.operation.presented
        return security.presentation if security else NOTHING

    def request(self, *query: tuple[str, Any], **more: Any) -> Request:
        """A request of the operation with the region's own key."""
        return carrying(self._plain(*query, **more), self.credential)

    def anonymous(self, *query: tuple[str, Any], **more: Any) -> Request:
        """A request of the operation, or of another `method` or `path`, without any credential.

        It carries what the operation requires. Without a certificate that is required, what ends the
        connection may refuse it.
        """
        request = self._plain(*query, **more)
        return request if request.certificate else replace(request, edge=True)

    def _plain(self, *query: tuple[str, Any], **more: Any) -> Request:
        pairs = tuple((name, str(value)) for name, value in query)
        return plain_request(self.operation, *pairs, **more)


def _ignore(_exchange: Exchange) -> None:
    """Judge nothing."""


class Recording(Protocol):
    """Where the exchanges of a check go."""

    def record(self, exchange: Exchange) -> None:
        """Record an exchange; called as soon as it is answered, by the thread that has
        the answer.
        """

    def count(self, exchange: Exchange) -> None:
        """Count an exchange of a stream that shows nothing."""


class Sender:
    """Sends the requests of one check.

    `observe` is called with every new exchange, in the thread of the check; an answer that another
    check has asked for already is not new. `observe_streamed` is called with each one of a stream
    instead, and says whether it is to be recorded. `unsettled` counts, by region and for all checks
    together, how often its data never stood still; `rows_seen` how long its list was.
    `kept` gives the requests that failed in earlier runs.
    """

    def __init__(
        self,
        context: Context,
        clients: Mapping[str, RegionClient],
        observe: Callable[[Exchange], None],
        observe_streamed: Callable[[Exchange], bool],
        recording: Recording,
        unsettled: Counter[str | None] | None = None,
        rows_seen: RowsSeen | None = None,
        kept: Callable[[], Sequence[Request]] = tuple,
    ) -> None:
        self.context = context
        self.clients = clients
        self._unsettled = Counter() if unsettled is None else unsettled
        self._kept = kept
        self._rows_seen = RowsSeen() if rows_seen is None else rows_seen
        self._observe = observe
        self._observe_streamed = observe_streamed
        self._recording = recording
        self.bereft: set[str] = set()  # regions in which the operation's path named nothing

    @property
    def contract(self) -> Contract:
        """The contract of the run."""
        return self.context.contract

    @property
    def operation(self) -> Operation:
        """The operation that is checked."""
        return self.context.operation

    @property
    def schemas(self) -> Schemas:
        """The compiled schemas of the operation's answers."""
        return self.context.schemas

    @property
    def settings(self) -> CheckSettings:
        """The settings that checks may read."""
        return self.context.settings

    @property
    def client(self) -> RegionClient:
        """The client of the check's region."""
        assert self.context.region is not None
        return self.clients[self.context.region]

    @property
    def unsettled(self) -> int:
        """How often the region's data never stood still."""
        return self._unsettled[self.context.region]

    def note_unsettled(self) -> None:
        """Count that the region's data did not stand still long enough to confirm a finding."""
        self._unsettled[self.context.region] += 1

    def note_rows(self, count: int) -> None:
        """Take in how many rows the list of the check's region was read to have."""
        if self.context.region is not None:
            self._rows_seen.count(self.context.region, count)

    def pause(self, seconds: float) -> None:
        """Ask nothing for a while; raises RegionLost when the region is given up meanwhile."""
        self.client.pause(seconds)

    @property
    def has_moved(self) -> bool:
        """Whether the rows of the check's region were seen to come, go or move."""
        return self.context.region is not None and self._rows_seen.has_moved(self.context.region)

    def note_moved(self) -> None:
        """Take in that the list of the check's region was not the same in two readings."""
        if self.context.region is not None:
            self._rows_seen.note_moved(self.context.region)

    @property
    def kept(self) -> Sequence[Request]:
        """The requests that failed in earlier runs."""
        return self._kept()

    @property
    def rows(self) -> int | None:
        """How many rows the list has, of several regions the one with the fewest; None where no
        answer said.
        """
        regions = [self.context.region] if self.context.region else list(self.clients)
        return self._rows_seen.least(regions)

    def few(self, values: Sequence[T], smoke: int) -> Sequence[T]:
        """See `Context.few`."""
        return self.context.few(values, smoke)

    def request(self, *query: tuple[str, Any], **more: Any) -> Request:
        """See `Context.request`."""
        return self.context.request(*query, **more)

    def anonymous(self, *query: tuple[str, Any], **more: Any) -> Request:
        """See `Context.anonymous`."""
        return self.context.anonymous(*query, **more)

    def send(self, request: Request, *, again: bool = False, region: str | None = None) -> Exchange:
        """One exchange; `again` asks the server even where the answer is known."""
        return self.send_all([request], again=again, region=region)[0]

    def send_all(
        self, requests: Iterable[Request], *, again: bool = False, region: str | None = None
    ) -> list[Exchange]:
        """The exchanges of many requests sent at once, in the order of the requests."""
        client = self.clients[region] if region else self.client
        if region:
            requests = [self.context.request_in(region, request) for request in requests]

        requests = list(requests)
        is_write = any(request.method not in SAFE_METHODS for request in requests)
        with client.writing if is_write else nullcontext():
            answered = client.send_all(
                requests,
                self.context.operation_id,
                again=again,
                on_answer=self._recording.record,
            )

        for exchange, new in answered:
            self._rows_seen.note(exchange, self.operation)
            if self.context.names_nothing(exchange):
                self.bereft.add(exchange.region)
            if new:
                self._observe(exchange)

        return [exchange for exchange, _ in answered]

    def alone(self) -> AbstractContextManager[object]:
        """While it is entered no other check sends the region what may change its state."""
        return self.client.writing

    def about(self, operation: Operation, values: Mapping[str, str]) -> Sender:
        """A sender of another operation, with these values in its path. Its answers are judged by
        whoever asks: other requirements may apply to that operation.
        """
        known = replace(operation.knowing(values), feeds={})
        context = replace(self.context, checked=known, compiled=None)
        return Sender(context, self.clients, _ignore, bool, self._recording)

    def stream(self, requests: Iterable[Request]) -> Iterator[Exchange]:
        """Exchanges one after another, fetched ahead; the caller keeps what it needs."""
        for exchange in self.client.stream(requests, self.context.operation_id):
            if self._observe_streamed(exchange):
                self._recording.record(exchange)
            else:
                self._recording.count(exchange)
            yield exchange
