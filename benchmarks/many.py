"""Sixty operations that are one: the server, and the document and the overlay that describe it.

python -m benchmarks.many MS: serve both regions, each answer after so many milliseconds, until
standard input ends.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import yaml

from conformance.contract.load import spec_directory
from conformance.contract.source import Source
from conformance.mock import MockOptions
from conformance.mock.server import MockServer
from conformance.mock.service import PATH

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.mock.messages import Answer, Call

OPERATIONS = 60
COPY = re.compile(rf"{re.escape(PATH)}-\d\d")


def paths(operations: int = OPERATIONS) -> list[str]:
    """The paths of the copies."""
    return [f"{PATH}-{place:02}" for place in range(operations)]


def write(folder: Path, operations: int = OPERATIONS) -> tuple[Path, Path]:
    """The document and the overlay, each copy with the traits of the original."""
    document, overlay = (
        Source(spec_directory() / f"{name}.yaml").data for name in ("openapi", "overlay")
    )
    original = document["paths"].pop(PATH)
    for place, path in enumerate(paths(operations)):
        document["paths"][path] = made = copy.deepcopy(original)
        made["get"]["operationId"] = f"list-batch-calls-{place:02}"
    overlay["actions"] = [
        action | {"target": action["target"].replace(f"'{PATH}'", f"'{path}'")}
        for action in overlay["actions"]
        for path in (paths(operations) if f"'{PATH}'" in action["target"] else [""])
    ]
    return _file(folder / "openapi.yaml", document), _file(folder / "overlay.yaml", overlay)


def _file(path: Path, content: Any) -> Path:
    path.write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")
    return path


def main() -> None:
    """Serve."""
    server = MockServer(MockOptions(latency_ms=int(sys.argv[1])))
    for service in server.services.values():
        service.respond = _of_the_original(service.respond)
    threading.Thread(target=_stop_on_eof, args=(server,), daemon=True).start()
    server.run(lambda urls: print(json.dumps({"urls": urls}), flush=True))


def _stop_on_eof(server: MockServer) -> None:
    sys.stdin.read()
    server.stop()


def _of_the_original(respond: Callable[[Call], Answer]) -> Callable[[Call], Answer]:
    def answer(call: Call) -> Answer:
        return respond(replace(call, path=PATH) if COPY.fullmatch(call.path) else call)

    return answer


if __name__ == "__main__":
    main()
