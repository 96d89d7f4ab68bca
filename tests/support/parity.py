"""Answers and rows of two regions, by region."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tests.support.lists import exchange

if TYPE_CHECKING:
    from conformance.client import Exchange


def pair(first: Exchange, second: Exchange) -> dict[str, Exchange]:
    """The answers of both regions; the second is made India's."""
    return {"global": first, "india": replace(second, region="india")}


def both(first: Any, second: Any) -> dict[str, Any]:
    """A value of each region."""
    return {"global": first, "india": second}


def column(values: Any, name: str = "id") -> list[dict[str, Any]]:
    """Rows of one property."""
    return [{name: value} for value in values]


BOTH = pair(exchange(200, {"data": []}), exchange(200, {"data": []}))
SHOWN = tuple(BOTH.values())
WORDS = ("/status",)
