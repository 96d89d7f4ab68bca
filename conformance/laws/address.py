"""Whether a first answer comes from the API at all, or the URL is wrong (requirements,
Decision 3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from conformance.contract import pointer
from conformance.contract.described import property_names
from conformance.contract.media import covers, json_schema, may_be_json
from conformance.laws.edge import named_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conformance.client.exchange import Exchange
    from conformance.contract import Contract
    from conformance.contract.operation import Operation

NOT_THERE = (404, 405, 410, 421)
TITLE = re.compile(r"<(?:title|h1)[^>]*>(.*?)</(?:title|h1)>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]*>")
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<?xml")


def wrong_address(contract: Contract, operation: Operation, exchange: Exchange) -> str | None:
    """What another server than the API answered to a plain valid request; None for the API's own
    answer.

    A redirect, a page for people, a 404 without the documented envelope, or JSON that has nothing of the
    documented answer. An answer that is the API's and wrong is left to the laws.
    """
    if exchange.response is None:
        return None

    if 300 <= exchange.status < 400:
        target = exchange.response.header("location")
        return (
            f"{exchange.status} to {target}" if target else f"{exchange.status} without a Location"
        )

    is_documented = _has_documented_media(operation, exchange)
    if _is_markup(exchange.response.body) and not is_documented:
        return f"{exchange.status} with a page for people ({named_by(exchange)}{_title(exchange)})"

    is_own = _is_documented_error(operation, exchange) or is_documented
    if exchange.status in NOT_THERE and not is_own:
        return f"{exchange.status} without the documented envelope of errors"

    if exchange.ok and _is_foreign(contract, operation, exchange.json):
        names = ", ".join(sorted(exchange.json)[:4]) or "nothing"
        return (
            f"{exchange.status} with JSON that has none of the documented properties, but {names}"
        )

    return None


def _title(exchange: Exchange) -> str:
    """The heading of a page, as a person would quote it."""
    text = exchange.response.body[:4_000].decode("utf-8", "replace") if exchange.response else ""
    match = TITLE.search(text)
    words = " ".join(TAG.sub(" ", match[1]).split()) if match else ""
    return f": {words[:60]!r}" if words else ""


def _is_markup(body: bytes) -> bool:
    return body[:200].lstrip().lower().startswith(MARKUP)


def _has_documented_media(operation: Operation, exchange: Exchange) -> bool:
    """Whether the document has the media type of a body that is no JSON, such as XML, for its status."""
    given = exchange.response.header("content-type") if exchange.response else None
    if given is None or may_be_json(given):
        return False
    status = str(exchange.status)
    found = (operation.responses.get(key) for key in (status, f"{status[0]}XX", "default"))
    described: Mapping[str, Any] = next((entry for entry in found if entry is not None), {})
    return any(
        "*" not in media and covers(media, given) for media in described.get("content") or {}
    )


def _is_documented_error(operation: Operation, exchange: Exchange) -> bool:
    """Whether a refusal has the API's envelope; where no envelope is stated, whether it is JSON."""
    if operation.errors is None:
        return exchange.json is not None
    return isinstance(pointer.get(exchange.json, operation.errors.type), str)


def _is_foreign(contract: Contract, operation: Operation, body: Any) -> bool:
    """Whether an object has no property that the document names at its top.

    Neither itself nor in an object right within it: the API may wrap its answer by mistake.
    """
    documented = set(property_names(json_schema(operation.responses), contract.resolve))
    if not documented or not isinstance(body, dict) or not body:
        return False
    names = set(body)
    for value in body.values():
        if isinstance(value, dict):
            names |= set(value)
    return not documented & names
