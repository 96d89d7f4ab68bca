"""A small JSON service over HTTP with lists that are paged in several styles, and may be at fault.

A service is a document, an overlay, and a function from a request to an answer. `FAULTS` of a service
names what it can do wrong, each with the requirements of which one must say so.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

from tests.support.program import conformance
from tests.support.servers import handled_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

KEY = "key-0123456789abcdef"
GENRES = ("crime", "poetry", "travel")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
ROWS = 73  # a prime number: no page size but 1 divides it


@dataclass(frozen=True)
class Answer:
    """A status, a body as JSON, and header fields."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request of a list: its absolute URL without the query, its path, the query decoded, and its
    header fields; of a repeated parameter the last value counts.
    """

    url: str
    path: str
    query: Mapping[str, str]
    fields: Mapping[str, str] = field(default_factory=dict)


class Service(ABC):
    """Rows with an identity and a genre, listed under some paths."""

    DOCUMENT: ClassVar[dict[str, Any]]
    OVERLAY: ClassVar[list[dict[str, Any]]]
    FAULTS: ClassVar[dict[str, tuple[str, ...]]]
    TOLD: ClassVar[bool] = True  # the document says how its list is paged

    def __init__(self, fault: str | None = None) -> None:
        assert fault is None or fault in self.FAULTS
        self.fault = fault
        self.turn = 0
        self.rows = [{"id": number, "genre": GENRES[number % 3]} for number in range(1, ROWS + 1)]

    @abstractmethod
    def refusal(self, status: int, what: str) -> Answer:
        """An error in the form of this service."""

    @abstractmethod
    def answer(self, asked: Asked) -> Answer | None:
        """The answer to a GET; none where there is nothing at this path."""

    def accepts(self, headers: Mapping[str, str]) -> bool:
        """Whether the request has the key."""
        return headers.get("Authorization", "") == f"Bearer {KEY}"

    def chosen(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The rows that the filter leaves, in their order."""
        rows = list(self.rows)
        genre = query.get("genre")
        if genre is not None and self.fault != "filter_ignored":
            rows = [row for row in rows if row["genre"] == genre]
        if self.fault == "unordered":
            self.turn += 1
            rows = rows[self.turn % 5 :] + rows[: self.turn % 5]
        return rows

    def item(self, path: str, root: str) -> Answer | None:
        """The row whose identity stands below a path; none where the path is another."""
        head, _, identity = path.rpartition("/")
        if head != root:
            return None
        rows = [row for row in self.rows if str(row["id"]) == identity]
        if self.fault == "item_lost" and identity == str(ROWS):
            rows = []
        if self.fault == "item_of_another" and rows:
            rows = self.rows[:1]
        if self.fault == "unknown_item_found" and not rows:
            return Answer(200, None)
        if not rows:
            return self.refusal(404, "no such row")
        row = rows[0] | {"note": "only here", "asked": self.count()}
        if self.fault == "item_differs":
            row |= {"genre": "unknown"}
        return Answer(200, {"data": row} if root == "/repos" else row)

    def count(self) -> int:
        """How often it was called."""
        self.turn += 1
        return self.turn

    def cut(self, rows: list[dict[str, Any]], start: int, size: int) -> list[dict[str, Any]]:
        """The rows of a window."""
        if self.fault == "duplicated" and start:
            start -= 1
        if self.fault == "dropped" and start:
            start += 1
        if self.fault == "size_ignored":
            size = 10
        if self.fault == "order_by_size" and size < 20:
            rows = rows[::-1]
        return rows[start : start + size]


def list_operation(
    name: str, parameters: list[dict[str, Any]], answer: Any, headers: tuple[str, ...] = ()
) -> dict[str, Any]:
    """An Operation Object of a list with these parameters, and header fields of its answer."""
    error = {
        "description": "error",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    described = {
        "description": "ok",
        "headers": {name: {"schema": {"type": "string"}} for name in headers},
        "content": {"application/json": {"schema": answer}},
    }
    partial = {"206": described} if "Content-Range" in headers else {}
    return {
        "operationId": name,
        "parameters": parameters,
        "responses": {"200": described, **partial, "4XX": error},
    }


def item_operation(name: str, parameter: str) -> dict[str, Any]:
    """A Path Item Object that fetches one row."""
    operation = list_operation(
        name,
        [{"name": parameter, "in": "path", "required": True, "schema": {"type": "integer"}}],
        {"type": "object"},
    )
    return {"get": operation}


def integer(name: str, **schema: Any) -> dict[str, Any]:
    """A query parameter that is a whole number."""
    return {"name": name, "in": "query", "schema": {"type": "integer", **schema}}


def text(name: str, **schema: Any) -> dict[str, Any]:
    """A query parameter that is a text."""
    return {"name": name, "in": "query", "schema": {"type": "string", **schema}}


ROW = {
    "type": "object",
    "required": ["id", "genre"],
    "properties": {"id": {"type": "integer"}, "genre": {"type": "string"}},
}


def rows_of(name: str, **others: dict[str, Any]) -> dict[str, Any]:
    """The schema of an envelope with rows under a name, and other members."""
    properties = {name: {"type": "array", "items": ROW}, **others}
    return {"type": "object", "required": list(properties), "properties": properties}


def write(service: type[Service], folder: Path) -> tuple[Path, Path]:
    """The document and the overlay of a service, as files."""
    document, overlay = folder / "openapi.json", folder / "overlay.json"
    info = {"title": service.__name__, "version": "1"}
    document.write_text(json.dumps({"openapi": "3.1.0", "info": info, **service.DOCUMENT}))
    overlay.write_text(json.dumps({"overlay": "1.0.0", "info": info, "actions": service.OVERLAY}))
    return document, overlay


def traits(path: str, **values: Any) -> dict[str, Any]:
    """The action of an overlay that gives the GET of a path its traits."""
    return {"target": f"$.paths['{path}'].get", "update": {"x-conformance": values}}


def serving(service: Service) -> AbstractContextManager[str]:
    """Serve it on loopback; its base URL."""
    return handled_by(_handler(service))


def _handler(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "server", ""

        def log_message(self, *_arguments: Any) -> None:
            """Nothing is printed."""

        def any_method(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = _answered(service, self)
            content = json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

    for method in METHODS:
        setattr(Handler, f"do_{method}", Handler.any_method)
    return Handler


def _answered(service: Service, request: BaseHTTPRequestHandler) -> Answer:
    parts = urlsplit(request.path)
    fields = dict(request.headers.items())
    is_repeated = len(request.headers.get_all("Authorization") or []) > 1
    if is_repeated or not service.accepts(fields):
        refused = service.refusal(401, "no key")
        return Answer(401, refused.body, {"WWW-Authenticate": "Bearer"})
    query = dict(parse_qsl(parts.query, keep_blank_values=True, errors="replace"))
    asked = Asked(f"http://{fields.get('Host')}{parts.path}", parts.path, query, fields)
    answer = service.answer(asked)
    if answer is None:
        return service.refusal(404, "nothing here")
    if request.command not in ("GET", "HEAD"):
        return Answer(405, service.refusal(405, "no such method").body, {"Allow": "GET, HEAD"})
    return answer


@dataclass(frozen=True)
class Outcome:
    """What a run came to: its exit code, the requirements that failed, and what it printed."""

    code: int
    failed: frozenset[str]
    text: str


def run(service: type[Service], fault: str | None, folder: Path, *arguments: str) -> Outcome:
    """Run the suite from the command line against a service that may be at fault."""
    document, overlay = write(service, folder)
    with serving(service(fault)) as base:
        done = conformance(
            *("run", "--spec", document, "--overlay", overlay, "--region", f"main={base}"),
            *("--seed", "1", "--out", folder / "out", *arguments),
            folder=folder,
            variables={"CONFORMANCE_KEY": KEY},
        )
    report = folder / "out" / "report.json"
    results = json.loads(report.read_text())["results"] if report.exists() else []
    failed = {entry["requirement"] for entry in results if entry["outcome"] == "failed"}
    return Outcome(done.returncode, frozenset(failed), done.stdout + done.stderr)
