"""The laws of what is created, replaced and deleted (RES-04 to RES-08)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.laws.created import identity_of
from conformance.laws.finding import Finding
from conformance.laws.items import agrees, identified, unsteady

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from conformance.client.exchange import Exchange
    from conformance.contract.parts_of_operation import Creation

GONE = (404, 410)  # RFC 9110 15.5.5, 15.5.11
REFUSED_AGAIN = (409, 422)  # of an idempotency key that was used: either is in use


def there(exchange: Exchange, identity: Any) -> list[Finding]:
    """RES-04: what was created can be fetched by its identity."""
    if exchange.ok:
        return []
    expected = f"the item {identity!r}, which was created"
    return [Finding(expected, f"status {exchange.status}", (exchange,), at="status")]


def located(created: Exchange, exchange: Exchange) -> list[Finding]:
    """RES-04: what a 201 says was created is where its `Location` leads (RFC 9110 15.3.2), or is
    redirected to from there.
    """
    if exchange.response is None or exchange.status < 400:
        return []
    expected = f"what was created, at its Location {exchange.request.target}"
    found = f"status {exchange.status}"
    return [Finding(expected, found, (created, exchange), at="status")]


def listed(
    identity: Any, listed_ids: Collection[Any], whole: bool, shown: Sequence[Exchange]
) -> list[Finding]:
    """RES-04: what was created appears in its list; of a list that was not read whole nothing is
    said.
    """
    if not whole or str(identity) in map(str, listed_ids):
        return []
    expected = f"{identity!r}, which was created, in its list"
    return [Finding(expected, f"{len(listed_ids)} rows without it", tuple(shown))]


def raised(before: int, after: int, shown: Sequence[Exchange]) -> list[Finding]:
    """RES-05: what is created raises the total of its list by one."""
    if after == before + 1:
        return []
    return [Finding(f"a total of {before + 1}, one more than before", str(after), tuple(shown))]


def gone(exchange: Exchange, identity: Any) -> list[Finding]:
    """RES-06: what was deleted gets 404, or 410."""
    if exchange.status in GONE or exchange.response is None:
        return []
    expected = f"404 for {identity!r}, which was deleted"
    return [Finding(expected, f"status {exchange.status}", (exchange,), at="status")]


def unlisted(
    identity: Any, listed_ids: Collection[Any], shown: Sequence[Exchange]
) -> list[Finding]:
    """RES-06: what was deleted is not in its list."""
    if str(identity) not in map(str, listed_ids):
        return []
    expected = f"no {identity!r} in its list, for it was deleted"
    return [Finding(expected, "it is listed", tuple(shown))]


def replaced_once(
    answers: tuple[Exchange, Exchange],
    states: tuple[Exchange, Exchange, Exchange],
    ignoring: Collection[str] = (),
) -> list[Finding]:
    """RES-07: a PUT that is sent twice has the effect of one (RFC 9110 9.2.2).

    `states` are the item after the first PUT, then twice after the second: what differs between the
    latter two, and what `ignoring` names, is made for each answer or each write.
    """
    second = answers[1]
    if not second.ok:
        found = f"status {second.status} for the second"
        return [Finding("a PUT that is accepted twice", found, answers, at="status")]
    first, again, once_more = (next(identified(state.json), None) for state in states)
    if first is None or again is None or once_more is None:
        return []
    passed_over = {*unsteady([again, once_more]), *ignoring}
    return [
        Finding(
            f"the item as the first PUT left it: {found.expected.partition(', as the list')[0]}",
            found.actual,
            (*answers, *states[:2]),
            at=found.at,
        )
        for found in agrees(first, again, (), passed_over)
    ]


def created_once(
    first: Any, second: Exchange, creation: Creation, totals: tuple[int, int] | None = None
) -> list[Finding]:
    """RES-08: a request that repeats an idempotency key creates nothing further: it names what was
    created, or is refused. `totals` of the list are those before and after it, where it tells one.
    """
    if totals is not None and totals[1] > totals[0]:
        expected = f"a total of {totals[0]} still: the idempotency key was used before"
        return [Finding(expected, str(totals[1]), (second,))]
    if second.status in REFUSED_AGAIN or second.response is None:
        return []
    if not second.ok:
        expected = "the first answer, or 409, for an idempotency key that was used"
        return [Finding(expected, f"status {second.status}", (second,), at="status")]
    identity = identity_of(second, creation)
    if identity is None or str(identity) == str(first):
        return []
    expected = f"{first!r}, which the idempotency key created"
    return [Finding(expected, f"{identity!r}, another one", (second,))]
