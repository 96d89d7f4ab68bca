"""The laws of a refusal: its envelope, its challenge, what it must not tell (AUT-07 to AUT-09, ROB-03)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conformance.contract import pointer
from conformance.laws.finding import Finding
from conformance.laws.schema import media_problem, refused_by_http_layer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conformance.client.exchange import Exchange
    from conformance.client.response import Response
    from conformance.events.model import Level
    from conformance.laws.schema import Judged
    from conformance.laws.schemas import Schemas

# OWASP error handling: what a refusal must not tell of the software behind it.
TRACE = re.compile(
    rb"Traceback \(most recent|\bat [\w.$]+\(\w+\.java:\d+\)|File \\?\"[^\"]+\", line \d+"
    rb"|panic: |goroutine \d+"
)
# A file's path, not the path of a URL: nothing that could be a host stands before it.
PATHS = re.compile(
    rb"(?<![\w.:/-])(?:/(?:usr|home|var|srv|opt|app|etc|root|tmp)/[\w./-]+|[A-Z]:\\\\?[\w.\\-]{3,})"
)
VERSION = re.compile(
    r"\b(?:nginx|apache|gunicorn|uvicorn|hypercorn|python|express|php|werkzeug|openresty|tomcat|jetty|iis|"
    r"tornado|aiohttp|cpython|basehttp|node(?:\.js)?|go)[/ ]v?\d+(?:\.\d+)+",
    re.IGNORECASE,
)
BANNERS = ("server", "x-powered-by", "via")


def judge(exchange: Exchange, schemas: Schemas) -> Iterator[Judged]:
    """Requirement, kind of evidence and findings of each law that a 4xx is judged by."""
    if not 400 <= exchange.status < 500 or exchange.response is None:
        return
    if refused_by_http_layer(exchange) or exchange.request.method == "HEAD":
        return
    if exchange.status != 401:
        yield "ROB-03", "refusals", _envelope(exchange, schemas)
        return
    yield "AUT-07", "refusals", _envelope(exchange, schemas)
    challenge = exchange.response.header("www-authenticate")
    missing = Finding("WWW-Authenticate with a 401 (RFC 9110 11.6.1)", "no such header", (exchange,))
    yield "AUT-08", "refusals", [] if challenge else [missing]
    yield "AUT-09", "refusals", leaks(exchange, schemas)


def _envelope(exchange: Exchange, schemas: Schemas) -> list[Finding]:
    """The documented `type` for the status; for some statuses none is (docs: errors-rate-limits)."""
    errors = schemas.operation.errors
    if errors is None:
        return []
    found = pointer.get(exchange.json, errors.type)
    wanted = errors.types.get(exchange.status)
    if wanted is None:
        # 405 and the like are documented nowhere; that every error has the envelope is.
        finding = Finding(
            f"the documented envelope, with {errors.type}", _said(exchange), (exchange,), "SHOULD"
        )
        return [] if isinstance(found, str) else [finding]
    if found in wanted:
        return _incomplete(exchange, schemas)
    actual = "no error type" if found is pointer.MISSING else f"{found!r}"
    # Beside the documented paths and methods a router may answer in a form of its own.
    own = exchange.request.path in schemas.paths and exchange.request.method == schemas.operation.method
    level: Level | None = None if own or isinstance(found, str) else "SHOULD"
    text = f"{errors.type} {' or '.join(wanted)} with {exchange.status}"
    return [Finding(text, actual, (exchange,), level)]


def _incomplete(exchange: Exchange, schemas: Schemas) -> list[Finding]:
    key = schemas.documented(exchange.status)
    described = schemas.of(key) if key else None
    if described is None:
        return []
    if (media := media_problem(exchange, described)) is not None:
        return [Finding(f"the documented envelope as {' or '.join(described.media)}", media, (exchange,))]
    if described.validator.is_valid(exchange.json):
        return []
    problem = next(iter(described.validator.iter_errors(exchange.json)))
    return [Finding("the documented envelope", str(problem.message)[:300], (exchange,))]


def _said(exchange: Exchange) -> str:
    kind = exchange.response.header("content-type") if exchange.response else None
    return f"status {exchange.status} without it, {kind or 'no Content-Type'}"


def leaks(exchange: Exchange, schemas: Schemas) -> list[Finding]:
    """AUT-09: a refusal tells nothing but the refusal."""
    assert exchange.response is not None
    body = exchange.response.body
    said = []
    if exchange.echoed:
        said.append("the presented token")
    if TRACE.search(body):
        said.append("a stack trace")
    elif PATHS.search(body):
        said.append("a path of the server")
    if VERSION.search(body.decode("utf-8", "replace")):
        said.append("a version of the server's software")
    paging = schemas.operation.pagination
    if paging and pointer.get(exchange.json, paging.rows_pointer) not in (pointer.MISSING, None, []):
        said.append("rows")
    if not said:
        return []
    expected = "a refusal that tells nothing but the refusal"
    return [Finding(expected, f"it carries {', '.join(said)}", (exchange,))]


def banner(refusal: Exchange, accepted: Exchange) -> list[Finding]:
    """AUT-09: a version in the headers; one that every answer has is the server's habit, and a SHOULD."""
    if refusal.response is None or accepted.response is None:
        return []
    told = _versions(refusal.response)
    if not told:
        return []
    level: Level | None = "SHOULD" if told <= _versions(accepted.response) else None
    text = f"the headers name {', '.join(sorted(told))}"
    return [Finding("a refusal that names no version of the server's software", text, (refusal,), level)]


def _versions(response: Response) -> set[str]:
    return {
        value for name in BANNERS if (value := response.header(name)) is not None and VERSION.search(value)
    }
