"""The lines of a body that a finding speaks of, and no others."""

from __future__ import annotations

import json

import pytest

from conformance.events.model import Finding
from conformance.reports.bodies import marks, names, pretty

BODY = json.dumps(
    {
        "data": [
            {"id": 1, "created_at": "2026-01-01T00:00:00", "tags": ["a", "b"]},
            {"id": 2, "created_at": "2026-01-02T00:00:00", "tags": []},
        ],
        "has_more": True,
        "total": 2,
    }
)


def marked(actual: str, at: str | None) -> list[str]:
    finding = Finding(expected="another", actual=actual, exchanges=(), at=at)
    lines = pretty(BODY)
    return [lines[index].strip() for index in sorted(marks(lines, finding))]


@pytest.mark.parametrize(
    ("actual", "at", "lines"),
    [
        ("/data/1/created_at: no", "/data/*/created_at", ['"created_at": "2026-01-02T00:00:00",']),
        ("/data/0/tags/1: no", "/data/*/tags/*", ['"b"']),
        ("has_more true", "has_more", ['"has_more": true,']),
        ("status 500", "status", []),
        ("total 3", "/total", ['"total": 2']),
        ("left out", "name", []),
    ],
)
def test_the_place_that_a_finding_names_is_marked(actual: str, at: str, lines: list[str]) -> None:
    """The very value where the finding names it, else the values alike; nothing beside it."""
    assert marked(actual, at) == lines


def test_without_a_place_the_words_of_the_finding_lead() -> None:
    """A key with its value, as before."""
    assert marked("has_more true", None) == ['"has_more": true,']


def test_a_header_is_a_word_of_its_own() -> None:
    """`date` is no part of `date-time`."""
    finding = Finding(expected="a date-time", actual="no date-time", exchanges=())
    assert not names("Date", finding)
    assert names("date", Finding(expected="a Date header", actual="none", exchanges=()))
    assert names("Allow", Finding(expected="x", actual="y", exchanges=(), at="allow"))
    assert not names("date", Finding(expected="x", actual="date", exchanges=(), at="status"))
