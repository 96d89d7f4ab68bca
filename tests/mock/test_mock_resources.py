"""The operations beside the list of batch calls keep what the documentation promises."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.mock_requests import ask, authorization, page, service

if TYPE_CHECKING:
    from conformance.mock.messages import Answer
    from conformance.mock.service import Service

LIST = "/v1/conversations"
FORM = b'name="agent_id" name="name" name="file" customer_phone'


@pytest.fixture(params=["global", "india"])
def served(request: pytest.FixtureRequest) -> Service:
    """A healthy region."""
    return service(region=request.param)


def data(answer: Answer) -> Any:
    """What a success has under `data`."""
    assert answer.status == 200, answer
    return json.loads(answer.body)["data"]


def test_a_batch_call_is_its_row(served: Service) -> None:
    """Each listed id is found, with what the list shows."""
    for row in page(served)["data"]:
        assert data(ask(served, path=f"/v1/batch-calls/{row['id']}")) == row


def test_metrics_count_no_more_calls_than_there_are_recipients(served: Service) -> None:
    """The counts are parts of what was processed."""
    for row in page(served)["data"]:
        metrics = data(ask(served, path=f"/v1/batch-calls/{row['id']}/metrics"))
        ended = ("completed_count", "failed_count", "busy_count", "no_answer_count")
        assert metrics["total_processed"] == sum(metrics[name] for name in ended)
        assert metrics["total_processed"] <= row["total_recipients"]
        assert 0 <= metrics["success_rate"] <= 100


@pytest.mark.parametrize("query", ["", "limit=7", "limit=100&offset=3", "offset=100000"])
def test_conversations_are_paged_as_batch_calls_are(served: Service, query: str) -> None:
    """One list, newest first, whatever the window."""
    rows = served.resources.conversations.of()
    pairs = dict(pair.split("=") for pair in query.split("&") if pair)
    limit, offset = int(pairs.get("limit", 20)), int(pairs.get("offset", 0))
    body = page(served, query, path=LIST)
    assert body["data"] == rows[offset : offset + limit]
    assert (body["total"], body["has_more"]) == (len(rows), offset + limit < len(rows))


def test_conversations_of_an_agent_are_a_part_of_the_list(served: Service) -> None:
    """In its order."""
    rows = served.resources.conversations.of()
    for agent in {row["agent_id"] for row in rows}:
        body = page(served, f"limit=100&agent_id={agent}", path=LIST)
        assert body["data"] == [row for row in rows if row["agent_id"] == agent][:100]


def test_a_conversation_has_a_recording_where_somebody_spoke(served: Service) -> None:
    """It is found by its id; without a sound there is the documented 404."""
    rows = served.resources.conversations.of()
    for row in rows:
        path = f"{LIST}/{row['conversation_id']}"
        assert data(ask(served, path=path)) == row
        answer = ask(served, path=f"{path}/recording")
        if row["status"] in ("completed", "in_progress"):
            assert (answer.status, answer.body[:4]) == (200, b"RIFF")
            assert answer.headers["content-type"] == "audio/wav"
        else:
            assert answer.status == 404
    assert len({row["status"] for row in rows}) > 3


def test_regions_share_no_conversation() -> None:
    """Their ids are their own."""
    ids = [
        {row["conversation_id"] for row in service(region=name).resources.conversations.of()}
        for name in ("global", "india")
    ]
    assert len(ids[0]) > 100
    assert not ids[0] & ids[1]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/batch-calls/1", 404),
        ("/v1/batch-calls/1/metrics", 404),
        (f"/v1/batch-calls/{2**70}", 404),
        ("/v1/batch-calls/abc", 400),
        ("/v1/batch-calls/1/2/3", 404),
        ("/v1/conversations/none", 404),
        ("/v1/conversations/none/recording", 404),
        ("/v1/conversations?limit=0", 400),
    ],
)
def test_what_is_not_there_is_refused_as_documented(
    served: Service, path: str, status: int
) -> None:
    """With the envelope and the type of its status."""
    path, _, query = path.partition("?")
    answer = ask(served, query, path=path)
    types = {400: "invalid_request", 404: "not_found"}
    assert (answer.status, json.loads(answer.body)["error"]["type"]) == (status, types[status])


@pytest.mark.parametrize("path", ["/v1/batch-calls/12001", "/v1/conversations", "/v1/call"])
def test_strangers_and_other_methods_are_refused(served: Service, path: str) -> None:
    """A stranger learns nothing of the method."""
    assert ask(served, path=path, method="PATCH").status == 405
    assert ask(served, path=path, method="PATCH", headers=()).status == 401


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/call", b'{"agent_id": 42, "contact_number": "+919876543210"}', 200),
        ("/v1/call", b'{"agent_id": 42}', 400),
        ("/v1/call", b"[]", 400),
        ("/v1/call", b"{", 400),
        ("/v1/batch-call", FORM, 200),
        ("/v1/batch-call", b'name="agent_id"', 400),
    ],
)
def test_a_call_needs_its_fields(served: Service, path: str, body: bytes, status: int) -> None:
    """Bad input is refused."""
    assert ask(served, path=path, method="POST", body=body).status == status


def test_an_idempotency_key_is_used_once(served: Service) -> None:
    """The second call is the documented 409; another key is another call."""
    statuses = [
        ask(
            served,
            path="/v1/call",
            method="POST",
            body=b'{"agent_id": 42, "contact_number": "+919876543210"}',
            headers=(authorization(f"Bearer {served.key}"), (b"idempotency-key", key)),
        ).status
        for key in (b"one", b"one", b"two")
    ]
    assert statuses == [200, 409, 200]


def test_an_account_without_batch_calls_has_no_conversations() -> None:
    """What is empty is empty altogether."""
    empty = service(rows=0)
    assert page(empty, path=LIST) == {"data": [], "has_more": False, "total": 0}
    assert ask(empty, path="/v1/batch-call", method="POST", body=FORM).status == 200
