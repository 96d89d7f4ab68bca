"""The operations beside the list of batch calls, each a stage that can be replaced."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Protocol

from conformance.mock.conversations import Conversation, Conversations, recording
from conformance.mock.integers import strict_integer
from conformance.mock.messages import Answer
from conformance.mock.store import SELECT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.mock.messages import Call, Window
    from conformance.mock.seeding import Population
    from conformance.mock.store import Row, Store

    Operation = Callable[[Call, str], Answer]

NOT_FOUND, INVALID, DUPLICATE = "not_found", "invalid_request", "duplicate_request"
READ, WRITE = ("GET", "HEAD"), ("POST",)
FORM = (b'name="agent_id"', b'name="name"', b'name="file"')
LARGEST = 2**63 - 1

ROUTES = tuple(
    (re.compile(path), methods, name)
    for path, methods, name in (
        (r"/v1/batch-calls/([^/]+)", READ, "get_batch_call"),
        (r"/v1/batch-calls/([^/]+)/metrics", READ, "get_metrics"),
        (r"/v1/conversations()", READ, "list_conversations"),
        (r"/v1/conversations/([^/]+)", READ, "get_conversation"),
        (r"/v1/conversations/([^/]+)/recording", READ, "get_recording"),
        (r"/v1/call()", WRITE, "create_call"),
        (r"/v1/batch-call()", WRITE, "create_batch_call"),
    )
)


class Region(Protocol):
    """The service of a region, as far as its resources need it: its rows, and the form of answers."""

    population: Population
    show: Callable[[Row], dict[str, Any]]
    window: Callable[[Call], Window]
    headers: Callable[[], dict[str, str]]
    encode: Callable[[Any], bytes]
    error: Callable[[int, str, str], Answer]

    @property
    def store(self) -> Store:
        """The batch calls."""
        ...

    def not_allowed(self, methods: Sequence[str]) -> Answer:
        """Refuse a method."""
        ...


class Resources:
    """What a region serves beside its list of batch calls; the service authenticates before."""

    def __init__(self, service: Region) -> None:
        self._service = service
        self._known: Conversations | None = None
        self._used: set[bytes] = set()  # idempotency keys
        self.get_batch_call: Operation = self._get_batch_call
        self.get_metrics: Operation = self._get_metrics
        self.list_conversations: Operation = self._list_conversations
        self.get_conversation: Operation = self._get_conversation
        self.get_recording: Operation = self._get_recording
        self.create_call: Operation = self._create_call
        self.create_batch_call: Operation = self._create_batch_call
        self.metrics: Callable[[Row], dict[str, Any]] = metrics
        self.chosen: Callable[[Window], list[Conversation]] = self._chosen
        self.page: Callable[[list[Conversation], Window], Any] = page

    @property
    def conversations(self) -> Conversations:
        """Made when first asked for, after every variant had its say on the population."""
        if self._known is None:
            self._known = Conversations(self._service.population)
        return self._known

    def route(self, call: Call) -> Answer:
        """Answer a call by its path and method."""
        for path, methods, name in ROUTES:
            match = path.fullmatch(call.path)
            if match and call.method not in methods:
                return self._service.not_allowed(methods)
            if match:
                answer: Answer = getattr(self, name)(call, match[1])
                return answer
        return self._not_found("no such resource")

    def _not_found(self, words: str) -> Answer:
        return self._service.error(404, NOT_FOUND, words)

    def answer(self, payload: Any) -> Answer:
        """A body that is documented as JSON."""
        return Answer(200, self._service.headers(), self._service.encode(payload))

    def _row(self, text: str) -> Row | None:
        number = strict_integer("batch_id", text)
        if abs(number) > LARGEST:
            return None
        found = self._service.store.query(f"{SELECT} WHERE id = ?", number)
        return found[0] if found else None

    def _get_batch_call(self, _: Call, name: str) -> Answer:
        row = self._row(name)
        if row is None:
            return self._not_found("no such batch call")
        return self.answer({"data": self._service.show(row)})

    def _get_metrics(self, _: Call, name: str) -> Answer:
        row = self._row(name)
        if row is None:
            return self._not_found("no such batch call")
        return self.answer({"data": self.metrics(row)})

    def _chosen(self, window: Window) -> list[Conversation]:
        return self.conversations.of(window.agent_id)

    def _list_conversations(self, call: Call, _: str) -> Answer:
        window = self._service.window(call)
        return self.answer(self.page(self.chosen(window), window))

    def _get_conversation(self, _: Call, name: str) -> Answer:
        row = self.conversations.find(name)
        return self.answer({"data": row}) if row else self._not_found("no such conversation")

    def _get_recording(self, _: Call, name: str) -> Answer:
        row = self.conversations.find(name)
        sound = recording(row) if row else None
        if sound is None:
            return self._not_found("no recording")
        return Answer(200, self._service.headers() | {"content-type": "audio/wav"}, sound)

    # docs: errors-rate-limits; 409 is of call creation alone.
    def _create_call(self, call: Call, _: str) -> Answer:
        try:
            asked = json.loads(call.body)
        except ValueError:
            asked = None
        if not isinstance(asked, dict) or not {"agent_id", "contact_number"} <= asked.keys():
            return self._service.error(400, INVALID, "missing agent_id or contact_number")
        keys = call.header(b"idempotency-key")
        if self._used.intersection(keys):
            return self._service.error(409, DUPLICATE, "idempotency key already used")
        self._used.update(keys)
        return self.answer({"data": {"agent_id": asked["agent_id"], "status": "queued"}})

    def _create_batch_call(self, call: Call, _: str) -> Answer:
        missing = [part for part in FORM if part not in call.body]
        if missing or b"customer_phone" not in call.body:
            return self._service.error(400, INVALID, "missing field")
        newest = self._service.store.rows(None, 1, 0)
        return self.answer({"data": self._service.show(newest[0])} if newest else {"data": {}})


def page(rows: list[Conversation], window: Window) -> Any:
    """The documented page of a list."""
    shown = rows[window.offset : window.offset + window.limit]
    more = window.offset + len(shown) < len(rows)
    return {"data": shown, "has_more": more, "total": len(rows)}


def metrics(row: Row) -> dict[str, Any]:
    """What became of the calls of a batch: each share is of its recipients."""
    total = row[6]
    completed, failed, busy, no_answer = (total * share // 100 for share in (80, 6, 3, 4))
    processed = completed + failed + busy + no_answer
    return {
        "avg_duration_seconds": 125.5,
        "busy_count": busy,
        "completed_count": completed,
        "failed_count": failed,
        "in_progress_count": total % 3,
        "no_answer_count": no_answer,
        "pending_retry_count": total % 5,
        "socket_failure_count": 0,
        "success_count": completed,
        "success_rate": round(100 * completed / total, 1) if total else 0.0,
        "total_processed": processed,
        "unreachable_count": 0,
    }
