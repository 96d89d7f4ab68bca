"""The laws of what is created, replaced and deleted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.parts_of_operation import Creation
from conformance.laws import writes as laws
from tests.support.lists import exchange

CREATION = Creation("listOrders", "getOrder", "/orders/{id}", "id", "/id")
MADE = exchange(201, {"data": {"id": 7, "count": 1}})


def test_what_was_created_is_there() -> None:
    """A 2xx, whatever it says."""
    assert laws.there(exchange(200, {}), 7) == []
    [finding] = laws.there(exchange(404, {}), 7)
    assert (finding.expected, finding.actual) == ("the item 7, which was created", "status 404")


@pytest.mark.parametrize(("status", "broken"), [(200, 0), (303, 0), (404, 1), (500, 1)])
def test_what_was_created_is_at_its_location(status, broken) -> None:
    """Or the way to it begins there."""
    assert len(laws.located(MADE, exchange(status, {}))) == broken


@given(st.lists(st.integers(), max_size=5), st.integers(), st.booleans())
def test_what_was_created_is_listed(ids: list[int], identity: int, whole: bool) -> None:
    """Of a list that was not read whole nothing is said; a number may be listed as a text."""
    findings = laws.listed(identity, [str(one) for one in ids], whole, ())
    assert bool(findings) == (whole and identity not in ids)


@given(st.integers(0, 10**6), st.integers(-3, 3))
def test_a_total_rises_by_one(before: int, change: int) -> None:
    """No more and no less."""
    assert bool(laws.raised(before, before + change, ())) == (change != 1)


@pytest.mark.parametrize(("status", "broken"), [(404, 0), (410, 0), (200, 1), (403, 1), (500, 1)])
def test_what_was_deleted_is_gone(status, broken) -> None:
    """404 or 410 say so."""
    assert len(laws.gone(exchange(status, {}), 7)) == broken


def test_what_was_deleted_is_not_listed() -> None:
    """Under its identity, a number or a text."""
    assert laws.unlisted(7, [6, 8], ()) == []
    assert len(laws.unlisted(7, ["7"], ())) == 1


PUT = exchange(200, {})


def states(*counts: int):
    return tuple(
        exchange(200, {"id": 7, "count": count, "asked": turn}) for turn, count in enumerate(counts)
    )


def test_a_put_twice_is_one() -> None:
    """What each answer has anew, and what each write may change, says nothing."""
    assert laws.replaced_once((PUT, PUT), states(3, 3, 3)) == []
    assert laws.replaced_once((PUT, PUT), states(3, 6, 6), {"count"}) == []
    [finding] = laws.replaced_once((PUT, PUT), states(3, 6, 6))
    assert finding.expected == "the item as the first PUT left it: /count 3"
    assert finding.actual == "6"


def test_a_put_is_accepted_twice() -> None:
    """A conflict with itself is none."""
    [finding] = laws.replaced_once((PUT, exchange(409, {})), states(3, 3, 3))
    assert finding.actual == "status 409 for the second"


def test_a_put_whose_item_cannot_be_read_shows_nothing() -> None:
    """That it cannot be is RES-04's."""
    gone = exchange(404, None)
    assert laws.replaced_once((PUT, PUT), (gone, gone, gone)) == []


@pytest.mark.parametrize(
    ("second", "totals", "broken"),
    [
        (MADE, (3, 3), 0),
        (MADE, None, 0),
        (exchange(200, {}), (3, 3), 0),
        (exchange(409, {}), (3, 3), 0),
        (exchange(422, {}), (3, 2), 0),
        (exchange(201, {"id": 8}), None, 1),
        (exchange(409, {}), (3, 4), 1),
        (exchange(500, {}), (3, 3), 1),
    ],
)
def test_an_idempotency_key_creates_once(second, totals, broken) -> None:
    """The first answer again, or a conflict."""
    assert len(laws.created_once(7, second, CREATION, totals)) == broken
