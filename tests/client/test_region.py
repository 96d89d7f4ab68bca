"""The client of a region: reuse, one retry, 429 obeyed, what is lost, and records without keys."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from conformance.client import RegionClient, RegionLost, Request
from conformance.client.credentials import EDITS, Secret, edited
from conformance.client.errors import ErrorKind, TransportError
from conformance.client.patient import BY_CHANCE, GUESSES
from conformance.client.quota import IN_ROW
from conformance.client.redaction import Redactor
from conformance.events.writer import encoded
from conformance.runner.records import exchange_record
from tests.support.servers import OK, serving

KEY = "fk_Test_7Qm2XrT9vLb4KcZ8sWd5HnYj"
LIMITED = b"HTTP/1.1 429 Too Many\r\nretry-after: 0\r\ncontent-length: 2\r\n\r\n{}"
# What comes on a connection that was kept is sent again for that alone.
CLOSING = OK.replace(b"content-length", b"connection: close\r\ncontent-length")
PLAIN = Request("GET", "/v1/batch-calls")


@pytest.fixture
def client():
    made = []

    def make(url, **options):
        secrets = {"global": Secret("FORMANT_API_KEY_GLOBAL", KEY)}
        made.append(
            RegionClient("global", url, secrets, Redactor(list(secrets.values())), **options)
        )
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_a_safe_request_is_sent_once(client) -> None:
    """An answer already had is used again, unless it is asked for anew or the operation is
    forgotten.
    """
    with serving(lambda *_: OK) as (url, seen):
        region = client(url)
        first, new = region.send(PLAIN, "list")
        second, again = region.send(PLAIN, "list")
        assert (first is second, new, again, len(seen)) == (True, True, False, 1)
        region.send(PLAIN, "list", again=True)
        region.release("list")
        region.send(PLAIN, "list")
        assert len(seen) == 3


def test_the_same_request_at_once_is_one_exchange(client) -> None:
    """Checks that ask the same at the same time share the answer."""

    def answer_late(*_):
        time.sleep(0.05)
        return OK

    with serving(answer_late) as (url, seen):
        answers = client(url).send_all([PLAIN] * 8, "list")
        assert len(seen) == 1
        assert [new for _, new in answers].count(True) == 1


def test_an_answer_is_handed_on_when_it_is_there(client) -> None:
    """Whoever records it does not wait for the rest, and hears of nothing twice."""
    with serving(lambda *_: OK) as (url, _seen):
        heard: list[str] = []
        region = client(url)
        requests = [replace(PLAIN, query=(("limit", str(number)),)) for number in range(5)]
        answers = region.send_all(
            [*requests, *requests], "list", on_answer=lambda e: heard.append(e.id)
        )
        region.send(requests[0], "list", on_answer=lambda e: heard.append(e.id))
        assert sorted(heard) == sorted(exchange.id for exchange, new in answers if new)
        assert len(heard) == len(set(heard)) == 5


def test_a_refusal_that_is_honoured_is_handed_on_before_the_wait(client) -> None:
    """A run that is stopped while it waits has what it waits for on record."""
    with serving(lambda _request, number: LIMITED if number == 1 else OK) as (url, _seen):
        heard: list[int] = []
        exchange, _ = client(url).send(PLAIN, "list", on_answer=lambda e: heard.append(e.status))
        assert (heard, exchange.status, len(exchange.limited)) == ([429, 200], 200, 1)


def test_a_broken_get_is_sent_again_once(client) -> None:
    """RFC 9110 9.2.2: a connection that broke is no answer; the second try is counted."""
    with serving(lambda _request, number: None if number == 1 else OK) as (url, _):
        region = client(url)
        exchange, _ = region.send(PLAIN, "list")
        assert (exchange.status, exchange.attempts) == (200, 2)
        assert region.notes == ["left 1 requests without an answer until they were sent again"]


@pytest.mark.parametrize(("before", "is_chance"), [(BY_CHANCE, True), (BY_CHANCE - 1, False)])
def test_silence_twice_may_be_chance_where_silence_is_common(client, before, is_chance) -> None:
    """Where others were answered at their second attempt only, it is not about this request."""
    windows = [replace(PLAIN, query=(("offset", str(number)),)) for number in range(before)]
    met: list[bytes] = []

    def answer(request: bytes, _number: int) -> bytes | None:
        target = request.split(b" ", 2)[1]
        met.append(target)
        silences = 2 if b"limit" in target else 1 if b"offset" in target else 0
        return None if met.count(target) <= silences else CLOSING

    with serving(answer) as (url, _):
        region = client(url)
        region.send(replace(PLAIN, plain=True), "list")
        for window in windows:
            region.send(window, "list")
        exchange, _ = region.send(replace(PLAIN, query=(("limit", "9"),)), "list")
    assert exchange.ok is is_chance
    assert len(exchange.unavailable) == is_chance


def test_a_server_that_is_restarted_is_waited_for(client, monkeypatch) -> None:
    """Where nothing listens for a moment the second try comes a moment later."""
    with serving(lambda *_: OK) as (url, _):
        region = client(url)
        wire = region.transport.send
        refusals: list[TransportError] = []

        def refused(*arguments):
            if not refusals:
                refusals.append(TransportError(ErrorKind.REFUSED, "the connection was refused"))
                raise refusals[0]

            return wire(*arguments)

        monkeypatch.setattr(region.transport, "send", refused)
        exchange, _ = region.send(PLAIN, "list")
    assert (exchange.status, exchange.attempts) == (200, 2)
    assert [error.kind for error in exchange.retried] == [ErrorKind.REFUSED]


def test_a_broken_post_is_not_sent_again(client) -> None:
    """A method that may change something is sent once; silence is its answer where others are
    answered.
    """
    with serving(lambda request, _number: None if request.startswith(b"POST") else OK) as (
        url,
        seen,
    ):
        exchange, _ = client(url).send(Request("POST", "/v1/batch-calls", body="{}"), "list")
        assert exchange.response is None
        assert exchange.error
        assert sum(request.startswith(b"POST") for request in seen) == 1


def test_a_429_is_honoured(client) -> None:
    """It is asked again after the time it names, and less is asked from then on."""
    with serving(lambda _request, number: LIMITED if number == 1 else OK) as (url, _):
        region = client(url)
        exchange, _ = region.send(PLAIN, "list")
        assert exchange.status == 200
        assert region.throttle.notes == ["answered 429: slowed to 40 requests a second"]


def test_a_5xx_is_never_retried(client) -> None:
    """A failure is the answer."""
    failure = b"HTTP/1.1 503 No\r\ncontent-length: 2\r\n\r\n{}"
    with serving(lambda *_: failure) as (url, seen):
        exchange, _ = client(url).send(PLAIN, "list")
        assert (exchange.status, len(seen)) == (503, 1)


def test_a_region_that_stops_answering_is_lost(client) -> None:
    """Silence to everything ends all further requests with one sentence."""
    with serving(lambda *_: None) as (url, _):
        region = client(url)
        with pytest.raises(RegionLost, match="stopped answering"):
            region.send(PLAIN, "list")
        with pytest.raises(RegionLost):
            region.send_all([PLAIN, PLAIN], "list")


@pytest.mark.parametrize("edit", [None, *EDITS])
def test_keys_never_show_in_a_record(client, edit) -> None:
    """Whatever form of the key is sent, and even where the server repeats it, no record
    holds it.
    """

    def echo(request, _number):
        body = json.dumps({"echo": request.decode("latin-1")}).encode()
        head = b"HTTP/1.1 401 No\r\nx-echo: %s\r\ncontent-length: %d\r\n\r\n"
        sent = next(line for line in request.split(b"\r\n") if line.startswith(b"Authorization: "))
        return head % (sent[15:], len(body)) + body

    headers = (("Authorization", "Bearer {key}"),)
    request = Request(
        "GET", "/v1/batch-calls", (), headers, "{key}", raw_query="key={key}", edit=edit
    )
    with serving(echo) as (url, seen):
        region = client(url)
        exchange, _ = region.send(request, "list")
        record = encoded(exchange_record(exchange, region.redact, "a check")).decode()
    assert edited(KEY, edit).encode() in seen[0]
    assert exchange.echoed
    for form in (KEY, edited(KEY, edit), KEY.swapcase(), KEY[:16], KEY[-16:]):
        assert form not in record
        assert form not in repr(exchange.secret) + repr(exchange.response)
    assert "FORMANT_API_KEY_GLOBAL" in record


def test_an_outage_is_named_alike_whatever_method_met_it(client) -> None:
    """A POST that finds the region dead ends the run as a GET does, and is never sent again."""
    failure = b"HTTP/1.1 503 No\r\ncontent-length: 2\r\n\r\n{}"

    with serving(lambda _, number: OK if number == 1 else failure) as (url, seen):
        region = client(url, patience=0.0)
        region.send(replace(PLAIN, plain=True), "list")
        with pytest.raises(RegionLost, match="is unavailable since"):
            region.send(Request("POST", "/v1/batch-calls"), "list")
        assert sum(request.startswith(b"POST") for request in seen) == 1


def test_429_to_guessed_keys_is_a_refusal_where_the_right_one_is_answered(client) -> None:
    """Waited for a few times, then told from a quota by plain requests; the next one is not."""
    limited = b"HTTP/1.1 429 Too Many\r\nretry-after: 0\r\ncontent-length: 2\r\n\r\n{}"
    key = (("Authorization", "Bearer {key}"),)
    right = replace(PLAIN, headers=key, plain=True)

    def answer(request, _number):
        return OK if b"Bearer" in request else limited

    with serving(answer) as (url, seen):
        region = client(url)
        region.send(right, "list")
        refused, _ = region.send(PLAIN, "list")
        assert (refused.status, len(refused.limited)) == (429, GUESSES)
        asked = len(seen)
        region.send(replace(PLAIN, query=(("limit", "1"),)), "list")
        assert len(seen) == asked + 1


def test_a_limit_of_all_that_hits_a_request_without_the_key_twice_is_no_limit_of_guesses(
    client,
) -> None:
    """A plain request gets through between others: what is refused next to it may be chance."""
    key = (("Authorization", "Bearer {key}"),)
    keyless = 0

    def answer(request, _number):
        nonlocal keyless
        if b"Bearer" in request:
            return OK
        keyless += 1
        return OK.replace(b"200 OK", b"401 Unauthorized") if keyless % 3 == 0 else LIMITED

    with serving(answer) as (url, _):
        region = client(url)
        region.send(replace(PLAIN, headers=key, plain=True), "list")
        for number in range(3 * GUESSES):
            answered, _ = region.send(replace(PLAIN, query=(("limit", str(number)),)), "list")
            assert (answered.status, len(answered.limited)) == (401, 2)


def test_a_limit_that_no_wait_ends_ends_the_region(client, monkeypatch) -> None:
    """Each wait is kept, and after many in a row that changed nothing the rest is not asked."""
    monkeypatch.setattr("conformance.client.quota.ALL_LIMITED", 0.0)
    asked = [replace(PLAIN, query=(("offset", str(offset)),)) for offset in range(IN_ROW)]
    with serving(lambda *_: LIMITED) as (url, seen):
        region = client(url)
        with pytest.raises(
            RegionLost, match=r"answers 429 since .*, however long it is waited for"
        ):
            region.send_all(asked, "list")
        assert IN_ROW <= len(seen) <= 2 * IN_ROW
