"""An outage told from a request that a region cannot answer, and waited for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conformance.client.errors import ErrorKind, ExchangeError
from conformance.client.health import Down, Health, State, is_unavailable
from conformance.client.stop import StopSignal
from tests.support.lists import exchange, own, unanswered

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange

PLAIN = own(plain=True)


class Instant(StopSignal):
    """Waits for nothing."""

    def wait(self, seconds: float) -> bool:
        """Be over at once."""
        return False


def failed(status: int = 503) -> Exchange:
    answer = exchange(status)
    answer.began = 10**9  # later than anything that was asked before
    return answer


def health(*statuses: int, patience: float = 60.0) -> tuple[Health, list[int]]:
    """A region that answers a known request with these statuses, and how many are left."""
    left = list(statuses)
    made = Health(lambda request, operation: exchange(left.pop(0)), Instant(), patience)
    made.note(exchange(200, {}, request=PLAIN))
    return made, left


def ignore(answer: Exchange) -> None:
    """Do nothing with it."""


def test_without_a_plain_request_that_was_answered_nothing_is_known() -> None:
    """There is nothing to ask."""
    assert Health(lambda *_: exchange(), Instant()).after(failed(), ignore) is State.UNKNOWN


def test_a_plain_request_that_is_answered_at_once_means_the_region_is_up() -> None:
    """The failure is about the request that failed."""
    made, _ = health(200)
    assert made.after(failed(), ignore) is State.UP


def test_an_outage_is_waited_for() -> None:
    """Each further failure is reported, so that the report has the whole of it."""
    made, left = health(503, 502, 504, 200)
    seen: list[Exchange] = []
    assert made.after(failed(), seen.append) is State.RECOVERED
    assert [answer.status for answer in seen] == [503, 502, 504]
    assert left == []


def test_who_failed_before_the_recovery_need_not_ask() -> None:
    """One question serves all that failed in the same outage."""
    made, left = health(503, 200, 200)
    earlier = exchange(503)
    assert made.after(failed(), ignore) is State.RECOVERED
    assert made.after(earlier, ignore) is State.RECOVERED
    assert left == [200]


def test_patience_ends() -> None:
    """With since when, and how."""
    made, _ = health(503, 503, 503, patience=0.0)
    with pytest.raises(Down, match=r"is unavailable since 00:00:00 \(503\)"):
        made.after(failed(), ignore)


REFUSAL = 401


@pytest.mark.parametrize("others", [[401, 200], [401, 403, 401, 200]])
def test_a_key_that_is_accepted_again_was_refused_for_a_moment(others: list[int]) -> None:
    """A new key is not known everywhere at once, or one node of several does not know it."""
    made, _ = health(*others)
    assert made.after(failed(REFUSAL), ignore) is State.RECOVERED


def test_a_key_that_stays_refused_is_said_with_since_when() -> None:
    """One refusal among answers is chance; of several in a row the key is the reason."""
    made, left = health(401, 403, 401, patience=0.0)
    with pytest.raises(Down, match=r"refuses the key since 00:00:00 \(401\)"):
        made.after(failed(REFUSAL), ignore)
    assert left == []


def test_a_refusal_of_another_credential_says_nothing_of_the_key() -> None:
    """Nor does one before any request was accepted."""
    made, _ = health()
    assert made.is_sign(exchange(401, request=PLAIN))
    assert not made.is_sign(exchange(401, request=replace(PLAIN, edit="suffix")))


def test_plain_requests_that_get_500_for_good_are_judged() -> None:
    """It is an answer: after a while it is taken as it comes, and not asked about again."""
    made, left = health(500, 500, 500, 200, patience=0.0)
    assert made.after(failed(500), ignore) is State.UNKNOWN
    assert made.after(failed(500), ignore) is State.UNKNOWN
    assert left == [200]


@pytest.mark.parametrize(
    ("answer", "lapse"),
    [
        (exchange(503, {}), "503"),
        (exchange(500, {}, request=PLAIN), "500"),
        (exchange(401, {}, request=PLAIN), "401"),
        (exchange(401, {}, request=replace(PLAIN, edit="suffix")), None),
        (exchange(200, "<html>", request=PLAIN, content_type="text/html"), "200 with a page"),
        (exchange(200, {}, request=PLAIN), None),
    ],
)
def test_how_anything_fails_while_a_region_is_out_of_order(
    answer: Exchange, lapse: str | None
) -> None:
    """A refusal of another key is none."""
    made, _ = health()
    assert made.lapse(answer) == lapse


def test_where_pages_are_served_as_a_rule_one_is_no_lapse() -> None:
    """An API may answer in HTML."""
    made = Health(lambda *_: exchange(), Instant())
    page = exchange(200, "<html>", request=PLAIN, content_type="text/html")
    made.note(page)
    assert made.lapse(page) is None


@pytest.mark.parametrize(
    ("field", "query", "is_the_same"),
    [
        (("User-Agent", "curl/8.5.0"), "limit=5", True),
        (("Cookie", "theme=dark"), "", True),
        (("Authorization", "Bearer other"), "", False),  # beside the right one
        (("X-API-Key", "{key}"), "", False),
        (("Accept", "*/*"), "access_token={key}", False),
    ],
)
def test_what_a_client_sends_beside_the_key_is_no_part_of_it(field, query, is_the_same) -> None:
    """A refusal of the key is one whoever asks; a key in another place is another credential."""
    made, _ = health()
    request = replace(PLAIN, headers=(*PLAIN.headers, field), raw_query=query)
    assert made.presents_known_key(request) is is_the_same
    assert made.is_sign(exchange(401, request=request)) is is_the_same


def test_what_is_unavailable() -> None:
    """A gateway's statuses and silence; not a 500, and not an answer that cannot be read."""
    assert [is_unavailable(exchange(status)) for status in (502, 503, 504, 500, 429, 200)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    silent, unreadable = unanswered(), unanswered()
    silent.error = ExchangeError(ErrorKind.REFUSED, "the connection was refused")
    unreadable.error = ExchangeError(ErrorKind.PROTOCOL, "no HTTP")
    assert is_unavailable(silent)
    assert not is_unavailable(unreadable)


def test_where_no_key_was_needed_a_refusal_of_none_is_no_lapse() -> None:
    """An operation that anybody may ask beside one that needs a key."""
    keyed, bare = PLAIN, replace(PLAIN, headers=())
    made = Health(lambda *_: exchange(), Instant())
    made.note(exchange(200, {}, request=bare))
    refused = exchange(401, {}, request=replace(bare, plain=False))
    assert made.lapse(refused) is None
    assert not made.is_sign(refused)

    made.note(exchange(200, {}, request=keyed))
    made.note(exchange(200, {}, request=bare))
    assert made.lapse(exchange(401, {}, request=keyed)) == "401"
    assert made.lapse(refused) is None
