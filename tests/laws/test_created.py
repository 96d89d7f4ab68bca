"""What an answer says was created, and where."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client import Request
from conformance.contract.parts_of_operation import Creation
from conformance.laws.created import identity_of, location_of
from tests.support.lists import exchange

CREATION = Creation("listOrders", "getOrder", "/orders/{id}", "id", "/id")
POST = Request("POST", "/orders")


def answer(location: str = "", status: int = 201, body: object = None, path: str = "/v1"):
    made = exchange(status, body, request=POST, location=location)
    return replace(made, base=f"http://api.example{path}")


@pytest.mark.parametrize(
    ("body", "status", "identity"),
    [
        ({"data": {"id": 7, "count": 1}}, 201, 7),
        ({"id": "seven"}, 201, "seven"),
        ({"id": None, "order": {"id": 8}}, 201, 8),
        ({"id": ""}, 201, None),
        ({"id": ".."}, 201, None),
        ({"id": True}, 201, None),
        ([], 201, None),
        ({"id": 7}, 400, None),
    ],
)
def test_a_body_names_what_was_created(body, status, identity) -> None:
    """In itself or in a member; a refusal creates nothing."""
    assert identity_of(answer("", status, body), CREATION) == identity


@pytest.mark.parametrize(
    ("location", "identity"),
    [
        ("/v1/orders/7", "7"),
        ("orders/7", "7"),
        ("http://api.example/v1/orders/7", "7"),
        ("http://API.example:80/v1/orders/7?as=json", "7"),
        ("//api.example/v1/orders/7", "7"),
        ("/v1/orders/a%20b", "a b"),
        ("/v1/orders/%2e%2e", None),
        ("/v1/orders/a%2Fb", None),
        ("/v1/orders/", None),
        ("/v1/jobs/7", None),
        ("/orders/7", None),
        ("https://api.example/v1/orders/7", None),
        ("http://other.example/v1/orders/7", None),
        ("http://[/v1/orders/7", None),
        ("", None),
    ],
)
def test_a_location_names_what_was_created(location, identity) -> None:
    """Where it leads to an item of this API, whether the answer is a 201 or a 202."""
    assert identity_of(answer(location), CREATION) == identity
    assert identity_of(answer(location, 202), CREATION) == identity
    assert identity_of(answer(location, body={"id": 8}), CREATION) == 8


@pytest.mark.parametrize("location", ["http://other.example/v1/x", "/v2/x", "/v1/{key}", "x y"])
def test_a_location_beyond_the_api_is_not_asked(location) -> None:
    """Another origin, another base, or what could carry a key."""
    assert location_of(answer(location)) is None


def test_names_of_the_list_are_not_those_of_the_item() -> None:
    """Of a list within another resource the last name is the identity."""
    creation = replace(CREATION, path="/shops/{shop}/orders/{id}")
    assert identity_of(answer("/v1/shops/3/orders/7"), creation) == "7"


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
def test_an_identity_survives_its_encoding(identity: str) -> None:
    """What a server quotes in a path is read as it was; what is no segment is none."""
    found = identity_of(answer(f"/v1/orders/{quote(identity, safe='')}"), CREATION)
    is_segment = "/" not in identity and identity not in (".", "..")
    assert found == (identity if is_segment else None)
