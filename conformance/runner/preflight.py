"""One plain question to every region before anything else: is it there, and does it
accept the key.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conformance.checks.presenting import carrying, plain_request
from conformance.client import Request
from conformance.client.health import GATEWAY
from conformance.client.region import RegionLost
from conformance.contract import pointer
from conformance.laws.address import wrong_address
from conformance.laws.edge import has_api_form, named_by

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from conformance.client import Exchange, RegionClient
    from conformance.contract import Contract
    from conformance.contract.operation import Operation


# One such answer may be chance, and is the run's to count; a region that is down gives no other.
BLOCKED = (401, 403, 429)  # statuses with which firewalls block and challenge
AGAIN = (0.0, 0.3, 0.7)  # seconds before each further question
WORTH_ANOTHER = (*GATEWAY, 401)  # where one node of several is out of order
BODY_SHOWN = 80  # characters


@dataclass(frozen=True, slots=True)
class RegionState:
    """What the first answer of a region says: its latency, the rows of the list asked for, or what
    is wrong.

    `problem` is one sentence; a region with a problem is asked nothing further. A `final` one is not
    mended by waiting: a key is not accepted later on, a quota is spent for longer than the run has.
    """

    latency_ms: float | None = None
    rows: int | None = None
    problem: str | None = None
    final: bool = False


def preflight(
    contract: Contract, clients: Mapping[str, RegionClient], unasked: Container[str] = ()
) -> dict[str, RegionState]:
    """Ask every region at once, with its own key; of `unasked` operations none, if it can be."""
    plain = _plain_operation(contract, unasked)
    name = plain.id if plain else ""
    request = plain_request(plain) if plain else Request("GET", "/")
    if plain and plain.presented:
        request = carrying(request, plain.presented.presentation)

    with ThreadPoolExecutor(len(clients)) as pool:
        states = pool.map(
            lambda client: _asked(contract, plain, client, request, name), clients.values()
        )
        return dict(zip(clients, states, strict=True))


def _asked(
    contract: Contract, plain: Operation | None, client: RegionClient, request: Request, name: str
) -> RegionState:
    """What one region answers; its quota may be spent before the first question."""
    try:
        exchange = client.probe(request, name)
        for pause in AGAIN:
            if exchange.status not in WORTH_ANOTHER:
                break
            time.sleep(pause)
            exchange = client.probe(request, name)
    except RegionLost as lost:
        return RegionState(problem=str(lost), final=True)
    return _state(contract, plain, exchange, client.base)


def _plain_operation(contract: Contract, unasked: Container[str]) -> Operation | None:
    """The first operation that can be asked without further values."""
    plain = [one for one in contract.operations if one.obstacle is None and one.method == "GET"]
    wanted = [operation for operation in plain if operation.id not in unasked]
    return next(iter([*wanted, *plain]), None)


def _state(
    contract: Contract, plain: Operation | None, exchange: Exchange, url: str
) -> RegionState:
    if exchange.response is None:
        error = exchange.error
        is_answer = error is not None and error.kind.is_answer
        verb = "answers nothing readable" if is_answer else "cannot be reached"
        problem = f"region {exchange.region} ({url}) {verb}: {error}"
        return RegionState(problem=problem)

    if exchange.status in GATEWAY:
        answer = f"{exchange.status}{_by(exchange)}"
        return RegionState(problem=f"region {exchange.region} ({url}) is unavailable: {answer}")

    if plain:
        wrong = wrong_address(contract, plain, exchange)
        if wrong:
            return RegionState(problem=_elsewhere(exchange, wrong))
        if exchange.status in (401, 403):
            return RegionState(problem=_refused(contract, plain, exchange, url), final=True)

    rows = _total(plain, exchange)
    return RegionState(latency_ms=round(exchange.seconds * 1000, 1), rows=rows)


def _total(plain: Operation | None, exchange: Exchange) -> int | None:
    """How many rows the list has, where it is one and says so."""
    if plain is None or plain.pagination is None or exchange.response is None:
        return None
    listing = plain.pagination.read(exchange.json, exchange.response.header)
    if listing is None or listing.total is None or listing.total < 0:
        return None  # what a server counts wrong is for the checks to judge
    return listing.total


def _by(exchange: Exchange) -> str:
    """What answered in place of the API, as far as it says so."""
    fields = ("content-type", "server", "via")
    response = exchange.response
    named = [f"{name}: {value}" for name in fields if response and (value := response.header(name))]
    return f" ({', '.join(named)})" if named else ""


def _elsewhere(exchange: Exchange, answer: str) -> str:
    request = f"{exchange.request.method} {exchange.url}"
    if exchange.status in BLOCKED:
        return (
            f"{request} answered {answer}; does a firewall block this client, or is the URL of "
            f"region {exchange.region} wrong?"
        )
    return f"{request} answered {answer}; is the URL of region {exchange.region} right?"


def _refused(contract: Contract, plain: Operation, exchange: Exchange, url: str) -> str:
    if exchange.status == 403 and not has_api_form(exchange, contract.errors):
        body = exchange.response.body[:400].decode("utf-8", "replace") if exchange.response else ""
        return (
            f"{exchange.request.method} {exchange.url} answered 403 ({named_by(exchange)}) with "
            f"{' '.join(body.split())[:BODY_SHOWN]!r}; does a gateway want a key of its own "
            f"(-H NAME:VALUE), or a firewall block this client?"
        )
    error_type = pointer.get(exchange.json, contract.errors.type) if contract.errors else None
    words = f" {error_type}" if isinstance(error_type, str) else ""
    problem = f"region {exchange.region} ({url}) did not accept the key: {exchange.status}{words}"
    return f"{problem}{_advice(plain)}"


def _advice(plain: Operation) -> str:
    """What to state where the document may lack the word before the key."""
    names = (
        {name.lower() for name, _ in plain.presented.presentation.headers}
        if plain.presented
        else {}
    )
    if "authorization" not in names or plain.presented is None or plain.presented.challenge:
        return ""
    return (
        "; it is all that `Authorization` has: a word before it, such as Token, is stated in an "
        "overlay, as `type: http` and `scheme: Token`"
    )
