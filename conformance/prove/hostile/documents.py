"""Documents of which requests cannot be made, or answers not judged, in any time or memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conformance.mock.fronts.model import Reply, refusal
from conformance.prove.hostile.trouble import USE, Trouble
from conformance.prove.hostile.use import file
from conformance.prove.hostile.wire import of_server

if TYPE_CHECKING:
    from conformance.prove.hostile.server import Visit

JSON = (("Content-Type", "application/json"),)
ENDLESS = {"type": "string", "pattern": "^(([a-z])+.)+[A-Z]([a-z])+$", "minLength": 60}
WORDS = {"enum": [f"word-{number}" for number in range(300_000)]}
MULTIPLIED = 26  # times that a schema is an alternative of itself and of a part of it
ARGUMENTS = (
    *("run", "--spec", "given.json", "--region", "main={hostile}"),
    *("--profile", "smoke", "--max-time", "20"),
)


def _document(asked: Any, answered: Any, *, required: bool = False) -> bytes:
    """A document of one GET with a parameter and an answer of these schemas."""
    parameter = {"name": "q", "in": "query", "required": required, "schema": asked}
    content = {"application/json": {"schema": answered}}
    operation = {
        "operationId": "a",
        "parameters": [parameter],
        "responses": {"200": {"description": "a", "content": content}},
    }
    schemas: dict[str, Any] = {"S0": {"type": "integer"}}
    for number in range(1, MULTIPLIED + 1):
        before = {"$ref": f"#/components/schemas/S{number - 1}"}
        also = {"allOf": [before, {"type": "integer", "minimum": number}]}
        schemas[f"S{number}"] = {"oneOf": [before, also]}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "a", "version": "1"},
        "paths": {"/a": {"get": operation}},
        "components": {"schemas": schemas},
    }
    return json.dumps(document).encode()


def _empty(visit: Visit) -> None:
    """An object without a member, to GET; all else is refused."""
    is_read = visit.request.startswith((b"GET ", b"HEAD "))
    visit.answer(Reply(200, JSON, b"{}") if is_read else refusal(405, "not_allowed", "GET alone"))


def _row(
    name: str, sentence: str, says: str = "", *, asked: Any = True, answered: Any = True
) -> Trouble:
    return of_server(
        name,
        sentence,
        _empty,
        exits=(3,) if says else (0, 3),
        says=(says,) if says else (),
        arguments=ARGUMENTS,
        set_up=file("given.json", _document(asked, answered)),
    )


_LAST = {"$ref": f"#/components/schemas/S{MULTIPLIED}"}
_NEVER = {"type": "string", "pattern": "^(a+)+$(?!x)b"}
DOCUMENTS: tuple[Trouble, ...] = (
    *(
        Trouble(
            name=f"a-required-pattern-without-end-for-{command}",
            side=USE,
            sentence="A required text of a pattern that backtracks for ever.",
            exits=(0, 3),
            arguments=(command, "--spec", "given.json"),
            set_up=file("given.json", _document(_NEVER, answered=True, required=True)),
        )
        for command in ("lint", "init")
    ),
    _row("a-pattern-without-end", "A pattern that backtracks for ever.", "were not made", asked=ENDLESS),
    _row("alternatives-that-multiply", "A parameter of 2^26 alternatives.", "were not made|take more", asked=_LAST),
    _row("answers-that-multiply", "An answer of 2^26 alternatives.", "alternatives within alternatives", answered=_LAST),
    _row("words-by-the-hundred-thousand", "A parameter of 300,000 words.", asked=WORDS),
)  # fmt: skip
