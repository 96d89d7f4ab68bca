"""What the windows that fail have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.load import load_contract
from conformance.laws.separating import failing_windows
from tests.support.lists import exchange, own

OPERATION = load_contract().operations[0]
TOTAL = 137


def answer(limit: int, offset: int, *, fails: bool):
    request = own(query=(("limit", str(limit)), ("offset", str(offset))), plain=True)
    body = {"data": [], "has_more": False, "total": TOTAL}
    answered = exchange(504 if fails else 200, {} if fails else body, request=request)
    answered.lapse = "504" if fails else None
    return answered


def said(answers) -> list[str]:
    return [finding.actual for finding in failing_windows(answers, OPERATION)]


def test_deep_pages_fail() -> None:
    """From an offset on, whatever the limit."""
    answers = [answer(5, offset, fails=offset >= 90) for offset in range(0, 130, 10)]
    assert said(answers) == ["status 504 for offset 90 and above (answered up to 80)"]


def test_long_pages_fail() -> None:
    """The rows that there are count, not those that were asked for."""
    answers = [answer(limit, 0, fails=limit >= 60) for limit in range(10, 101, 10)]
    answers += [answer(100, 120, fails=False)]
    assert said(answers) == ["status 504 for rows of the page 60 and above (answered up to 50)"]


def test_a_limit_on_something_else_is_told_about() -> None:
    """Rows are not of one length."""
    answers = [answer(limit, 0, fails=limit >= 60) for limit in range(1, 101)]
    answers += [answer(62, 1, fails=False)]
    assert said(answers) == ["status 504 for limit about 60 and above (answered below)"]


@pytest.mark.parametrize("each", [2, 3, 7])
def test_what_fails_now_and_then_has_nothing_in_common(each: int) -> None:
    """A number that tells some of them apart is chance."""
    answers = [answer(5, offset, fails=offset % each == 0) for offset in range(60)]
    assert said(answers) == []


@given(st.integers(0, 12))
def test_few_windows_tell_nothing(count: int) -> None:
    """Either side needs some."""
    answers = [answer(5, offset, fails=offset < count) for offset in range(12)]
    assert bool(said(answers)) == (4 <= count <= 8)
