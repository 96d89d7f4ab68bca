"""Server side, the key: answers that repeat what was presented, in every form and place."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from conformance.prove.hostile.wire import OK, of_server, sized

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.fronts.model import Reply
    from conformance.prove.hostile.server import Behave, Visit
    from conformance.prove.hostile.trouble import Trouble

    Form = Callable[[str], str]
    Place = Callable[[Reply, str], Reply]


def _spelled(template: str) -> Form:
    return lambda key: "".join(template.format(ord(letter)) for letter in key)


def _coded(encode: Callable[[bytes], bytes], before: str = "") -> Form:
    return lambda key: encode((before + key).encode("latin-1")).decode()


FORMS: dict[str, Form] = {
    "plain": str,
    "upper-case": str.upper,
    "case-swapped": str.swapcase,
    "reversed": lambda key: key[::-1],
    "hex": lambda key: key.encode("latin-1").hex(),
    "hex-with-colons": lambda key: key.encode("latin-1").hex(":").upper(),
    "hex-reversed": lambda key: key[::-1].encode("latin-1").hex(),
    "percent": _spelled("%{:02X}"),
    "percent-twice": lambda key: quote(_spelled("%{:02X}")(key)),
    "unicode-escapes": _spelled("\\u{:04x}"),
    "hex-escapes": _spelled("\\x{:02x}"),
    "entities": _spelled("&#{};"),
    "hex-entities": _spelled("&#x{:x};"),
    "decimal": _spelled("{} "),
    "base64": _coded(base64.b64encode),
    "base64-one-in": _coded(base64.b64encode, "a"),
    "base64-two-in": _coded(base64.b64encode, "ab"),
    "base64-of-the-field": _coded(base64.urlsafe_b64encode, "Authorization: Bearer "),
    "base64-reversed": lambda key: base64.b64encode(key[::-1].encode("latin-1")).decode(),
    "base32": _coded(base64.b32encode),
    "base32-three-in": _coded(base64.b32encode, "abc"),
    "utf-16": lambda key: "\x00".join(key),
    "spaced": " ".join,
    "dashed": lambda key: key.replace("_", "-"),
    "halves": lambda key: f"{key[: len(key) // 2]} and {key[len(key) // 2 :]}",
    "twelve-letters": lambda key: key[9:21],
    "last-twelve-letters": lambda key: key[-12:],
}


def _error(reply: Reply, message: str) -> Reply:
    content = {"error": {"message": message, "type": "authentication_error"}}
    return replace(reply, body=json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))


def _field(reply: Reply, value: str) -> Reply:
    return reply.with_header("X-Seen", value.replace("\x00", "~"))


def _field_name(reply: Reply, value: str) -> Reply:
    letters = "".join(letter if letter.isalnum() else "-" for letter in value)
    return reply.with_header(f"X-{letters}", "1")


def _list(reply: Reply, value: str) -> Reply:
    return reply.with_json(
        lambda page: page | {"data": [r | {"name": value} for r in page["data"]]}
    )


def _key_of_json(reply: Reply, value: str) -> Reply:
    return reply.with_json(lambda page: page | {"data": [r | {value: 1} for r in page["data"]]})


def _total(reply: Reply, value: str) -> Reply:
    return reply.with_json(lambda page: page | {"total": value})


def _deep(reply: Reply, value: str) -> Reply:
    return _error(reply, "x" * 6000 + value + "y" * 6000)


def _deep_by_two(reply: Reply, value: str) -> Reply:
    return _error(reply, "x y " * 1500 + value[1:-1] + " z" * 3000)


def _in_20_megabytes(reply: Reply, value: str) -> Reply:
    return _error(reply, ("m " * 2_000_000 + value) * 5)


def _traceback(reply: Reply, value: str) -> Reply:
    frame = f'Traceback:\n  File "/srv/app.py", line 7, in check\n    key = "{value}"\n'
    return _error(reply, frame * 40)


def _status_line(visit: Visit, value: str) -> None:
    visit.send(sized(b"{}", f"HTTP/1.1 500 {value}\r\n".encode("latin-1", "replace")))


def _protocol(visit: Visit, value: str) -> None:
    visit.send(f"NOT/HTTP {value}\r\n\r\n".encode("latin-1", "replace"))


def _bad_field(visit: Visit, value: str) -> None:
    visit.send(sized(b"{}", OK + f"X {value}: \x01\r\n".encode("latin-1", "replace")))


def _trailer(visit: Visit, value: str) -> None:
    body = b"2\r\n{}\r\n0\r\nX-T: " + value.encode("latin-1", "replace") + b"\r\n\r\n"
    visit.send(OK + b"Transfer-Encoding: chunked\r\n\r\n" + body)


def _location(visit: Visit, value: str) -> None:
    head = f"HTTP/1.1 302 F\r\nLocation: https://u:{value}@host.test/?key={value}\r\n"
    visit.send(sized(b"", head.encode("latin-1", "replace")))


def _length(visit: Visit, value: str) -> None:
    visit.send(OK + f"Content-Length: {value}\r\n\r\n".encode("latin-1", "replace"))


# Where a healthy answer is changed: which statuses, and how.
PLACES: dict[str, tuple[Callable[[Reply], bool], Place]] = {
    "a-refusal": (lambda reply: reply.status >= 400, _error),
    "each-answer": (lambda reply: True, _field),
    "a-page": (lambda reply: reply.status == 200, _list),
}
_OTHER_PLACES: dict[str, tuple[str, Callable[[Reply], bool], Place]] = {
    "a-field-name": ("the name of a header field", lambda r: True, _field_name),
    "a-key-of-json": ("a key of each row", lambda r: r.status == 200, _key_of_json),
    "the-total": ("the total", lambda r: r.status == 200, _total),
    "the-depth-of-a-text": ("the middle of 12 kB", lambda r: r.status >= 400, _deep),
    "a-text-but-for-two": ("12 kB, all but two letters", lambda r: r.status >= 400, _deep_by_two),
    "20-megabytes": ("20 MB of message", lambda r: r.status >= 400, _in_20_megabytes),
    "a-traceback": ("a stack trace of the server's", lambda r: r.status >= 400, _traceback),
}
_TOLD = ("a-field-name", "the-depth-of-a-text", "a-text-but-for-two", "a-traceback")
_RAW: dict[str, tuple[str, Callable[[Visit, str], None]]] = {
    "the-status-line": ("the reason phrase", _status_line),
    "what-is-no-http": ("an answer that is no HTTP", _protocol),
    "a-broken-field": ("a header field that cannot be read", _bad_field),
    "a-trailer": ("a trailer", _trailer),
    "a-location": ("a redirect's address", _location),
    "a-length": ("the length", _length),
}


def _changing(form: Form, applies: Callable[[Reply], bool], place: Place) -> Behave:
    def behave(visit: Visit) -> None:
        reply = visit.ask()
        token = visit.token
        visit.answer(place(reply, form(token)) if token and applies(reply) else reply)

    return behave


def _saying(say: Callable[[Visit, str], None]) -> Behave:
    return lambda visit: say(visit, visit.token or "nothing")


_IN_REFUSALS = tuple(
    of_server(
        f"key-{name}-in-a-refusal",
        f"Each refusal repeats the key: {name.replace('-', ' ')}.",
        _changing(form, *PLACES["a-refusal"]),
        (1,),
        says=() if "twelve" in name else ("AUT-09",),  # a piece is redacted, and no token
    )
    for name, form in FORMS.items()
)
_IN_ANSWERS = tuple(
    of_server(
        f"key-{name}-in-{place}",
        f"The key, {name.replace('-', ' ')}, in {place.replace('-', ' ')}.",
        _changing(FORMS[name], *PLACES[place]),
        (0, 1, 3),
    )
    for place in ("each-answer", "a-page")
    for name in ("plain", "hex", "base64-one-in", "reversed", "percent", "entities", "spaced")
)
_ELSEWHERE = tuple(
    of_server(
        f"key-in-{place}",
        f"The key in {where}.",
        _changing(FORMS["plain"], applies, change),
        (1,) if place in _TOLD else (0, 1, 3),
        says=("AUT-09",) if place in _TOLD else (),
    )
    for place, (where, applies, change) in _OTHER_PLACES.items()
)
_ON_THE_WIRE = tuple(
    of_server(f"key-in-{place}", f"The key in {where}.", _saying(say), (1, 3))
    for place, (where, say) in _RAW.items()
)
ECHOES: tuple[Trouble, ...] = (*_IN_REFUSALS, *_IN_ANSWERS, *_ELSEWHERE, *_ON_THE_WIRE)
