"""What an edge before a region may refuse, and what it blocks at random and lets through again."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from conformance.client.exchange import Exchange
    from conformance.client.request import Request

COMMON_METHODS = ("GET", "HEAD")
LONG_TARGET, LONG_FIELDS, MANY_PARAMETERS = 1_000, 2_000, 50
# The marks of injections, traversals and broken encodings that firewalls look for.
CHARACTERS = re.compile(r"""['"<>;(){}\[\]$\\|&`*^~%\x00-\x1f\x7f-\U0010ffff]|--|\.\.""")
WORDS = re.compile(
    r"\b(?:or|and|union|select|sleep)\b|javascript:|file:|https?:", re.IGNORECASE | re.ASCII
)
# Refusals that an API gives for reasons of its own: the key, the address, the rate.
OF_THE_API = (401, 404, 429)
RESENT = 3  # times that a request is sent again that failed in a region that is up but for it
BROKEN = 500  # the server behind is there, and out of order
OFTEN = 8  # the same, where that was of use before: of three nodes one may be broken
VAIN = 5  # requests in a row that failed as often as they were sent, after which none is sent again


class Resending:
    """What is sent again because it may fail by chance alone: an edge blocks at random, one node of
    several is broken.

    Where that was tried in vain, failures are taken as they come.
    """

    def __init__(self) -> None:
        self._vain = 0
        self._was_of_use = False
        self._lock = threading.Lock()

    def is_worth_another(self, exchange: Exchange, resent: int) -> bool:
        """Whether a request that failed is sent again, after so many times that it was."""
        with self._lock:
            # Whoever refuses what is hostile has a reason; a server that breaks has none.
            has_reason = is_hostile(exchange.request) and exchange.status != BROKEN
            usual = 1 if has_reason else RESENT
            most = OFTEN if self._was_of_use else usual
            self._vain += resent == most
            return resent < most and self._vain < VAIN

    def was_of_use(self) -> None:
        """Take in that a request was answered which had failed before."""
        with self._lock:
            self._vain, self._was_of_use = 0, True


def is_blocked(exchange: Exchange) -> bool:
    """Whether what is no API refused a GET that gives no reason: its media type is none of an API's."""
    if exchange.response is None or exchange.request.method != "GET":
        return False
    is_refusal = 400 <= exchange.status < 500 and exchange.status not in OF_THE_API
    return is_refusal and is_for_people(exchange) and not is_hostile(exchange.request)


def is_for_people(exchange: Exchange) -> bool:
    """Whether an answer is a page, which no API gives unless it says so."""
    if exchange.request.page:
        return False
    media = exchange.response.header("content-type") if exchange.response else None
    return (media or "").lower().startswith("text/html")


def is_hostile(request: Request) -> bool:
    """Whether an edge has reason to refuse a request: by its method, its length or its characters."""
    if request.edge or request.method not in COMMON_METHODS or is_long(request):
        return True
    if request.body:  # to which RFC 9110 9.3.1 gives no meaning
        return True

    parameters = request.query_string.split("&")
    if len(parameters) > MANY_PARAMETERS:
        return True
    return any(_is_suspicious(text) for text in (request.path, *parameters))


def is_long(request: Request) -> bool:
    """Whether its target or its fields are longer than the HTTP layer need take."""
    fields = sum(len(name) + len(value) for name, value in request.headers)
    return len(request.target) > LONG_TARGET or fields > LONG_FIELDS


def _is_suspicious(text: str) -> bool:
    plain = unquote(text.replace("+", " "), errors="surrogateescape")
    return bool(CHARACTERS.search(plain) or WORDS.search(plain))
