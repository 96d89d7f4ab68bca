"""A server of small documents, one for each kind of what a document may ask for."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import Collection, Iterator

PET = {"id": 1, "name": "Rex"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND")
KEY = "key-a-0123456789abcdef"
APP = {"X-App-Id": "app-id-0123456789", "X-App-Key": "app-key-abcdefghij"}


@dataclass
class SmallApi:
    """What the server was asked: method, path, and body of each request."""

    url: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    unchecked: tuple[str, ...] = ()  # fields of a credential that it takes whatever they are
    demanding: bool = False  # whether it refuses who has no key where none is needed
    keys: set[str | None] = field(default_factory=set)  # those that came where none is needed

    def methods(self) -> set[str]:
        """The methods that it was asked."""
        return {method for method, _, _ in self.asked}


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Say nothing of connections that a client is refused."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[SmallApi]:
    """Serve on loopback."""
    api = SmallApi()
    server = _Server(("127.0.0.1", 0), _handler(api))
    if tls:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    api.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    try:
        yield api
    finally:
        server.shutdown()
        server.server_close()


def _handler(api: SmallApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def answer(self) -> None:
            """Answer one request."""
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("latin-1")
            target = urlsplit(self.path)
            api.asked.append((self.command, target.path, body))
            query = parse_qs(target.query, keep_blank_values=True)
            allowed = PATHS.get(target.path)
            if allowed is None:
                self.send(404, {"error": "nothing there"})
            elif self.is_refused(target.path):
                self.send(401, {"error": "key"}, ("WWW-Authenticate", "ApiKey"))
            elif self.command not in allowed:
                self.send(405, {"error": "method"}, ("Allow", ", ".join(allowed)))
            else:
                self.send(*_answered(self.command, target.path, query, body))

        def is_refused(self, path: str) -> bool:
            """Whether a key is wrong, or missing where one is needed."""
            if path != "/optional":
                return _lacks_key(path, self.headers, api.unchecked)
            key = self.headers.get("X-API-Key")
            api.keys.add(key)
            return api.demanding if key is None else key != KEY

        def send(self, status: int, body: Any, *fields: tuple[str, str]) -> None:
            """Send a text as it is, all else as JSON, and nothing for None."""
            data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            data = b"" if body is None else data
            self.send_response(status)
            if body is not None:
                kind = "text/plain" if isinstance(body, str) else "application/json"
                self.send_header("Content-Type", kind)
            for name, value in fields:
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD" and status != 204:
                self.wfile.write(data)

    for method in METHODS:
        setattr(Handler, f"do_{method}", Handler.answer)
    return Handler


PATHS = {
    "/pet": ("GET",),
    "/pets": ("GET", "POST", "DELETE"),
    "/pets/7": ("GET",),
    "/search": ("GET",),
    "/ping": ("GET",),
    "/text": ("GET",),
    "/keyed": ("GET",),
    "/both": ("GET",),
    "/either": ("GET",),
    "/optional": ("GET",),
}


def _lacks_key(path: str, fields: Any, unchecked: Collection[str]) -> bool:
    """Whether a path's credential is missing; `unchecked` fields are taken whatever they are."""
    app = all(name in unchecked or fields.get(name) == value for name, value in APP.items())
    token = fields.get("X-API-Key") == KEY
    if path == "/either":
        return not (app or token)
    return {"/both": not app, "/keyed": not token}.get(path, False)


def _answered(method: str, path: str, query: dict[str, list[str]], body: str) -> tuple[int, Any]:
    if method == "DELETE" or path == "/ping":
        return 204, None
    if method == "POST":
        return (201, PET) if _is_pet(body) else (400, {"error": "body"})
    if path == "/search":
        return (200, [PET]) if query.get("q", [""])[0] else (400, {"error": "q is required"})
    if path == "/text":
        return 200, "hello"
    return 200, [PET] if path == "/pets" else PET


def _is_pet(body: str) -> bool:
    try:
        pet = json.loads(body)
    except ValueError:
        return False
    return isinstance(pet, dict) and "name" in pet
