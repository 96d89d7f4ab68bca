"""What a run created, and its removal at the end: also of a run that was stopped."""

from __future__ import annotations

import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conformance.checks.presenting import carrying, plain_request
from conformance.client import RegionLost
from conformance.client.budget import Spent
from conformance.client.errors import ErrorKind
from conformance.client.stop import INTERVAL, Stopped
from conformance.contract.security import NOTHING
from conformance.contract.values import path_names, values_in
from conformance.laws.created import identity_of
from conformance.laws.writes import GONE
from conformance.verdict.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.client import Exchange, RegionClient, Request
    from conformance.contract import Contract
    from conformance.contract.operation import Operation

# Of these errors nothing was sent, or nothing was there to take it.
UNSENT = (ErrorKind.REFUSED, ErrorKind.TLS)
APPEARS = 1.0  # seconds after which what was created is there, if it is at all
STOPPED, FINISHED = 5.0, 60.0  # seconds that the removal may take


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is there because the run created it."""

    region: str
    operation: str  # that deletes it
    values: dict[str, str]  # of the names in that one's path, the identity among them
    identity: Any


class Cleanup:
    """Notes what is created and deleted, from any thread."""

    def __init__(self, contract: Contract) -> None:
        self._operations = {one.id: one for one in contract.operations}
        self._creating = [
            one for one in contract.operations if one.creation and one.creation.deleted_by
        ]
        self._left: dict[tuple[str, str], Left] = {}  # by region and the path that deletes it
        self._under_way: list[tuple[str, Request]] = []  # by region, requests that may create
        self._unknown: Counter[str] = (
            Counter()
        )  # by region, of which nobody knows what they created
        self._lock = threading.Lock()

    @contextmanager
    def under_way(self, region: str, request: Request) -> Iterator[bool]:
        """What creates is awaited: see `client.effects`."""
        if self._creator(request) is None:
            yield False
            return

        entry = region, request
        with self._lock:
            self._under_way.append(entry)
        try:
            yield True
        except (Stopped, Spent):  # before it was sent
            raise
        except BaseException:
            self._lose_sight(region)
            raise
        finally:
            with self._lock:
                self._under_way.remove(entry)

    def _lose_sight(self, region: str) -> None:
        with self._lock:
            self._unknown[region] += 1

    def settle(self, seconds: float) -> None:
        """Wait for the answers that are under way, so long at most: what they create is deleted."""
        until = time.monotonic() + seconds
        while self._under_way and time.monotonic() < until:
            time.sleep(INTERVAL)
        with self._lock:
            self._unknown.update(region for region, _ in self._under_way)

    def _creator(self, request: Request) -> Operation | None:
        """The operation that creates what this request may."""
        return next((one for one in self._creating if _is_of(request, one)), None)

    def note(self, exchange: Exchange) -> None:
        """Take in an exchange: it may have created something, or deleted it."""
        request = exchange.request
        if request.method == "DELETE":
            if exchange.ok or exchange.status in GONE:
                with self._lock:
                    self._left.pop((exchange.region, request.path), None)
            return

        operation = self._creator(request)
        if operation is None or not _may_have_created(exchange):
            return
        left = self._created(operation, exchange)
        if left is None:
            self._lose_sight(exchange.region)
            return
        with self._lock:
            self._left[exchange.region, self._request(left).path] = left

    def _created(self, operation: Operation, exchange: Exchange) -> Left | None:
        creation = operation.creation
        assert creation is not None
        assert creation.deleted_by is not None
        identity = identity_of(exchange, creation)
        if identity is None:
            return None
        # Below others, such as a shop's orders: what deletes it lies below the same ones.
        above = values_in(operation.path, exchange.request.path) or ()
        names = path_names(self._operations[creation.deleted_by].path)
        values = dict(zip(names, above, strict=False)) | {creation.name: str(identity)}
        return Left(exchange.region, creation.deleted_by, values, identity)

    def _request(self, left: Left) -> Request:
        operation = self._operations[left.operation].knowing(left.values)
        credential = operation.presented.presentation if operation.presented else NOTHING
        return carrying(plain_request(operation), credential)

    def run(
        self, client_of: Callable[[str], RegionClient], seconds: float
    ) -> list[tuple[str, str]]:
        """Delete what is left, each region by a client of its own; regions in which something
        remains, each with a sentence.
        """
        until = time.monotonic() + seconds
        with self._lock:
            waiting = list(self._left.values())
        for region in dict.fromkeys(left.region for left in waiting):
            client = client_of(region)
            try:
                there = [left for left in waiting if left.region == region]
                late = self._delete(client, there, until)
                if late and time.monotonic() + APPEARS < until:
                    time.sleep(APPEARS)
                    self._delete(client, late, until)
                for left in late:
                    self._forget(left)
            except RegionLost:
                continue
            finally:
                client.close()
        regions = dict.fromkeys([region for region, _ in self._left])
        said = [(region, self._sentence(region)) for region in regions]
        with self._lock:
            unknown, self._unknown = self._unknown, Counter()
        return said + [(region, _unknown(region, count)) for region, count in unknown.items()]

    def _delete(self, client: RegionClient, there: list[Left], until: float) -> list[Left]:
        """Delete as much as there is time for; what is not there, or not yet."""
        missing = []
        for left in there:
            if time.monotonic() >= until:
                break
            exchange = client.probe(self._request(left), left.operation)
            if exchange.ok:
                self._forget(left)
            elif exchange.status in GONE:
                missing.append(left)
        return missing

    def _forget(self, left: Left) -> None:
        with self._lock:
            self._left.pop((left.region, self._request(left).path), None)

    def _sentence(self, region: str) -> str:
        names = [str(left.identity) for left in self._left.values() if left.region == region]
        shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
        return f"region {region} still has {len(names)} of what the run created: {shown}"


def _is_of(request: Request, operation: Operation) -> bool:
    is_path = values_in(operation.path, request.path) is not None
    return request.method == operation.method and is_path


def _may_have_created(exchange: Exchange) -> bool:
    """Whether something may be there since: it was accepted, or sent and not answered."""
    if exchange.error is None:
        return exchange.ok
    return not exchange.error.kind.is_local and exchange.error.kind not in UNSENT


def _unknown(region: str, count: int) -> str:
    """What is said of requests whose answers did not come, or do not say what they created."""
    creations = "one creation" if count == 1 else counted(count, "creation")
    return f"region {region}: {creations} may remain: no answer says what was created"
