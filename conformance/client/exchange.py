"""A request, its answer, and the record of both that may be shown."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from conformance.client.secrets import Secret

KEY = "{key}"  # stands for the region's key in header values, targets and bodies
BODY_SHOWN = 16_384  # characters of a body that a record keeps


@dataclass(frozen=True, slots=True)
class Request:
    """What to send. `{key}` in a header or in the query stands for the region's key."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = (("Authorization", "Bearer {key}"),)
    body: str | None = None
    raw_query: str | None = None  # sent exactly as it stands
    key: str | None = None  # the region whose key is meant; none: the region asked
    edit: str | None = None  # how the key is altered: see `edited`
    exact: bool = False  # bytes that a high-level client would refuse or normalise
    edge: bool = False  # the HTTP layer may refuse it by itself, in whatever form
    plain: bool = False  # valid, so that nothing but a 2xx is right

    @property
    def target(self) -> str:
        """The request target, key not filled in."""
        query = urlencode(self.query, quote_via=quote, safe="") if self.raw_query is None else self.raw_query
        return f"{self.path}?{query}" if query else self.path


def edited(key: str, edit: str | None) -> str:
    """A key altered in one way."""
    match edit:
        case None:
            return key
        case "truncated":
            return key[:-1]
        case "half":
            return key[: len(key) // 2]
        case "suffixed":
            return key + "x"
        case "swapped":
            return key.swapcase()
        case "changed":
            return key[:-1] + ("A" if key[-1] != "A" else "B")
        case _:
            raise ValueError(edit)


SHELL_EDITS = {
    None: "${%s}",
    "truncated": "${%s%%?}",
    "half": "${%s:0:$((${#%s}/2))}",
    "suffixed": "${%s}x",
    "swapped": "${%s~~}",
    "changed": "${%s%%?}A",
}


def shell_key(variable: str, edit: str | None) -> str:
    """The altered key as bash writes it."""
    form = SHELL_EDITS[edit]
    if edit is None:
        return f"${variable}"
    return form % ((variable, variable) if form.count("%s") == 2 else variable)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as it came; its text form shows no body."""

    status: int
    reason: str
    version: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str | None:
        """The values of a header, joined; none where it is absent."""
        values = [value for key, value in self.headers if key.lower() == name]
        return ", ".join(values) if values else None


class DuplicateKey(ValueError):  # noqa: N818 - named as a fact
    """A JSON object that names a key twice (RFC 8259 4)."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKey("an object names a key twice")
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def strict_json(body: bytes) -> Any:
    """Parse as RFC 8259 demands: UTF-8, no NaN or Infinity, no key twice; raises ValueError."""
    return json.loads(body.decode("utf-8"), object_pairs_hook=_pairs, parse_constant=_constant)


@dataclass
class Exchange:
    """One request with its answer, or with the error that came instead."""

    id: str
    region: str
    operation: str
    request: Request
    url: str
    response: Response | None
    error: str | None
    started: str
    seconds: float
    attempts: int
    curl: str
    echoed: bool = False

    @property
    def status(self) -> int:
        """The status, 0 where nothing answered."""
        return self.response.status if self.response else 0

    @property
    def ok(self) -> bool:
        """A 2xx."""
        return 200 <= self.status < 300

    @cached_property
    def parsed(self) -> tuple[Any, str | None]:
        """The body as JSON and no error, or nothing and what is wrong with it."""
        if self.response is None:
            return None, "no answer"
        try:
            return strict_json(self.response.body), None
        except UnicodeDecodeError as error:
            return None, f"not UTF-8: byte {error.start}"
        except (ValueError, RecursionError) as error:
            return None, str(error) or "not JSON"

    @property
    def json(self) -> Any:
        """The body as JSON; none where it does not parse."""
        return self.parsed[0]

    def to_event(self, redact: Any, check: str) -> dict[str, Any]:
        """The record that may be written down."""
        response = None
        if self.response is not None:
            text = redact(self.response.body.decode("utf-8", "backslashreplace"))
            response = {
                "status": self.response.status,
                "reason": redact(self.response.reason),
                "http_version": self.response.version,
                "headers": [[name, redact(value)] for name, value in self.response.headers],
                "body": text[:BODY_SHOWN],
                "size": len(self.response.body),
                "truncated": len(text) > BODY_SHOWN,
            }
        shown = [[name, redact(value[:2000])] for name, value in self.request.headers]
        return {
            "event": "exchange",
            "id": self.id,
            "region": self.region,
            "operation": self.operation,
            "check": check,
            "started": self.started,
            "seconds": round(self.seconds, 6),
            "attempts": self.attempts,
            "request": {
                "method": self.request.method,
                "url": redact(self.url[:4000]),
                "headers": shown,
                "body": self.request.body,
                "curl": redact(self.curl),
            },
            "response": response,
            "error": redact(self.error) if self.error else None,
        }


def curl(base: str, request: Request, secret: Secret) -> str:
    """The request as a shell command, the key as a variable."""
    key = shell_key(secret.variable, request.edit)
    words = ["curl -sS -i --path-as-is --globoff"]
    if request.method == "HEAD":
        words.append("--head")
    elif request.method != "GET" or request.body is not None:
        words.append(f"-X {request.method}")
    words.append(_quoted(base + request.target, key))
    for name, value in request.headers:
        # curl leaves a header without a value out; the semicolon sends it empty (curl manual, -H).
        text = f"{name}: {value}" if value.strip() else f"{name};"
        if len(text) > 1500:
            text = text[:60] + f"[and {len(text) - 60} characters more]"
        words.append("-H " + _quoted(text, key))
    if request.body is not None:
        words.append("--data-raw " + shlex.quote(request.body))
    return " ".join(words)


def _quoted(text: str, key: str) -> str:
    if KEY not in text:
        return shlex.quote(text)
    safe = text
    for letter in '\\"$`':
        safe = safe.replace(letter, "\\" + letter)
    return f'"{safe.replace(KEY, key)}"'
