"""Whether the contract allows a request: the operation that it asks, and what is wrong with it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from conformance.contract.dialect import for_requests
from conformance.contract.inputs import IGNORED
from conformance.contract.media import covers, is_json
from conformance.laws.breadth import Unjudgeable
from conformance.laws.validators import compiled
from conformance.laws.written import operations_of
from conformance.lint.samples.sent import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conformance.contract import Contract
    from conformance.contract.operation import Operation
    from conformance.contract.security import Presentation, Security
    from conformance.lint.samples.sent import Sent

KEY = re.compile(r"\{key(?::[^{}]*)?\}")  # where a presentation has the key


def objections(sent: Sent, contract: Contract) -> list[str]:
    """What of a request the contract does not allow, or does not know."""
    path = _path(sent, contract)
    if path is None:
        known = ", ".join(contract.regions.values()) or "none"
        return [f"{_origin(sent.url)} is no server of the contract ({known})"]
    operation = _asked(sent.method, path, contract)
    if operation is None:
        others = sorted(one.method for one in contract.operations if _is_at(one, path))
        has = f"; it has {', '.join(others)}" if others else ""
        return [f"the contract has no {sent.method} {path}{has}"]
    try:
        return [
            *_of_path(path, operation, contract),
            *_of_query(sent, operation, contract),
            *_of_headers(sent, operation),
            *_of_credential(sent, operation),
            *_of_body(sent, operation, contract),
        ]
    except Unjudgeable as reason:
        return [f"{operation.id} cannot be judged: {reason}"]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else url


def _path(sent: Sent, contract: Contract) -> str | None:
    """The path below the server that is asked; none where the contract has no such server."""
    bare = sent.url.partition("#")[0].partition("?")[0]
    for server in contract.regions.values():
        base = server.rstrip("/")
        if bare == base or bare.startswith(f"{base}/"):
            return bare.removeprefix(base) or "/"
    return None


def _asked(method: str, path: str, contract: Contract) -> Operation | None:
    """The operation at a path; one without names in it comes first (OpenAPI, Paths Object)."""
    found = [one for one in contract.operations if one.method == method and _is_at(one, path)]
    return min(found, key=lambda one: one.path.count("{"), default=None)


def _is_at(operation: Operation, path: str) -> bool:
    return _values(operation.path, path) is not None


def _values(template: str, path: str) -> dict[str, str] | None:
    """What stands in a path for each name of its template."""
    names = re.findall(r"\{([^{}]+)\}", template)
    parts = map(re.escape, re.split(r"\{[^{}]+\}", template))
    found = re.fullmatch("([^/]+)".join(parts), path)
    return dict(zip(names, map(unquote, found.groups()), strict=True)) if found else None


def _of_path(path: str, operation: Operation, contract: Contract) -> Iterator[str]:
    for name, value in (_values(operation.path, path) or {}).items():
        yield from _of_value(name, value, "path", operation, contract)


def _of_query(sent: Sent, operation: Operation, contract: Contract) -> Iterator[str]:
    given = parse_qsl(urlsplit(sent.url).query, keep_blank_values=True)
    credentials = {name for shown in _presented(operation) for name, _ in shown.query}
    for name, value in given:
        if name in operation.query_names:
            yield from _of_value(name, value, "query", operation, contract)
        elif name not in credentials:
            known = ", ".join(operation.query_names) or "none"
            yield f"{operation.id} has no query parameter {name} ({known})"
    missing = [name for name in _required(operation, "query") if name not in dict(given)]
    yield from (f"the required query parameter {name} is missing" for name in missing)


def _of_headers(sent: Sent, operation: Operation) -> Iterator[str]:
    for name in _required(operation, "header"):
        if name.lower() not in IGNORED and sent.header(name) is None:
            yield f"the required header {name} is missing"


def _required(operation: Operation, place: str) -> list[str]:
    return [
        str(entry["name"])
        for entry in operation.parameters
        if entry.get("in") == place and entry.get("required") is True
    ]


def _of_value(
    name: str, value: str, place: str, operation: Operation, contract: Contract
) -> Iterator[str]:
    schema = _schema_of(operation, name, place)
    if schema is None or is_placeholder(value):
        return
    validator = compiled(for_requests(schema, contract.document))
    # A text may be written for a number, a boolean or a text of the same letters.
    if not any(validator.is_valid(reading) for reading in _readings(value)):
        yield f"{name}={value} is none of the values that the contract allows"


def _schema_of(operation: Operation, name: str, place: str) -> Any:
    for entry in operation.parameters:
        if entry.get("in") == place and entry.get("name") == name:
            return entry.get("schema")
    return None


def _readings(value: str) -> list[Any]:
    readings: list[Any] = [value, [value], value.split(",")]
    try:
        decoded = json.loads(value)
    except ValueError:
        return readings
    return [decoded, [decoded], *readings]


def _of_credential(sent: Sent, operation: Operation) -> Iterator[str]:
    if operation.security is None:
        return
    if not any(_shows(sent, shown) for shown in _presented(operation)):
        names = " or ".join(one.scheme for one in _schemes(operation))
        yield f"it does not present the credential that {operation.id} requires ({names})"


def _schemes(operation: Operation) -> list[Security]:
    first = [operation.security] if operation.security else []
    return [*first, *operation.alternatives]


def _presented(operation: Operation) -> list[Presentation]:
    return [scheme.presentation for scheme in _schemes(operation)]


def _shows(sent: Sent, shown: Presentation) -> bool:
    """Whether a request carries each part of a presentation, whatever the key."""
    query = dict(parse_qsl(urlsplit(sent.url).query))
    cookies = dict(
        pair.strip().partition("=")[::2] for pair in (sent.header("Cookie") or "").split(";")
    )
    return all(
        re.fullmatch(_pattern(value), place.get(name) or "", re.IGNORECASE)
        for place, wanted in ((query, shown.query), (cookies, shown.cookies))
        for name, value in wanted
    ) and all(
        re.fullmatch(_pattern(value), sent.header(name) or "", re.IGNORECASE)
        for name, value in shown.headers
    )


def _pattern(value: str) -> str:
    return ".+".join(map(re.escape, KEY.split(value)))


def _of_body(sent: Sent, operation: Operation, contract: Contract) -> Iterator[str]:
    described = _request_body(operation, contract)
    if described is None:
        # The overlay may state what the published samples send: that is promised to work.
        if sent.body is not None and sent.body not in {one.body for one in operation.samples}:
            yield f"it sends a body, which {operation.id} does not describe"
        return
    if sent.body is None:
        if described.get("required") is True:
            yield f"{operation.id} requires a body"
        return

    media = sent.header("Content-Type") or ""
    content: Mapping[str, Any] = described.get("content") or {}
    entry = next((one for range_, one in content.items() if covers(range_, media)), None)
    if entry is None:
        yield f"the body is {media or 'of no type'}; expected {' or '.join(content)}"
    elif is_json(media):
        yield from _of_json(sent.body, entry, contract)


def _request_body(operation: Operation, contract: Contract) -> dict[str, Any] | None:
    wanted = f"{operation.method} {operation.path}"
    for written in operations_of(contract.document):
        if written.name == wanted:
            body = contract.resolve(written.node.get("requestBody"))
            return body if isinstance(body, dict) else None
    return None


def _of_json(body: str, entry: Mapping[str, Any], contract: Contract) -> Iterator[str]:
    try:
        value = json.loads(body)
    except ValueError as reason:
        yield f"the body is no JSON: {reason}"
        return
    validator = compiled(for_requests(entry.get("schema", {}), contract.document))
    for error in validator.iter_errors(value):
        if not is_placeholder(str(error.instance)):
            at = "".join(f"/{key}" for key in error.instance_path)
            yield f"the body{at}: {str(error.message)[:200]}"
