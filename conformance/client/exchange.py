"""A request, its answer, and the record of both that may be shown."""

from __future__ import annotations

import base64
import json
import shlex
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.client.secrets import Redactor, Secret

KEY = "{key}"  # stands for the region's key in header values, targets and bodies
AUTHORIZED = (("Authorization", "Bearer {key}"),)
URL_SHOWN, HEADER_SHOWN = 4_000, 2_000  # characters of them that a record keeps
BODY_SHOWN = 16_384  # characters of a body that a record keeps


@dataclass(frozen=True, slots=True)
class Request:
    """What to send. `{key}` in a header or in the query stands for the region's key."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = AUTHORIZED
    body: str | None = None
    raw_query: str | None = None  # sent exactly as it stands
    key: str | None = None  # the region whose key is meant; none: the region asked
    edit: str | None = None  # how the key is altered: see `edited`
    edge: bool = False  # the HTTP layer may refuse it by itself, in whatever form
    plain: bool = False  # valid, so that nothing but a 2xx is right

    @property
    def own(self) -> bool:
        """Whether it carries the region's own key as documented, so that it is let in."""
        return self.headers == AUTHORIZED and self.key is None and self.edit is None

    @property
    def target(self) -> str:
        """The request target, key not filled in."""
        query = urlencode(self.query, quote_via=quote, safe="") if self.raw_query is None else self.raw_query
        return f"{self.path}?{query}" if query else self.path


@dataclass(frozen=True, slots=True)
class Edit:
    """One way to alter a key, and the same in bash, where `%s` stands for the variable's name."""

    change: Callable[[str], str]
    shell: str


EDITS = {
    "truncated": Edit(lambda key: key[:-1], "${%s%%?}"),
    "half": Edit(lambda key: key[: len(key) // 2], "${%s:0:$((${#%s}/2))}"),
    "suffixed": Edit(lambda key: key + "x", "${%s}x"),
    "swapped": Edit(str.swapcase, "${%s~~}"),
    "changed": Edit(lambda key: key[:-1] + ("A" if key[-1:] != "A" else "B"), "${%s%%?}A"),
    "ending": Edit(
        lambda key: "x" * (len(key) - 4) + key[-4:],
        '$(printf "%%${#%s}s" "${%s: -4}" | tr " " x)',
    ),
    "beginning": Edit(
        lambda key: key[: len(key) // 2] + "x" * (len(key) - len(key) // 2),
        '$(printf "%%-${#%s}s" "${%s:0:$((${#%s}/2))}" | tr " " x)',
    ),
    "user": Edit(lambda key: _base64(f"{key}:"), '$(printf %%s "$%s:" | base64 -w0)'),
    "password": Edit(lambda key: _base64(f":{key}"), '$(printf %%s ":$%s" | base64 -w0)'),
}


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def edited(key: str, edit: str | None) -> str:
    """A key altered in one way; raises KeyError for a way that is not known."""
    return key if edit is None else EDITS[edit].change(key)


def shell_key(variable: str, edit: str | None) -> str:
    """The altered key as bash writes it."""
    if edit is None:
        return f"${variable}"
    form = EDITS[edit].shell
    return form % ((variable,) * form.replace("%%", "").count("%s"))


@dataclass(frozen=True)
class Response:
    """An answer as it came; its text form shows nothing that a server could have echoed a key in."""

    status: int
    reason: str
    version: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)

    @cached_property
    def _fields(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self.headers:
            name = name.lower()
            found[name] = f"{found[name]}, {value}" if name in found else value
        return found

    def header(self, name: str) -> str | None:
        """The values of a header (its name in lower case), joined; none where it is absent."""
        return self._fields.get(name)


class DuplicateKey(ValueError):
    """A JSON object that names a key twice (RFC 8259 4)."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKey("an object names a key twice")
    return found


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A body read as JSON: its value, or what is wrong with it; and whether a number in it is no integer."""

    value: Any = None
    problem: str | None = None
    fractions: bool = False


def strict_json(body: bytes) -> Parsed:
    """Parse as RFC 8259 demands: UTF-8, no NaN or Infinity, no key twice."""
    seen: list[str] = []

    def fraction(text: str) -> float:
        seen.append(text)
        return float(text)

    decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_float=fraction)
    try:
        return Parsed(decoder.decode(body.decode("utf-8")), None, bool(seen))
    except UnicodeDecodeError as error:
        return Parsed(problem=f"not UTF-8: byte {error.start}")
    except (ValueError, RecursionError) as error:
        return Parsed(problem=str(error) or "not JSON")


@dataclass
class Exchange:
    """One request with its answer, or with the error that came instead."""

    id: str
    region: str
    operation: str
    request: Request
    base: str
    secret: Secret
    response: Response | None
    error: str | None
    started: str  # RFC 3339
    began: float  # seconds of the monotonic clock, to tell which of two came first
    seconds: float
    attempts: int
    echoed: bool = False
    limited: tuple[Exchange, ...] = ()  # what was answered 429, and obeyed, before

    @property
    def url(self) -> str:
        """What was asked for, the key as the name of its variable."""
        return self.base + self.request.target.replace(KEY, str(self.secret))

    @property
    def curl(self) -> str:
        """The request as a shell command, the key as a variable."""
        return curl(self.base, self.request, self.secret)

    @property
    def status(self) -> int:
        """The status, 0 where nothing answered."""
        return self.response.status if self.response else 0

    @property
    def ok(self) -> bool:
        """A 2xx."""
        return 200 <= self.status < 300

    @cached_property
    def parsed(self) -> Parsed:
        """The body as JSON."""
        return strict_json(self.response.body) if self.response else Parsed(problem="no answer")

    @property
    def json(self) -> Any:
        """The body as JSON; none where it does not parse."""
        return self.parsed.value

    def to_event(self, redact: Redactor, check: str) -> dict[str, Any]:
        """The record that may be written down."""
        names = [name for name, _ in self.request.headers]
        sent = [value.replace(KEY, str(self.secret))[:HEADER_SHOWN] for _, value in self.request.headers]
        answer = self.response
        body = answer.body.decode("utf-8", "backslashreplace") if answer else ""
        received = [answer.reason, *(value for _, value in answer.headers)] if answer else []
        url, again, error, *shown = redact.each(
            [self.url[:URL_SHOWN], self.curl, self.error or "", body, *received, *sent]
        )
        body, received, sent = shown[0], shown[1 : 1 + len(received)], shown[1 + len(received) :]
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
                "url": url,
                "headers": [[name, value] for name, value in zip(names, sent, strict=True)],
                "body": self.request.body.replace(KEY, str(self.secret)) if self.request.body else None,
                "curl": again,
            },
            "response": _recorded(answer, received, body) if answer else None,
            "error": error or None,
        }


def _recorded(answer: Response, shown: list[str], body: str) -> dict[str, Any]:
    """An answer whose reason, header values and body are shown as given."""
    reason, *values = shown
    return {
        "status": answer.status,
        "reason": reason,
        "http_version": answer.version,
        "headers": [[name, value] for (name, _), value in zip(answer.headers, values, strict=True)],
        "body": body[:BODY_SHOWN],
        "size": len(answer.body),
        "truncated": len(body) > BODY_SHOWN,
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
        words.append("--data-raw " + _quoted(request.body, key))
    return " ".join(words)


def _quoted(text: str, key: str) -> str:
    if KEY not in text:
        return shlex.quote(text)
    safe = text
    for letter in '\\"$`':
        safe = safe.replace(letter, "\\" + letter)
    return f'"{safe.replace(KEY, key)}"'
