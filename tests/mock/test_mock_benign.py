"""Every benign variant keeps the laws, whatever else is different about it."""

from __future__ import annotations

import gzip
import json
import time
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from conformance.mock import MockOptions
from conformance.mock.regions import services
from conformance.mock.registry import BENIGN
from tests.support.mock_requests import ask, authorization, case, page, service, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.mock.messages import Answer
    from conformance.mock.service import Service

# Queries, and the statuses that the documentation allows for them.
ODD = {
    "limit=101": {200, 400},
    "limit=0": {200, 400},
    "limit=-1": {200, 400},
    "offset=-1": {200, 400},
    "limit=abc": {200, 400},
    "offset=1_0": {200, 400},
    "agent_id=1'": {400},
    "agent_id=999999": {200, 404},
    "limit=2&limit=2": {200, 400},
    "offset=" + "9" * 30: {200, 400},
    "x=1": {200, 400},
}

WINDOWS = ((1, 0), (20, 3), (100, 50), (5, 10**9))
MOST_ROWS = {"limit=0": 20, "agent_id=999999": 0}
TYPES = {400: "invalid_request", 404: "not_found"}

# Keeps the laws as its smaller likes do; walking it whole would take longer than all others.
HUGE = {"rows-300000"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    # What moves stands still while a law is looked at, and no second is ever full.
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    ticks = iter(range(10**9))
    monkeypatch.setattr(time, "time", lambda: 1_790_000_000.0 + next(ticks))


def variants() -> Iterator[tuple[str, Service]]:
    """Each variant with a region that has it; the name decides which, so that both are tried."""
    for name in sorted(BENIGN.keys() - HUGE):
        yield name, service(name, region=("global", "india")[len(name) % 2])


def test_pages_are_slices_of_one_list() -> None:
    """Rows, totals and `has_more` follow from one list, for every window."""
    for name, served in variants():
        with case(name):
            rows = walk(served, 100)
            assert walk(served, 13) == rows
            assert len({row["id"] for row in rows}) == len(rows)
            last = max(0, len(rows) - 7)
            for limit, offset in (*WINDOWS, (7, last), (5, len(rows))):
                _assert_slice(page(served, f"limit={limit}&offset={offset}"), rows, limit, offset)


def _assert_slice(answered: dict[str, Any], rows: list[Any], limit: int, offset: int) -> None:
    assert answered["data"] == rows[offset : offset + limit]
    assert answered["total"] == len(rows)
    assert answered["has_more"] is (offset + len(answered["data"]) < len(rows))


def test_filters_partition_the_list() -> None:
    """Agents' lists are parts of the whole, in its order."""
    for name, served in variants():
        with case(name):
            rows = walk(served, 100)
            for agent in {row["agent_id"] for row in rows[:40]}:
                assert walk(served, 100, f"&agent_id={agent}") == [
                    row for row in rows if row["agent_id"] == agent
                ]


def test_rows_keep_the_schema() -> None:
    """The documented properties are there, of the documented types and formats."""
    for name, served in variants():
        with case(name):
            for row in walk(served, 100):
                _assert_schema(row)


def _assert_schema(row: dict[str, Any]) -> None:
    assert {type(row[name]) for name in ("agent_id", "id", "total_recipients")} == {int}
    assert {type(row[name]) for name in ("name", "status", "created_at")} == {str}

    stamps = [row[name] for name in ("created_at", "scheduled_for", "updated_at") if row[name]]
    assert all(datetime.fromisoformat(stamp).tzinfo is not None for stamp in stamps)

    if row["updated_at"] is not None:
        created = datetime.fromisoformat(row["created_at"])
        assert datetime.fromisoformat(row["updated_at"]) >= created


def test_odd_values_have_documented_answers() -> None:
    """Odd values are refused as documented or give no row too many."""
    for name, served in variants():
        with case(name):
            for query, statuses in ODD.items():
                answer = ask(served, query)
                assert answer.status in statuses, query
                if answer.status == 200:
                    rows = json.loads(answer.body)["data"]
                    assert len(rows) <= MOST_ROWS.get(query, 100), query
                else:
                    assert _error(answer)["type"] == TYPES[answer.status], query


def test_strangers_are_refused() -> None:
    """Without the key every GET gets the documented 401 with a challenge."""
    for name, served in variants():
        with case(name):
            for headers in (
                (),
                (authorization("Bearer x"),),
                (authorization(f"Basic {served.key}"),),
            ):
                answer = ask(served, headers=headers)
                assert answer.status == 401
                assert _error(answer)["type"] == "authentication_error"
                assert answer.headers["www-authenticate"].startswith("Bearer")
            assert ask(served, method="POST", headers=()).status in (401, 405)
            assert ask(served, method="POST").status == 405


def _error(answer: Answer) -> dict[str, Any]:
    error = json.loads(answer.body)["error"]
    assert type(error["message"]) is str
    return error


def test_a_variant_has_the_verdict_that_its_evidence_allows() -> None:
    """Only empty accounts are expected to stay unverified; those that move fast may."""
    for name, entry in BENIGN.items():
        served = services(MockOptions(faults=(name,))).values()
        smallest = min(region.population.rows for region in served)
        expected = entry.expected.removesuffix(" or unverified")
        assert expected == ("conformant" if smallest else "unverified"), name


MOVING = [
    "row-added-at-the-head",
    "row-added-at-the-tail",
    "row-added-oldest-first",
    "row-deleted",
    "status-changes",
]


@pytest.mark.parametrize("name", MOVING)
def test_data_move_with_the_clock(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After three seconds the list is another one; without time passing it is the same."""
    served = service(name)
    before = walk(served, 100)
    assert walk(served, 100) == before
    monkeypatch.setattr(time, "monotonic", lambda: 1003.0)
    after = walk(served, 100)
    changed = {
        "row-added-at-the-head": after[6:] == before,
        "row-added-at-the-tail": after[:-6] == before,
        "row-added-oldest-first": after[:-6] == before,
        "row-deleted": len(after) == len(before) - 3,
        "status-changes": after != before and [r["id"] for r in after] == [r["id"] for r in before],
    }
    assert changed[name]


@pytest.mark.parametrize("name", ["rate-limited", "rate-limited-until-reset"])
def test_the_51st_request_of_a_second_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty requests are answered, the next is a 429 that says how long to wait."""
    monkeypatch.setattr(time, "time", lambda: 1_790_000_000.5)
    served = service(name)
    answers = [ask(served) for _ in range(51)]
    assert [answer.status for answer in answers] == [200] * 50 + [429]
    assert _error(answers[-1])["type"] == "rate_limit_exceeded"
    assert answers[-1].headers["x-ratelimit-remaining"] == "0"
    assert answers[-1].headers.get("retry-after") == ("1" if name == "rate-limited" else None)
    reset = datetime.fromisoformat(answers[-1].headers["x-ratelimit-reset"]).timestamp()
    monkeypatch.setattr(time, "time", lambda: reset)
    assert ask(served).status == 200


def test_bodies_are_compressed_only_for_whom_accepts_it() -> None:
    """A client that does not accept gzip gets plain JSON; for the other it is the same once
    unpacked.
    """
    served = service("gzipped")
    plain, coded = ask(served), ask(served, headers=_accepting(served))
    assert "content-encoding" not in plain.headers
    assert coded.headers["content-encoding"] == "gzip"
    assert gzip.decompress(coded.body) == plain.body


def _accepting(served: Service) -> tuple[tuple[bytes, bytes], ...]:
    return (authorization(f"Bearer {served.key}"), (b"accept-encoding", b"br, gzip"))


def test_transports_leave_the_answer_alone() -> None:
    """A slow, chunked, closed or reset answer has the healthy body."""
    usual = ask(service()).body
    for name in (
        "chunked",
        "closed-each-time",
        "http-1-0",
        "slow-line",
        "hiccups",
        "reset-every-60th",
    ):
        assert ask(service(name)).body == usual
    served = service("reset-every-60th")
    assert [ask(served).reset for _ in range(120)].count(True) == 2
