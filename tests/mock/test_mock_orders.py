"""The orders of the mock: created, replaced and deleted as their document says."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

from conformance.contract import load_contract
from conformance.mock.messages import Call
from conformance.mock.orders import COUNT, DOCUMENT, LINES, PATH
from tests.support.mock_requests import authorization, service

if TYPE_CHECKING:
    from conformance.mock.messages import Answer
    from conformance.mock.service import Service


def send(
    served: Service, method: str, path: str = PATH, body: Any = None, *fields: tuple[bytes, bytes]
) -> Answer:
    path, _, query = path.partition("?")
    headers = (authorization(f"Bearer {served.key}"), *fields)
    content = b"" if body is None else json.dumps(body).encode()
    return served.respond(Call(method, path, query, headers, content))


def data(answer: Answer) -> Any:
    return json.loads(answer.body)["data"]


def total(served: Service) -> int:
    found: int = json.loads(send(served, "GET").body)["total"]
    return found


def test_the_document_has_every_trait_of_writes() -> None:
    """So that each law of writes can be proven on it."""
    operations = {each.id: each for each in load_contract(DOCUMENT).operations}
    wanted = {"creates", "counts", "deletes", "replaces", "creates_once"}
    assert wanted <= set(operations["create-order"].traits)


def test_an_order_lives() -> None:
    """It is created, read, replaced, deleted and gone."""
    served = service("orders")
    made = send(served, "POST", PATH, {"count": 3})
    path = made.headers["location"]
    assert (made.status, path) == (201, f"{PATH}/{data(made)['id']}")
    assert data(send(served, "GET", path)) == data(made)
    assert total(served) == COUNT + 1
    assert data(send(served, "PUT", path, {"count": 5}))["count"] == 5
    assert data(send(served, "GET", f"{PATH}?offset={COUNT}")) == [data(made) | {"count": 5}]
    assert send(served, "DELETE", path).status == 204
    assert [send(served, method, path).status for method in ("GET", "DELETE")] == [404, 404]
    assert total(served) == COUNT


def test_a_key_creates_once() -> None:
    """Its answer is the first one's, until the order is gone."""
    served, key = service("orders"), (b"idempotency-key", b"one")
    first, second = (send(served, "POST", PATH, {"count": 3}, key) for _ in range(2))
    assert data(first) == data(second)
    assert total(served) == COUNT + 1
    send(served, "DELETE", first.headers["location"])
    assert send(served, "POST", PATH, {"count": 3}, key).status == 409


@pytest.mark.parametrize("body", [None, [], {}, {"count": 0}, {"count": "3"}, {"count": 3, "x": 1}])
def test_what_is_no_order_is_refused(body) -> None:
    """By POST and by PUT, and nothing changes."""
    served = service("orders")
    assert send(served, "POST", PATH, body).status == 400
    assert send(served, "PUT", f"{PATH}/1000", body).status == 400
    assert total(served) == COUNT


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("PATCH", PATH, 405),
        ("POST", f"{PATH}/1000", 405),
        ("GET", f"{PATH}/01000", 404),
        ("GET", f"{PATH}/x", 404),
        ("GET", f"{PATH}?limit=101", 400),
        ("GET", f"{PATH}?sort=price", 400),
        ("POST", f"{PATH}/1000/lines", 405),
        ("GET", f"{PATH}/9/lines", 404),
        ("GET", f"{PATH}?offset=1&offset=2", 400),
    ],
)
def test_other_requests_are_refused(method, path, status) -> None:
    """As the batch calls refuse theirs."""
    assert send(service("orders"), method, path).status == status


def test_orders_are_sorted() -> None:
    """By their id or their count, in both directions; the plain list is in the order of ids."""
    served = service("orders")
    rows = data(send(served, "GET", f"{PATH}?limit=100"))
    for name in ("id", "count"):
        for sign in ("", "-"):
            found = data(send(served, "GET", f"{PATH}?limit=100&sort={sign}{name}"))
            values = [row[name] for row in found]
            assert values == sorted(values, reverse=bool(sign))
            assert sorted(row["id"] for row in found) == [row["id"] for row in rows]


def test_the_lines_of_an_order_are_its_own() -> None:
    """Each says so."""
    served = service("orders")
    lines = data(send(served, "GET", f"{PATH}/1001/lines"))
    assert {line["order_id"] for line in lines} == {1001}
    assert len({line["id"] for line in lines}) == LINES


def test_orders_are_served_for_writes_alone() -> None:
    """No other mock has them."""
    assert send(service(), "GET").status == 404


def test_a_creation_may_be_accepted_without_a_body() -> None:
    """Its Location says what is created."""
    served = service("orders-accepted")
    made = send(served, "POST", PATH, {"count": 3})
    assert (made.status, made.body) == (202, b"")
    assert send(served, "GET", made.headers["location"]).status == 200


def test_a_delete_may_be_answered_alike_again() -> None:
    """What was never there is not deleted."""
    served = service("orders-deleted-again")
    path = send(served, "POST", PATH, {"count": 3}).headers["location"]
    assert [send(served, "DELETE", path).status for _ in range(2)] == [204, 204]
    assert send(served, "GET", path).status == 404
    assert send(served, "DELETE", f"{PATH}/9").status == 404


def test_an_order_may_appear_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a second it is found, listed and counted."""
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    served = service("orders-appear-late")
    path = send(served, "POST", PATH, {"count": 3}).headers["location"]
    assert (send(served, "GET", path).status, total(served)) == (404, COUNT)
    monkeypatch.setattr(time, "monotonic", lambda: 1001.0)
    assert (send(served, "GET", path).status, total(served)) == (200, COUNT + 1)
