"""What a run created is deleted at its end, and what cannot be is said."""

from __future__ import annotations

import copy
import json
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from conformance.client import RegionLost, Request
from conformance.client.errors import ErrorKind, ExchangeError
from conformance.client.stop import Stopped
from conformance.contract import load_contract
from conformance.runner.cleanup import Cleanup
from tests.support.lists import exchange
from tests.support.orders import DOCUMENT, write

if TYPE_CHECKING:
    from conformance.client import Exchange, RegionClient

POST = Request("POST", "/orders")
UNKNOWN = "region global: one creation may remain: no answer says what was created"


def unanswered(kind: ErrorKind) -> Exchange:
    lost = exchange(201, {"id": 7}, request=POST)
    return replace(lost, response=None, error=ExchangeError(kind, "nothing came"))


class Deleting:
    """A client that answers every DELETE in one way."""

    def __init__(self, status: int = 204, lost: bool = False) -> None:
        self.status, self.lost, self.asked = status, lost, list[Request]()

    def probe(self, request: Request, operation: str) -> Exchange:
        assert operation == "deleteOrder"
        self.asked.append(request)
        if self.lost:
            raise RegionLost("gone")
        return exchange(self.status, None, request=request)

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def cleanup(tmp_path) -> Cleanup:
    return Cleanup(load_contract(write(tmp_path)))


def ran(cleanup: Cleanup, client: Deleting, seconds: float = 5.0) -> list[tuple[str, str]]:
    return cleanup.run(lambda region: cast("RegionClient", client), seconds)


def created(identity: Any, **more: Any) -> Exchange:
    return exchange(201, {"id": identity}, request=POST, **more)


def test_what_was_created_is_deleted_once(cleanup) -> None:
    """Each by its own path; another time there is nothing left."""
    cleanup.note(created(7))
    cleanup.note(created(8))
    cleanup.note(created(7))
    client = Deleting()
    assert ran(cleanup, client) == []
    assert [request.target for request in client.asked] == ["/orders/7", "/orders/8"]
    assert ran(cleanup, client) == []
    assert len(client.asked) == 2


def test_what_lies_below_others_is_deleted_below_the_same(tmp_path) -> None:
    """The orders of a shop: its value is in the path of the POST."""
    document: Any = copy.deepcopy(DOCUMENT)
    shop = {"name": "shop", "in": "path", "required": True, "schema": {"type": "string"}}
    document["paths"] = {
        f"/shops/{{shop}}{path}": {**item, "parameters": [shop, *item.get("parameters", [])]}
        for path, item in document["paths"].items()
    }
    path = tmp_path / "shops.json"
    path.write_text(json.dumps(document))
    cleanup, client = Cleanup(load_contract(path)), Deleting()
    post = Request("POST", "/shops/a%20b/orders")
    cleanup.note(exchange(201, {"id": 7}, request=post))
    cleanup.note(exchange(201, {"id": 7}, request=Request("POST", "/shops/orders")))
    assert ran(cleanup, client) == []
    assert [request.target for request in client.asked] == ["/shops/a%20b/orders/7"]


@pytest.mark.parametrize(
    "noted",
    [
        exchange(400, {"id": 7}, request=POST),
        exchange(200, {"id": 7}, request=Request("GET", "/orders")),
        exchange(200, {"id": 7}, request=Request("POST", "/orders/7")),
    ],
)
def test_nothing_else_is_deleted(cleanup, noted) -> None:
    """Least of all what was there before."""
    cleanup.note(noted)
    client = Deleting()
    assert ran(cleanup, client) == []
    assert client.asked == []


@pytest.mark.parametrize(
    "noted",
    [
        exchange(201, {}, request=POST),
        unanswered(ErrorKind.TIMEOUT),
        unanswered(ErrorKind.RESET),
        unanswered(ErrorKind.INCOMPLETE),
    ],
)
def test_what_no_answer_says_may_remain(cleanup, noted) -> None:
    """It is said once, whether the answer does not come or says nothing."""
    cleanup.note(noted)
    client = Deleting()
    assert ran(cleanup, client) == [("global", UNKNOWN)]
    assert ran(cleanup, client) == []
    assert client.asked == []


@pytest.mark.parametrize("kind", [ErrorKind.REFUSED, ErrorKind.NAME, ErrorKind.UNSENDABLE])
def test_what_was_not_sent_created_nothing(cleanup, kind) -> None:
    """No connection, no creation."""
    cleanup.note(unanswered(kind))
    assert ran(cleanup, Deleting()) == []


def test_what_is_under_way_is_waited_for(cleanup) -> None:
    """Its answer names what is deleted."""
    entered = threading.Event()

    def creating() -> None:
        with cleanup.under_way("global", POST) as is_awaited:
            assert is_awaited
            entered.set()
            time.sleep(0.3)
            cleanup.note(created(7))

    thread = threading.Thread(target=creating)
    thread.start()
    entered.wait(5)
    cleanup.settle(30)
    thread.join()
    client = Deleting()
    assert ran(cleanup, client) == []
    assert [request.target for request in client.asked] == ["/orders/7"]


def test_what_is_under_way_for_too_long_may_remain(cleanup) -> None:
    """A deadline ends the wait."""
    with cleanup.under_way("global", POST):
        cleanup.settle(0)
    assert ran(cleanup, Deleting()) == [("global", UNKNOWN)]


@pytest.mark.parametrize(
    ("problem", "said"),
    [(Stopped("over"), []), (KeyboardInterrupt(), [("global", UNKNOWN)])],
    ids=["before it was sent", "while it was"],
)
def test_what_breaks_off_may_have_been_sent(cleanup, problem, said) -> None:
    """A stop is heard before a request is sent only."""
    with pytest.raises(type(problem)), cleanup.under_way("global", POST):
        raise problem
    assert ran(cleanup, Deleting()) == said


def test_other_requests_end_with_the_run(cleanup) -> None:
    """What creates nothing is not waited for."""
    with cleanup.under_way("global", Request("GET", "/orders")) as is_awaited:
        assert not is_awaited


@pytest.mark.parametrize("status", [204, 404, 410])
def test_what_a_check_deleted_is_gone(cleanup, status) -> None:
    """Also where it was gone before."""
    cleanup.note(created(7))
    cleanup.note(exchange(status, None, request=Request("DELETE", "/orders/7")))
    client = Deleting()
    ran(cleanup, client)
    assert client.asked == []


def test_what_appears_late_is_deleted(cleanup) -> None:
    """What is not found is asked about once more, and is gone then."""
    cleanup.note(created(7))
    client = Deleting(404)
    assert ran(cleanup, client) == []
    assert [request.target for request in client.asked] == ["/orders/7", "/orders/7"]
    assert ran(cleanup, client) == []
    assert len(client.asked) == 2


@pytest.mark.parametrize(
    ("client", "seconds"),
    [(Deleting(500), 5.0), (Deleting(lost=True), 5.0), (Deleting(), 0.0)],
    ids=["refused", "lost", "late"],
)
def test_what_remains_is_said(cleanup, client, seconds) -> None:
    """With the first of the identities."""
    for identity in range(1, 8):
        cleanup.note(created(identity))
    [(region, sentence)] = ran(cleanup, client, seconds)
    assert sentence == (f"region {region} still has 7 of what the run created: 1, 2, 3, 4, 5, …")
