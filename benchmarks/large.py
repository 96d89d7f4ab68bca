"""A document of the size and shape of GitHub's, made by a script, and a stub that answers it.

python -m benchmarks.large: serve the stub until standard input ends.
"""

from __future__ import annotations

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

OPERATIONS = 1_200
READABLE = 500  # of these; the others write
PROPERTIES = 60  # of a resource, each described at length: 13 MB in all
TALK = "What the property means, where it comes from, since when it is there, and who may see it. "


def write(folder: Path) -> Path:
    """The document as a file."""
    path = folder / "large.json"
    path.write_text(json.dumps(document(), indent=1), "utf-8")
    return path


def document() -> dict[str, Any]:
    """Its operations, each with a resource of its own."""
    names = range(OPERATIONS)
    return {
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1"},
        "paths": {_path(number): {_method(number): _operation(number)} for number in names},
        "components": {"schemas": {_name(number): _schema(number) for number in names}},
    }


def _method(number: int) -> str:
    return "get" if number < READABLE else ("post", "put", "delete", "patch")[number % 4]


def _path(number: int) -> str:
    return f"/groups/{{group}}/{_name(number)}"


def _name(number: int) -> str:
    return f"resource-{number:04}"


def _operation(number: int) -> dict[str, Any]:
    group = {"name": "group", "in": "path", "required": True, "schema": {"type": "string"}}
    group["example"] = "acme"
    since = {"name": "since", "in": "query", "schema": {"type": "integer"}}
    kind = {"name": "kind", "in": "query", "schema": {"type": "string", "enum": ["a", "b"]}}
    parameters = [group, since, kind] if number % 2 else [group]
    schema = {"$ref": f"#/components/schemas/{_name(number)}"}
    answer = {"description": "ok", "content": {"application/json": {"schema": schema}}}
    return {
        "operationId": _name(number),
        "description": TALK * 3,
        "parameters": parameters,
        "responses": {"200": answer, "4XX": {"description": "refused"}},
    }


def _schema(number: int) -> dict[str, Any]:
    kinds = ("integer", "string", "boolean")
    properties = {
        f"property_{place:02}": {"type": kinds[place % 3], "description": TALK}
        for place in range(PROPERTIES)
    }
    return {"type": "object", "required": ["property_00"], "properties": properties}


def _resource() -> bytes:
    values = (1, "text", True)
    whole = {f"property_{place:02}": values[place % 3] for place in range(PROPERTIES)}
    return json.dumps(whole).encode()


class _Stub(BaseHTTPRequestHandler):
    """Answers every read alike."""

    protocol_version = "HTTP/1.1"
    body = _resource()

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        is_read = self.command in ("GET", "HEAD")
        body = self.body if is_read else b""
        self.send_response(200 if is_read else 405)
        if is_read:
            self.send_header("Content-Type", "application/json")
        else:
            self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


def main() -> None:
    """Serve."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stub)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"urls": {"main": f"http://127.0.0.1:{server.server_port}"}}), flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main()
