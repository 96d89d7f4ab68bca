"""The law of every door to an operation: none serves a stranger what the plain one refuses
(AUT-12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange


def closed(exchange: Exchange, door: str, *, serves: bool, documented: bool) -> list[Finding]:
    """AUT-12: without a key a door is refused, or leads nowhere.

    `documented`: the target is the documented one, so that no 2xx, 304 or 206 is right whatever it
    carries. Elsewhere an answer of some other resource, a redirect included, is no fault: only one
    that `serves` what the operation serves is. A 5xx is left to the laws of any answer.
    """
    if exchange.response is None:
        return []

    let_in = exchange.ok or exchange.status == 304
    if not let_in or not (documented or serves):
        return []

    text = f"status {exchange.status}" + (" with what the operation serves" if serves else "")
    return [Finding(f"401, or another 4xx, for {door} without a key", text, (exchange,))]
