"""What is asked: a request before any key is filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Request:
    """What to send. `{key}` in a header, in the query or in the body stands for the region's key:
    see `placeholders`.
    """

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    raw_query: str | None = None  # sent exactly as it stands
    key: str | None = None  # the region whose key is meant; none: the region asked
    edit: str | None = None  # how the key is altered: see `edited`
    # What is expected of the answer is no part of what is asked: requests that differ in it alone share one.
    edge: bool = field(default=False, compare=False)  # the HTTP layer may refuse it, in any form
    plain: bool = field(default=False, compare=False)  # valid: nothing but a 2xx is right
    page: bool = field(default=False, compare=False)  # it may be answered with a page for people
    omit: tuple[str, ...] = ()  # header fields that every client sends, and this request does not
    version: str = "1.1"  # of HTTP
    new_connection: bool = False  # over one that nothing was sent over before, and nothing is after
    absolute: bool = False  # the target in absolute form (RFC 9112 3.2.2)
    certificate: bool = True  # the connection shows the client's certificate, where there is one

    @property
    def query_string(self) -> str:
        """The query, encoded, key not filled in."""
        if self.raw_query is not None:
            return self.raw_query
        return urlencode(self.query, quote_via=quote, safe="", errors="surrogatepass")

    @property
    def target(self) -> str:
        """The request target, key not filled in."""
        return f"{self.path}?{self.query_string}" if self.query_string else self.path
