"""The fronts: a reverse proxy that hands on what it gets, and does to it what a front says."""

from __future__ import annotations

import http.client
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from conformance.mock.fronts.addresses import always
from conformance.mock.fronts.model import Call, Reply, page
from conformance.mock.fronts.quotas import window
from conformance.mock.fronts.server import FrontServer
from tests.support.servers import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.mock.fronts.model import Front

LIST = b'{"data": [{"id": 1}], "total": 1}'
ANSWER = b"HTTP/1.1 200 OK\r\nx-mine: 1\r\ncontent-length: %d\r\n\r\n%s" % (len(LIST), LIST)


@contextmanager
def before(front: Front) -> Iterator[http.client.HTTPConnection]:
    with serving(lambda *_: ANSWER) as (url, _):
        server = FrontServer(front, int(url.rpartition(":")[2]))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        try:
            yield connection
        finally:
            connection.close()
            server.shutdown()
            server.server_close()


def asked(connection: http.client.HTTPConnection, method: str = "GET") -> tuple[int, bytes]:
    connection.request(method, "/list?a=%20b")
    response = connection.getresponse()
    return response.status, response.read()


def test_what_is_not_changed_passes() -> None:
    """Status, fields of the server's own and body."""
    with before(lambda call, ask: ask()) as connection:
        assert asked(connection) == (200, LIST)
        assert asked(connection) == (200, LIST)


def test_calls_are_numbered() -> None:
    """So that a front can do something to every so many-th one."""
    numbers = []

    def front(call: Call, ask: object) -> Reply:
        numbers.append(call.number)
        return page(503)

    with before(front) as connection:
        assert [asked(connection)[0] for _ in range(3)] == [503] * 3
    assert numbers == [0, 1, 2]


def test_a_reply_may_be_cut() -> None:
    """The connection breaks within the body, or before the answer."""
    replies = [Reply(200, body=b"0123456789", cut=cut) for cut in (0, 5)]
    with (
        before(lambda call, ask: replies[0]) as none,
        pytest.raises(http.client.RemoteDisconnected),
    ):
        asked(none)
    with before(lambda call, ask: replies[1]) as part, pytest.raises(http.client.IncompleteRead):
        asked(part)


def test_a_reply_may_come_as_other_servers_send_it() -> None:
    """After a hint, in chunks with fields behind them, or in HTTP/1.0 without a length."""
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    replies = [
        Reply(200, body=LIST, trailers=(("X-Checksum", "a"),)),
        Reply(200, body=LIST, version="HTTP/1.0"),
    ]
    for reply in replies:
        with before(always(reply)) as connection:
            assert asked(connection) == (200, LIST)
    with before(always(Reply(200, body=LIST, early=hint))) as connection:
        connection.request("GET", "/")
        assert connection.sock.recv(len(hint)) == hint


def test_a_front_knows_of_the_connection() -> None:
    """How many requests came on it, and for how long it was unused."""
    calls: list[Call] = []

    def front(call: Call, ask: object) -> Reply:
        calls.append(call)
        return page(503)

    with before(front) as connection:
        for _ in range(3):
            asked(connection)
    assert [call.turn for call in calls] == [0, 1, 2]
    assert calls[0].idle == 0 < calls[1].idle
    assert calls[0].asked_for("a") == " b"


def test_the_body_of_a_page_can_be_changed_and_no_other() -> None:
    """An error has no rows, and an item has but one."""
    changed = Reply(200, body=LIST).with_json(lambda content: content | {"total": 9})
    assert b'"total": 9' in changed.body
    for other in (b'{"error": {}}', b'{"data": {"id": 1}}', b"no JSON"):
        reply = Reply(200, body=other)
        assert reply.with_json(lambda content: {}) == reply


def test_a_quota_lets_so_many_through() -> None:
    """And says for how long no more."""
    front = window(2, 60, lambda left: {"retry_after": str(round(left))})
    call = Call("GET", "/", (), b"", 0, 0.0)
    statuses = [front(call, lambda: Reply(200)).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert front(call, lambda: Reply(200)).header("retry-after") == "60"
