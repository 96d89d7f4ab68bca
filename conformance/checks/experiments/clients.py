"""What clients send besides the request itself: none of it may change the answer (RFC 9110)."""

from __future__ import annotations

from dataclasses import dataclass

Fields = tuple[tuple[str, str], ...]

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
BROWSER_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True, slots=True)
class Client:
    """A way to send a request: header fields beside the credential, header fields left out, the
    protocol.

    `omit` names fields that the suite's own client would send by itself.
    """

    name: str
    headers: Fields = ()
    omit: tuple[str, ...] = ()
    version: str = "1.1"
    new_connection: bool = False


# The first ones show the most: smoke takes a prefix.
CLIENTS: tuple[Client, ...] = (
    Client("Accept: */*", (("Accept", "*/*"),)),
    Client("Accept-Encoding: identity", (("Accept-Encoding", "identity"),)),
    Client("User-Agent of curl", (("User-Agent", "curl/8.5.0"), ("Accept", "*/*"))),
    Client("HTTP/1.0", version="1.0", new_connection=True),
    Client("a new connection", new_connection=True),
    Client("Accept: application/json", (("Accept", "application/json"),)),
    Client("no User-Agent", omit=("User-Agent",)),
    Client("no Accept-Encoding", omit=("Accept-Encoding",)),
    Client("User-Agent of a browser", (("User-Agent", BROWSER),)),
    Client("User-Agent of a library", (("User-Agent", "python-requests/2.32.3"),)),
    Client("User-Agent of a service", (("User-Agent", "Go-http-client/1.1"),)),
    Client("User-Agent of Java", (("User-Agent", "Apache-HttpClient/5.3 (Java/21.0.2)"),)),
    Client("User-Agent of Android", (("User-Agent", "okhttp/4.12.0"),)),
    Client("Accept of a browser", (("User-Agent", BROWSER), ("Accept", BROWSER_ACCEPT))),
    Client("Accept of a script", (("Accept", "application/json, text/plain, */*"),)),
    Client("Accept-Encoding of a browser", (("Accept-Encoding", "gzip, deflate, br, zstd"),)),
    Client("Accept-Language", (("Accept-Language", "hi-IN,hi;q=0.9,de;q=0.8"),)),
    Client("a cookie", (("Cookie", "session=0; theme=dark"),)),
    Client("an origin", (("Origin", "https://app.example"), ("Sec-Fetch-Mode", "cors"))),
    Client("a referrer", (("Referer", "https://app.example/list"),)),
    Client("an entity tag", (("If-None-Match", '"no-such-tag"'),)),
    Client("a Content-Type without a body", (("Content-Type", "application/json"),)),
    Client("no cache", (("Cache-Control", "no-cache"), ("Pragma", "no-cache"))),
    Client("a closed connection", (("Connection", "close"),), new_connection=True),
)
