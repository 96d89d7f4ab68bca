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
RESENT = 2  # times that a request is sent again that an edge blocked
VAIN = 5  # requests that were blocked as often as they were sent, after which none is sent again


class Blocks:
    """Refusals that are an edge's, of requests that give no reason for any.

    The same request may be let through the next time; where that was tried in vain, refusals are
    taken as they come.
    """

    def __init__(self) -> None:
        self._vain = 0
        self._lock = threading.Lock()

    def is_worth_another(self, exchange: Exchange, resent: int) -> bool:
        """Whether a blocked request is sent again, after so many times that it was."""
        if not is_blocked(exchange):
            return False
        with self._lock:
            self._vain += resent == RESENT
            return resent < RESENT and self._vain < VAIN


def is_blocked(exchange: Exchange) -> bool:
    """Whether what is no API refused a GET that gives no reason: its media type is none of an API's."""
    if exchange.response is None or exchange.request.method != "GET":
        return False
    is_refusal = 400 <= exchange.status < 500 and exchange.status not in OF_THE_API
    media = exchange.response.header("content-type") or ""
    return is_refusal and media.lower().startswith("text/html") and not is_hostile(exchange.request)


def is_hostile(request: Request) -> bool:
    """Whether an edge has reason to refuse a request: by its method, its length or its characters."""
    if request.edge or request.method not in COMMON_METHODS or is_long(request):
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
