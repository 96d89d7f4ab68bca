"""What an edge has reason to refuse, and what it blocks for none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.client import Request
from conformance.client.blocking import (
    LONG_TARGET,
    OFTEN,
    RESENT,
    VAIN,
    Resending,
    is_blocked,
    is_for_people,
    is_hostile,
)
from tests.support.lists import exchange, own

PAGE = "<html>blocked</html>"


@pytest.mark.parametrize(
    "value",
    ["abc", "1.5", "-1", "1_0", " 10", "null", "completed", "a b", "Ordering", "10%".strip("%")],
)
def test_what_a_client_may_send_by_mistake_is_not_hostile(value: str) -> None:
    """A wrong number is the API's to refuse."""
    assert not is_hostile(own(query=(("limit", value),)))


@pytest.mark.parametrize(
    "request_",
    [
        own(query=(("agent_id", "' OR '1'='1"),)),
        own(query=(("agent_id", "1 OR 1=1"),)),
        own(query=(("agent_id", "\0"),)),
        own(query=(("limit", "--1"),)),
        own(raw_query="q=%zz"),
        own(raw_query="q=" + "a" * LONG_TARGET),
        own(raw_query="&".join(f"p{number}=1" for number in range(60))),
        own(path="/v1/x/../batch-calls"),
        own("PROPFIND"),
        own("OPTIONS"),
        own(body="{}"),
        Request("GET", "/v1/batch-calls", headers=(("Authorization", "Bearer " + "a" * 8_000),)),
        own(edge=True),
    ],
    ids=lambda request: request.target[:40],
)
def test_what_a_firewall_has_reason_to_refuse_is_hostile(request_: Request) -> None:
    """Injections, broken encodings, what is too long or too much, odd methods and paths."""
    assert is_hostile(request_)


@given(st.from_regex(r"[A-Za-z0-9_.-]{1,30}", fullmatch=True).filter(lambda text: "--" not in text))
def test_a_plain_word_is_hostile_only_as_a_word_of_sql(text: str) -> None:
    """Letters that fold to others (the long s) are not taken for them."""
    words = {"or", "and", "union", "select", "sleep"}
    parts = {part.lower() for part in text.replace("-", ".").split(".")}
    if not words & parts and ".." not in text:
        assert not is_hostile(own(query=(("limit", text),)))


@pytest.mark.parametrize(
    ("status", "media", "expected"),
    [
        (403, "text/html; charset=utf-8", True),
        (406, "text/html", True),
        (403, "application/json", False),
        (401, "text/html", False),
        (404, "text/html", False),
        (503, "text/html", False),
        (200, "text/html", False),
    ],
)
def test_a_page_for_people_that_refuses_is_an_edges(
    status: int, media: str, *, expected: bool
) -> None:
    """Not where the API itself has reason to refuse, or answers in its own form."""
    answer = exchange(status, PAGE, content_type=media)
    assert is_blocked(answer) is expected


ATTACK = own(query=(("agent_id", "' OR '1'='1"),))


def test_what_gives_a_reason_is_sent_again_once() -> None:
    """A firewall refuses an injection every time."""
    answer = exchange(503, PAGE, request=ATTACK, content_type="text/html")
    resending = Resending()
    assert resending.is_worth_another(answer, 0)
    assert not resending.is_worth_another(answer, 1)


def test_what_fails_each_time_is_soon_sent_no_more() -> None:
    """A few requests show it."""
    resending = Resending()
    answer = exchange(403, PAGE, content_type="text/html")
    for _ in range(VAIN):
        assert resending.is_worth_another(answer, 0)
        assert not resending.is_worth_another(answer, RESENT)
    assert not resending.is_worth_another(answer, 0)


def test_where_it_was_of_use_a_request_is_sent_more_often() -> None:
    """Of three nodes one may be broken: three in a row may well meet it."""
    resending = Resending()
    resending.was_of_use()
    answer = exchange(500, {})
    assert resending.is_worth_another(answer, OFTEN - 1)
    assert not resending.is_worth_another(answer, OFTEN)


def test_a_page_that_the_document_promises_is_none_for_people() -> None:
    """It is the API's answer, and no sign that something else answered."""
    answered = exchange(200, PAGE, content_type="text/html")
    assert is_for_people(answered)
    answered.request = replace(answered.request, page=True)
    assert not is_for_people(answered)
