"""Records: what a run has in hand as the stream carries it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from conformance.client import Request, Response
from conformance.client.credentials import Secret
from conformance.client.redaction import Redactor
from conformance.events import model
from conformance.laws.finding import Finding
from conformance.runner.records import (
    BODY_SHOWN,
    COMMANDS,
    FINDING_SHOWN,
    HEADER_SHOWN,
    URL_SHOWN,
    exchange_record,
    finding_record,
)
from tests.support.lists import exchange, unanswered
from tests.support.schemas import events_validator

if TYPE_CHECKING:
    from conformance.client import Exchange

NO_KEYS = Redactor([])


def answered(**more: Any) -> Exchange:
    headers = (("Content-Type", "text/plain"), ("X-Note", "hello"))
    response = Response(200, "OK", "1.1", headers, b"page")
    return replace(exchange(), response=replace(response, **more), seconds=0.123456789, attempts=2)


def test_an_exchange_is_recorded_with_all_that_shows_it() -> None:
    """Request, response and how long it took, as the schema has it."""
    seen = answered()
    record = exchange_record(seen, NO_KEYS, "test_x")
    assert (record.id, record.region, record.operation) == (seen.id, seen.region, seen.operation)
    assert (record.check, record.seconds, record.attempts) == ("test_x", 0.123457, 2)
    assert (record.request.method, record.request.url, record.request.curl) == (
        "GET",
        seen.url,
        seen.curl,
    )
    assert record.response is not None
    assert (record.response.status, record.response.body, record.response.size) == (200, "page", 4)
    assert record.response.headers == (("Content-Type", "text/plain"), ("X-Note", "hello"))
    events_validator().validate(msgspec.to_builtins(record))


def test_an_exchange_without_an_answer_says_why() -> None:
    """Neither a response nor an empty error is made up."""
    record = exchange_record(unanswered(), NO_KEYS, None)
    assert (record.response, record.check) == (None, None)
    assert record.error == "the connection was reset"
    assert exchange_record(answered(), NO_KEYS, None).error is None


def test_what_is_long_is_cut_and_said_to_be() -> None:
    """A body of megabytes must not fill the disk; its size is that of the whole."""
    request = Request(
        "GET", "/" + "a" * 2 * URL_SHOWN, headers=(("X-Long", "b" * 2 * HEADER_SHOWN),)
    )
    record = exchange_record(
        replace(answered(body=b"c" * 2 * BODY_SHOWN), request=request), NO_KEYS, None
    )
    assert len(record.request.url) == URL_SHOWN
    assert record.request.headers == (("X-Long", "b" * HEADER_SHOWN),)
    assert record.response is not None
    assert (len(record.response.body or ""), record.response.truncated) == (BODY_SHOWN, True)
    assert record.response.size == 2 * BODY_SHOWN


def test_heads_and_findings_are_bounded() -> None:
    """A reason, a field or a quotation of a megabyte, recorded thousands of times, fills a disk."""
    long = "d" * 1_000_000
    record = exchange_record(answered(reason=long, headers=((long, long),)), NO_KEYS, None)
    assert record.response is not None
    texts = (record.response.reason, *record.response.headers[0])
    assert {(len(text), text[-1]) for text in texts} == {(HEADER_SHOWN, "…")}
    finding = finding_record(Finding(long, long, (), at=long, note=long), NO_KEYS)
    quoted = (finding.expected, finding.actual, finding.at or "", finding.note or "")
    assert {(len(text), text[-1]) for text in quoted} == {(FINDING_SHOWN, "…")}


def test_a_key_at_the_end_of_what_is_shown_is_hidden() -> None:
    """It is searched before it is cut."""
    key = "fk_Live_9d8C7b6A5f4E3d2C1b0A"
    redact = Redactor([Secret("FORMANT_API_KEY", key)])
    for at in range(FINDING_SHOWN - len(key), FINDING_SHOWN):
        shown = finding_record(Finding("e", " " * at + key, ()), redact).actual
        assert key[:6] not in shown


def test_a_key_is_nowhere_in_a_record() -> None:
    """Whether it was sent or came back, in a header, the reason or the body."""
    key = "fk_Live_9d8C7b6A5f4E3d2C1b0A"
    secret = Secret("FORMANT_API_KEY_MARS", key)
    seen = answered(reason=key, headers=(("X-Echo", key),), body=f'{{"key":"{key}"}}'.encode())
    request = Request("POST", "/x", (("key", "{key}"),), body="{key}")
    record = exchange_record(
        replace(seen, request=request, secret=secret), Redactor([secret]), None
    )
    text = msgspec.json.encode(record)
    assert key.encode() not in text
    assert record.request.body == "$FORMANT_API_KEY_MARS"
    assert record.response is not None
    assert (record.response.reason, record.response.headers) == (
        str(secret),
        (("X-Echo", str(secret)),),
    )


def test_a_bare_finding_says_that_there_is_nothing_more() -> None:
    """What it does not have is null, and no exchange makes no command."""
    record = finding_record(Finding("one", "two"), str.upper)
    assert record == model.Finding(expected="ONE", actual="TWO", exchanges=())
    assert record.curl is None


def test_a_finding_with_all_it_can_have_is_redacted_where_a_key_could_be() -> None:
    """Texts and the command are; names of regions, ids and the picture of a walk are the suite's
    own.
    """
    first = replace(exchange(), id="global-0007")
    second = replace(exchange(404), id="india-0008")
    walk = model.Walk(1, (model.WalkPage(0, 20, 1, "global-0007"),))
    finding = Finding("one", "two", (first, second), "three", ("india",), ("global",), walk)
    assert finding_record(finding, lambda text: f"<{text}>") == model.Finding(
        expected="<one>",
        actual="<two>",
        note="<three>",
        keeps=("india",),
        breaks=("global",),
        exchanges=("global-0007", "india-0008"),
        asked=(first.asked, second.asked),
        smallest=model.Smallest(f"<{first.curl}; {second.curl}>"),
        walk=walk,
    )


def test_the_command_repeats_the_first_exchange() -> None:
    """Laws put the one that proves the most first."""
    other = exchange(request=replace(exchange().request, path="/other"))
    assert "/other" in (finding_record(Finding("", "", (other, exchange())), str).curl or "")


def test_no_region_that_keeps_a_law_is_not_the_same_as_none_asked() -> None:
    """An empty side of a comparison is an empty list."""
    record = finding_record(Finding("", "", keeps=(), breaks=()), str)
    assert (record.keeps, record.breaks) == ((), ())


def test_a_finding_of_several_requests_sends_all_of_them_again() -> None:
    """One line that asks in the finding's order, each exchange once, a few of many."""
    here, there = (
        exchange(),
        replace(exchange(), region="elsewhere", base="https://elsewhere.example"),
    )
    again = replace(here)
    record = finding_record(Finding("", "", (there, here, again, there)), str)
    assert record.curl == f"{there.curl}; {here.curl}; {here.curl}"
    many = tuple(replace(here) for _ in range(20))
    assert (finding_record(Finding("", "", many), str).curl or "").count("curl ") == COMMANDS
