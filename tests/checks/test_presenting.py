"""Requests with a credential: where each part of a presentation goes."""

from __future__ import annotations

from conformance.checks.presenting import carrying, joined, together
from conformance.client import Request
from conformance.contract.security import NOTHING, Presentation
from conformance.contract.security.bearer import Bearer

PLAIN = Request("GET", "/things", (("limit", "5"),), (("Content-Type", "text/plain"),), body="x")


def test_nothing_changes_nothing() -> None:
    """An operation that needs no key is asked without one."""
    assert carrying(PLAIN, NOTHING) == PLAIN


def test_headers_and_cookies_come_before_the_request_s_own_fields() -> None:
    """Cookies are one field (RFC 6265 5.4)."""
    authorization = ("Authorization", "Bearer {key}")
    presented = Presentation(headers=(authorization,), cookies=(("a", "{key}"), ("b", "1")))
    assert carrying(PLAIN, presented).headers == (
        authorization,
        ("Cookie", "a={key}; b=1"),
        ("Content-Type", "text/plain"),
    )


def test_a_query_comes_behind_the_request_s_own() -> None:
    """As it stands, for the placeholder must reach the client unencoded."""
    presented = Presentation(query=(("access_token", "{key}"),))
    assert carrying(PLAIN, presented).target == "/things?limit=5&access_token={key}"
    assert carrying(Request("GET", "/"), presented).target == "/?access_token={key}"
    raw = Request("GET", "/", raw_query="q=%zz")
    assert carrying(raw, presented).target == "/?q=%zz&access_token={key}"


def test_a_body_takes_the_place_of_the_request_s_own() -> None:
    """So does the way in which the key is altered."""
    presented = Presentation(body="token={key}", alteration="truncated")
    carried = carrying(PLAIN, presented)
    assert (carried.body, carried.edit) == ("token={key}", "truncated")


def test_wrong_presentations_with_places_of_their_own_go_together() -> None:
    """One request carries them all; two bodies need two requests."""
    elsewhere = Bearer().elsewhere
    groups = together(elsewhere)
    assert sorted(entry.name for group in groups for entry in group) == sorted(
        entry.name for entry in elsewhere
    )
    bodies = [entry for entry in elsewhere if entry.presentation.body]
    assert len(groups) == len(bodies)


def test_what_is_joined_presents_each_of_them() -> None:
    """In its own place."""
    for group in together(Bearer().elsewhere):
        whole = joined(group).presentation
        for entry in group:
            assert set(entry.presentation.headers) <= set(whole.headers)
            assert set(entry.presentation.query) <= set(whole.query)
            assert set(entry.presentation.cookies) <= set(whole.cookies)
            assert entry.presentation.body in (None, whole.body)
