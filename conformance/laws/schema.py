"""The laws of a single answer: status, media type, JSON, schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema_rs

from conformance.contract import pointer
from conformance.contract.load import resolve
from conformance.laws.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client.exchange import Exchange
    from conformance.contract import Contract
    from conformance.contract.operation import Operation

HTTP_LAYER = (400, 413, 414, 431)


class Schemas:
    """The validators of one operation's answers, by status."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self.contract, self.operation = contract, operation
        self._validators: dict[str, tuple[Any, Any, list[str]]] = {}

    def documented(self, status: int) -> str | None:
        """The key of the responses object that describes a status."""
        return next(
            (k for k in (str(status), f"{status // 100}XX", "default") if k in self.operation.responses), None
        )

    def of(self, key: str) -> tuple[Any, Any, list[str]]:
        """Validator, resolved schema and media types of a documented status."""
        if key not in self._validators:
            response = resolve(self.contract.document, self.operation.responses[key])
            content = response.get("content") or {}
            schema = next((entry.get("schema") for name, entry in content.items() if "json" in name), None)
            validator = None
            if schema is not None:
                whole = modern({**schema, "components": self.contract.document.get("components", {})})
                validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
            self._validators[key] = (validator, schema, list(content))
        return self._validators[key]


def modern(node: Any) -> Any:
    """OpenAPI 3.0's `nullable` as 3.1 writes it."""
    if isinstance(node, list):
        return [modern(one) for one in node]
    if not isinstance(node, dict):
        return node
    node = {key: modern(value) for key, value in node.items()}
    if node.pop("nullable", False) is True and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    return node


def refused_by_http_layer(exchange: Exchange) -> bool:
    """Whether the HTTP layer in front of the application may have refused it by itself."""
    return exchange.request.edge and exchange.status in HTTP_LAYER


def judge(exchange: Exchange, schemas: Schemas) -> Iterator[tuple[str, str, list[Finding]]]:
    """Requirement, kind of evidence and findings of each schema law that one answer is judged by."""
    if exchange.response is None or exchange.request.method != "GET":
        return
    status, shown = exchange.status, (exchange,)
    if status >= 500:
        yield "SCH-06", "requests", [Finding("no 5xx", f"status {status}", shown)]
    else:
        yield "SCH-06", "requests", []
    if refused_by_http_layer(exchange):
        return
    key = schemas.documented(status)
    if key is None:
        known = ", ".join(schemas.operation.responses)
        yield (
            "SCH-01",
            "answers",
            [Finding(f"one of the documented statuses {known}", f"status {status}", shown)],
        )
        return
    yield "SCH-01", "answers", []
    validator, schema, media = schemas.of(key)
    if validator is None:
        return
    problem = _media_problem(exchange, media) or exchange.parsed[1]
    if problem:
        yield "SCH-02", "bodies", [Finding(f"{' or '.join(media)}, strict JSON in UTF-8", problem, shown)]
        return
    yield "SCH-02", "bodies", []
    yield from _body(exchange, validator, schema, schemas)


def _media_problem(exchange: Exchange, media: list[str]) -> str | None:
    assert exchange.response is not None
    given = exchange.response.header("content-type")
    name = (given or "").split(";")[0].strip().lower()
    return None if name in media else f"Content-Type {given!r}" if given else "no Content-Type"


def _body(
    exchange: Exchange, validator: Any, schema: Any, schemas: Schemas
) -> Iterator[tuple[str, str, list[Finding]]]:
    shown = (exchange,)
    wrong: list[Finding] = []
    missing: list[Finding] = []
    strings: list[Finding] = []
    for error in validator.iter_errors(exchange.json) if not validator.is_valid(exchange.json) else ():
        finding = Finding("a body that its schema allows", f"{_at(error)}: {str(error.message)[:300]}", shown)
        message = str(error.message)
        no_integer = 'is not of type "integer"' in message and not message.startswith(("null", "{", "["))
        kind = missing if "required" in str(error.schema_path) else strings if no_integer else wrong
        kind.append(finding)
        if len(wrong) + len(missing) + len(strings) >= 5:
            break
    yield "SCH-03", "bodies", wrong
    yield "SCH-04", "bodies", missing
    floats = [
        Finding("a JSON integer", f"{at}: {value!r}", shown)
        for at, value, expected in values(exchange.json, schema, schemas.contract.document)
        if isinstance(value, float) and _is_integer(expected)
    ]
    yield "SCH-05", "bodies", strings + floats[:3]
    extra = [
        Finding("no property outside the schema", f"{at}", shown)
        for at in sorted(set(undocumented(exchange.json, schema, schemas.contract.document)))
    ]
    yield "SCH-07", "bodies", extra[:3]


def _at(error: Any) -> str:
    return "/" + "/".join(str(part) for part in error.instance_path)


def _is_integer(schema: Any) -> bool:
    kind = schema.get("type") if isinstance(schema, dict) else None
    kinds = kind if isinstance(kind, list) else [kind]
    return "integer" in kinds and "number" not in kinds


def values(value: Any, schema: Any, document: dict[str, Any], at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each scalar with its place and its schema."""
    schema = resolve(document, schema)
    if not isinstance(schema, dict):
        return
    if isinstance(value, dict):
        for name, part in value.items():
            if name in schema.get("properties", {}):
                yield from values(part, schema["properties"][name], document, f"{at}/{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from values(part, schema.get("items"), document, f"{at}/{index}")
    else:
        yield at, value, schema


def undocumented(value: Any, schema: Any, document: dict[str, Any], at: str = "") -> Iterator[str]:
    """The places of properties that an object schema does not name, indexes left out."""
    schema = resolve(document, schema)
    if not isinstance(schema, dict):
        return
    if isinstance(value, dict) and "properties" in schema:
        for name, part in value.items():
            if name in schema["properties"]:
                yield from undocumented(part, schema["properties"][name], document, f"{at}/{name}")
            elif not schema.get("additionalProperties"):
                yield f"{at}/{name}"
    elif isinstance(value, list):
        for part in value:
            yield from undocumented(part, schema.get("items"), document, f"{at}/*")


def error_envelope(exchange: Exchange, contract: Contract) -> list[Finding]:
    """ROB-03, AUT-07: the documented `type` for the status (docs: errors-rate-limits)."""
    wanted = contract.error_types.get(exchange.status)
    if contract.error_type is None or wanted is None:
        return []
    found = pointer.get(exchange.json, contract.error_type)
    if found in wanted:
        return []
    actual = "no error type" if found is pointer.MISSING else f"{found!r}"
    return [
        Finding(f"{contract.error_type} {' or '.join(wanted)} with {exchange.status}", actual, (exchange,))
    ]
