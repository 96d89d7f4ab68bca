"""The healthy service keeps what the documentation promises."""

from __future__ import annotations

import itertools
import json
from datetime import datetime
from itertools import product
from typing import TYPE_CHECKING

import pytest

from tests.support.mock_requests import ask, authorization, page, service, walk

if TYPE_CHECKING:
    from conformance.mock.service import Service

REGIONS = ("global", "india")


@pytest.fixture(params=REGIONS)
def served(request: pytest.FixtureRequest) -> Service:
    return service(region=request.param)


def test_defaults_are_those_of_the_document(served: Service) -> None:
    """Without parameters the page is that of limit 20 and offset 0."""
    assert page(served) == page(served, "limit=20&offset=0")
    assert len(page(served)["data"]) == 20


@pytest.mark.parametrize("limit", [1, 2, 7, 19, 20, 50, 99, 100])
def test_walks_of_any_page_size_visit_the_same_rows_once(served: Service, limit: int) -> None:
    """Following the pages gives every row once, in one order, whatever the limit."""
    rows = walk(served, limit)
    assert rows == walk(served, 100)
    assert len({row["id"] for row in rows}) == len(rows) == page(served)["total"]


def test_any_window_is_a_slice_of_the_list(served: Service) -> None:
    """Each page is the slice of the whole list, with the total and `has_more` that follow
    from it.
    """
    rows = walk(served, 100)
    for limit, offset in itertools.product(
        (1, 3, 20, 100), (0, 1, 19, 33, len(rows) - 1, len(rows))
    ):
        found = page(served, f"limit={limit}&offset={offset}")
        assert found["data"] == rows[offset : offset + limit]
        assert found["total"] == len(rows)
        assert found["has_more"] is (offset + len(found["data"]) < len(rows))


def test_newest_come_first_and_ties_by_id(served: Service) -> None:
    """Rows are ordered by creation, then by id, both downward."""
    places = [(row["created_at"], row["id"]) for row in walk(served, 100)]
    assert places == sorted(places, reverse=True)
    assert len({created for created, _ in places}) < len(places)


def test_rows_have_the_documented_properties(served: Service) -> None:
    """Rows have the eight documented properties, of the documented types, null only where
    nullable.
    """
    for row in walk(served, 100):
        assert sorted(row) == sorted(
            [
                "agent_id",
                "created_at",
                "id",
                "name",
                "scheduled_for",
                "status",
                "total_recipients",
                "updated_at",
            ]
        )
        assert all(type(row[name]) is int for name in ("agent_id", "id", "total_recipients"))
        assert all(type(row[name]) is str for name in ("name", "status"))
        assert row["updated_at"] is None or row["updated_at"] >= row["created_at"]
        for name in ("created_at", "scheduled_for", "updated_at"):
            assert row[name] is None or datetime.fromisoformat(row[name]).utcoffset() is not None


def test_the_rows_offer_something_to_check(served: Service) -> None:
    """The account has several agents, one with more than a page, several statuses, nulls and no
    nulls.
    """
    rows = walk(served, 100)
    agents = [row["agent_id"] for row in rows]
    assert len(set(agents)) >= 3
    assert max(map(agents.count, agents)) > 20
    assert len({row["status"] for row in rows}) > 3
    for name in ("scheduled_for", "updated_at"):
        assert 0 < sum(row[name] is None for row in rows) < len(rows)


def test_filtered_lists_partition_the_unfiltered_one(served: Service) -> None:
    """Each agent's list is its part of the whole list, in the same order, with its own total."""
    rows = walk(served, 100)
    for agent in {row["agent_id"] for row in rows}:
        expected = [row for row in rows if row["agent_id"] == agent]
        assert walk(served, 7, f"&agent_id={agent}") == expected
        assert page(served, f"agent_id={agent}&limit=1")["total"] == len(expected)


@pytest.mark.parametrize("agent", ["0", "-3", "999999", "9" * 25, "-" + "9" * 5000])
def test_an_agent_without_rows_has_an_empty_list(served: Service, agent: str) -> None:
    """An agent id that matches nothing, of any size, gives an empty list."""
    assert page(served, f"agent_id={agent}") == {"data": [], "has_more": False, "total": 0}


@pytest.mark.parametrize(
    "beyond",
    [0, 1, 2**31, 2**32, 2**63, 2**64, 10**5000],
    ids=lambda n: f"{n:.0e}"[:6] if n < 10**300 else "huge",
)
def test_past_the_end_is_an_empty_page(served: Service, beyond: int) -> None:
    """An offset at or past the end, of any size, gives no rows and the same total."""
    total = page(served)["total"]
    offset = str(total + beyond) if beyond < 10**300 else "1" + "0" * 5000
    assert page(served, f"offset={offset}") == {"data": [], "has_more": False, "total": total}


LENIENT = [
    "1_0",
    "%2010",
    "10%20",
    "+10",
    "%2B10",
    "10.0",
    "1e1",
    "%EF%BC%91%EF%BC%90",
    "",
    "0x1",
    "010",
    "%D9%A1",
]


NO_INTEGERS = ("abc", "1;2", "%00", "%zz", "null", "1'--", "x" * 5000)


@pytest.mark.parametrize("name", ["limit", "offset", "agent_id"])
def test_only_ascii_integers_are_taken(served: Service, name: str) -> None:
    """Whatever is not a plain integer is answered with 400."""
    for value in (*LENIENT, *NO_INTEGERS):
        answer = ask(served, f"{name}={value}")
        assert answer.status == 400, value
        assert json.loads(answer.body)["error"]["type"] == "invalid_request", value


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=-1", "limit=101", "limit=" + "9" * 5000, "offset=-1", "offset=-" + "9" * 30]
    + [f"{name}=1&{name}=1" for name in ("limit", "offset", "agent_id")],
)
def test_values_out_of_range_and_repeated_ones_are_refused(served: Service, query: str) -> None:
    """Limits out of 1 to 100, negative offsets and repeated parameters are answered with 400."""
    assert ask(served, query).status == 400


def test_unknown_parameters_and_the_order_of_parameters_change_nothing(served: Service) -> None:
    """What the document does not name is ignored, and parameters may come in any order."""
    agent = page(served)["data"][0]["agent_id"]
    plain = page(served, f"agent_id={agent}&limit=3&offset=1")
    assert page(served, f"x=%ff&offset=1&limit=3&LIMIT=9&agent_id={agent}") == plain


def test_a_get_with_a_body_is_a_plain_get(served: Service) -> None:
    """The body that the published code samples send is ignored."""
    headers = (authorization(f"Bearer {served.key}"), (b"content-type", b"application/json"))
    assert page(served, headers=headers, body=b"{}") == page(served)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER", "bEaReR"])
def test_the_scheme_is_taken_in_any_case(served: Service, scheme: str) -> None:
    """The key is let in under `Bearer` in any case."""
    assert ask(served, headers=(authorization(f"{scheme} {served.key}"),)).status == 200


def _wrong(key: str) -> dict[str, tuple[bytes, ...]]:
    bearer = b"Bearer " + key.encode()
    return {
        "nothing": (),
        "empty": (b"",),
        "scheme only": (b"Bearer",),
        "empty token": (b"Bearer ",),
        "truncated": (bearer[:-1],),
        "suffix": (bearer + b"x",),
        "other case": (b"Bearer " + key.swapcase().encode(),),
        "another": (b"Bearer " + b"x" * len(key),),
        "no scheme": (key.encode(),),
        "no space": (b"Bearer" + key.encode(),),
        "tab": (b"Bearer\t" + key.encode(),),
        "basic": (b"Basic " + key.encode(),),
        "token scheme": (b"Token " + key.encode(),),
        "not ascii": (b"Bearer \xff\xfe",),
        "long": (b"Bearer " + b"a" * 65_536,),
        "twice": (bearer, bearer),
        "comma": (bearer + b", " + bearer,),
    }


METHODS = ("GET", "HEAD", "POST", "OPTIONS")
QUERIES = ("", "limit=0", "limit=5&offset=10", "agent_id=x")
REFUSAL = {"error": {"message": "invalid or missing api key", "type": "authentication_error"}}


def test_every_other_credential_gets_the_same_401(served: Service) -> None:
    """Whatever is wrong with credential, method or parameters, the refusal is one and the same."""
    for case, method, query in product(_wrong(served.key), METHODS, QUERIES):
        headers = tuple(map(authorization, _wrong(served.key)[case]))
        answer = ask(served, query, method=method, headers=headers)
        seen = answer.status, answer.headers["www-authenticate"], json.loads(answer.body)
        assert seen == (401, "Bearer", REFUSAL), (case, method, query)


def test_a_key_elsewhere_is_no_credential(served: Service) -> None:
    """The key in the query, a cookie or the body lets nobody in."""
    key = served.key
    assert ask(served, f"access_token={key}&api_key={key}", headers=()).status == 401
    assert ask(served, headers=((b"cookie", f"key={key}".encode()),)).status == 401
    assert ask(served, headers=(), body=json.dumps({"access_token": key}).encode()).status == 401


def test_a_region_refuses_the_others_key_and_shows_none_of_its_rows() -> None:
    """Keys and rows are a region's own."""
    here, there = service(region="global"), service(region="india")
    assert ask(here, headers=(authorization(f"Bearer {there.key}"),)).status == 401
    assert not {row["id"] for row in walk(here, 100)} & {row["id"] for row in walk(there, 100)}


def test_unsupported_methods_are_refused_and_change_nothing(served: Service) -> None:
    """A method other than GET and HEAD gets 405, the allowed ones named, in the documented
    envelope.
    """
    before = walk(served, 100)
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        answer = ask(served, method=method)
        assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
        assert json.loads(answer.body)["error"]["type"] == "invalid_request"
    assert walk(served, 100) == before


def test_unknown_paths_are_not_found_for_whom_has_the_key(served: Service) -> None:
    """An unknown path gives 404 `not_found`, and 401 without a key."""
    answer = ask(served, path="/v1/nothing")
    assert (answer.status, json.loads(answer.body)["error"]["type"]) == (404, "not_found")
    assert ask(served, path="/v1/nothing", headers=()).status == 401


def test_answers_state_media_type_caching_and_rate_limit(served: Service) -> None:
    """Every answer is JSON, private, and carries rate-limit headers of the documented form."""
    for answer in (ask(served), ask(served, "limit=0"), ask(served, headers=())):
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"] == "private, no-store"
        limit, remaining = (
            int(answer.headers[f"x-ratelimit-{name}"]) for name in ("limit", "remaining")
        )
        assert 1 <= remaining <= limit
        assert answer.headers["x-ratelimit-reset"].endswith("+00:00")
        assert datetime.fromisoformat(answer.headers["x-ratelimit-reset"]).tzinfo is not None


def test_an_unexpected_error_is_answered_as_documented(served: Service) -> None:
    """What goes wrong inside becomes 500 `internal_error`, and says nothing more."""

    def broken(window: object) -> int:
        raise ZeroDivisionError("secret detail")

    served.count = broken
    answer = ask(served)
    assert answer.status == 500
    assert json.loads(answer.body) == {
        "error": {"message": "internal error", "type": "internal_error"}
    }
