"""Documents of which requests cannot be made, or answers not judged, in any time or memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conformance.mock.fronts.model import Reply, refusal
from conformance.prove.hostile.trouble import USE, Trouble
from conformance.prove.hostile.use import KEY, both, file
from conformance.prove.hostile.wire import of_server

if TYPE_CHECKING:
    from collections.abc import Iterator

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


# Where a document has a part of a type that it must not have, and what is there.
_MISSHAPEN: dict[str, tuple[tuple[str, ...], Any]] = {
    "parameters-in-an-object": (("paths", "/a", "get", "parameters"), {"name": "q"}),
    "responses-in-an-array": (("paths", "/a", "get", "responses"), [5]),
    "a-media-type-of-nothing": (("paths", "/a", "get", "responses", "200", "content", "text/a"), None),
    "an-id-that-is-a-number": (("paths", "/a", "get", "operationId"), 5),
    "security-that-is-a-text": (("security",), "x"),
    "a-scheme-that-is-null": (("components", "securitySchemes"), {"k": None}),
    "components-that-are-a-text": (("components",), "x"),
    "information-that-is-a-text": (("info",), "x"),
    "servers-that-are-numbers": (("servers",), [5]),
    "a-reference-with-nul": (("components", "schemas", "S0"), {"$ref": "a\0b"}),
}  # fmt: skip
_READERS = (
    ("init", "--spec", "given.json"),
    ("run", "--list", "--spec", "given.json", "--region", "main=http://127.0.0.1:9"),
)


def _misshapen() -> Iterator[Trouble]:
    for number, (name, (place, value)) in enumerate(_MISSHAPEN.items()):
        document = json.loads(_document(True, True))
        node = document
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = value
        said = name.replace("-", " ")
        yield Trouble(
            name=name,
            side=USE,
            sentence=f"A document with {said}.",
            exits=(2,),
            says=(r"given\.json:\d+: ",),
            arguments=_READERS[number % len(_READERS)],
            set_up=both(KEY, file("given.json", json.dumps(document).encode())),
        )


def _of_20000_operations() -> bytes:
    document = json.loads(_document(True, True))
    answers = {"responses": {"200": {"description": "a"}}}
    document["paths"] = {f"/a{number}": {"get": answers} for number in range(20_000)}
    return json.dumps(document).encode()


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
    _row("alternatives-that-multiply", "A parameter of 2^26 alternatives.", "were not made|(take|took) more", asked=_LAST),
    _row("answers-that-multiply", "An answer of 2^26 alternatives.", "alternatives within alternatives", answered=_LAST),
    _row("words-by-the-hundred-thousand", "A parameter of 300,000 words.", asked=WORDS),
    *_misshapen(),
    Trouble(
        name="operations-by-the-ten-thousand",
        side=USE,
        sentence="A document of 20,000 operations.",
        exits=(0,),
        arguments=_READERS[-1],
        set_up=lambda stage: both(KEY, file("given.json", _of_20000_operations()))(stage),
        seconds=90,
    ),
)  # fmt: skip
