"""Server side, the key: disguises and places that nobody uses but to hide it."""

from __future__ import annotations

import base64
import binascii
import codecs
import gzip
import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.prove.hostile.wire import CHUNKED, RUN, of_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.fronts.model import Reply
    from conformance.prove.hostile.server import Behave, Visit
    from conformance.prove.hostile.trouble import Trouble

BRIEF = (*RUN, "--profile", "smoke", "--only", "AUT-0*")


def _each(shape: Callable[[int], str], between: str = "") -> Callable[[str], str]:
    return lambda key: between.join(shape(ord(letter)) for letter in key)


def _wide(code: int) -> str:
    return chr(code + 0xFEE0) if 0x20 < code < 0x7F else chr(code)


def _bold(code: int) -> str:
    letter = chr(code)
    if letter.islower():
        return chr(0x1D41A + code - ord("a"))
    return chr(0x1D400 + code - ord("A")) if letter.isupper() else letter


FORMS: dict[str, Callable[[str], str]] = {
    "wide-letters": _each(_wide),
    "bold-letters": _each(_bold),
    "tags": _each(lambda code: chr(0xE0000 + code)),
    "invisible-joints": _each(chr, "\u200b"),
    "combining-marks": _each(chr, "\u0336"),
    "rot13": lambda key: codecs.encode(key, "rot13"),
    "octal-escapes": _each("\\{:03o}".format),
    "binary": _each("{:08b}".format, " "),
    "code-points": _each("U+{:04X}".format, " "),
    "numbers-of-c": _each("0x{:02x}".format, ", "),
    "braced-escapes": _each("\\x{{{:x}}}".format),
    "escapes-of-css": _each("\\{:x} ".format),
    "escapes-of-old-scripts": _each("%u{:04x}".format),
    "quoted-printable": _each("={:02X}".format),
    "base85": lambda key: base64.b85encode(key.encode()).decode(),
    "ascii85": lambda key: base64.a85encode(key.encode()).decode(),
    "uuencode": lambda key: binascii.b2a_uu(key.encode()).decode(),
    "base64-of-utf-16": lambda key: base64.b64encode(key.encode("utf-16-le")).decode(),
    "base64-in-lines": lambda key: "\n".join(base64.encodebytes(key.encode()).decode().strip()[a : a + 4] for a in range(0, 80, 4)).strip(),
    "hex-in-words": lambda key: " ".join(key.encode().hex()[a : a + 4] for a in range(0, 2 * len(key), 4)),
    "array-of-letters": lambda key: json.dumps(list(key)),
    "array-of-numbers": lambda key: json.dumps(list(key.encode())),
    "array-as-an-object": lambda key: json.dumps(dict(enumerate(key.encode()))),
    "text-as-an-object": lambda key: json.dumps(dict(enumerate(key))),
    "element-for-each-letter": _each(lambda code: f"<c>{chr(code)}</c>"),
    "colours-between-letters": _each(chr, "\x1b[1m"),
    "calls-of-sql": _each("CHR({})".format, "||"),
    "octal-of-od": _each("{:03o}".format, " "),
    "three-digits-each": _each("{:03d}".format),
    "words-of-hexdump": lambda key: " ".join(f"{word:04x}" for (word,) in struct.iter_unpack("<H", key.encode()[: len(key) // 2 * 2])),
    "escapes-without-backslash": _each("u{:04x}".format),
    "names-of-xml": _each("_x{:04X}_".format),
    "base64-of-hex": lambda key: base64.b64encode(key.encode().hex().encode()).decode(),
    "hex-of-base64": lambda key: base64.b64encode(key.encode()).hex(),
    "base64-of-gzip": lambda key: base64.b64encode(gzip.compress(key.encode())).decode(),
}  # fmt: skip


def refusal(form: Callable[[str], str]) -> Behave:
    """Each refusal repeats the key in a form."""

    def behave(visit: Visit) -> None:
        reply, token = visit.ask(), visit.token
        if token and reply.status >= 400:
            error = {"error": {"message": form(token), "type": "authentication_error"}}
            reply = replace(reply, body=json.dumps(error).encode())
        visit.answer(reply)

    return behave


def placed(place: Callable[[Reply, str], Reply]) -> Behave:
    """The key in a place of each answer to a request that has one."""

    def behave(visit: Visit) -> None:
        reply, token = visit.ask(), visit.token
        visit.answer(place(reply, token) if token else reply)

    return behave


def _fields(*fields: tuple[str, str]) -> Behave:
    def place(reply: Reply, key: str) -> Reply:
        half = len(key) // 2
        words = {"key": key, "first": key[:half], "last": key[half:]}
        for name, value in fields:
            reply = replace(reply, headers=(*reply.headers, (name, value.format(**words))))
        return reply

    return placed(place)


def _refusal_zipped(reply: Reply, key: str) -> Reply:
    if reply.status < 400:
        return reply
    error = {"error": {"message": f"no such key: {key}", "type": "authentication_error"}}
    return replace(
        reply.with_header("Content-Encoding", "gzip"),
        body=gzip.compress(json.dumps(error).encode()),
    )


def _over_rows(reply: Reply, key: str) -> Reply:
    """A third of the key in each row, one after the other."""
    parts = [key[at : at + 12] for at in range(0, len(key), 12)]
    return reply.with_json(
        lambda page: (
            page
            | {"data": [r | {"name": parts[at % len(parts)]} for at, r in enumerate(page["data"])]}
        )
    )


def _letter_by_letter(reply: Reply, key: str) -> Reply:
    return reply.with_json(lambda page: page | {letter: at for at, letter in enumerate(key)})


def _of_rows(name: str) -> Behave:
    return placed(
        lambda reply, key: reply.with_json(
            lambda page: page | {"data": [r | {name: key} for r in page["data"]]}
        )
    )


def _extension(visit: Visit) -> None:
    body = visit.ask().body
    size = f"{len(body):x};key={visit.token}\r\n".encode("latin-1")
    visit.send(CHUNKED + size + body + b"\r\n0\r\n\r\n")


def _hint(visit: Visit) -> None:
    link = f"Link: </?key={visit.token}>; rel=next\r\n"
    visit.send(b"HTTP/1.1 103 Early Hints\r\n" + link.encode("latin-1") + b"\r\n")
    visit.answer(visit.ask())


def _second(visit: Visit) -> None:
    visit.answer(visit.ask())
    body = visit.token.encode("latin-1")
    visit.send(b"HTTP/1.1 200 " + body + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def _chunk(visit: Visit) -> None:
    visit.send(CHUNKED + visit.token.encode("latin-1") + b"\r\n{}\r\n0\r\n\r\n")


_PLACES: dict[str, tuple[str, Behave]] = {
    "two-fields": ("two header fields, a half in each", _fields(("X-A", "{first}"), ("X-B", "{last}"))),
    "a-field-twice": ("one header field given twice, a half in each", _fields(("X-A", "{first}"), ("X-A", "{last}"))),
    "a-challenge": ("a parameter of a challenge", _fields(("WWW-Authenticate", 'Bearer realm="{key}"'))),
    "a-link": ("the address of a Link", _fields(("Link", '</v1/x?api_key={key}>; rel="next"'))),
    "a-charset": ("the charset", _fields(("Content-Type", "application/json; charset={key}"))),
    "a-type": ("the media type", _fields(("Content-Type", "application/{key}"))),
    "a-coding": ("Content-Encoding", _fields(("Content-Encoding", "{key}"))),
    "a-transfer-coding": ("Transfer-Encoding", _fields(("Transfer-Encoding", "{key}"))),
    "a-retry-after": ("Retry-After", _fields(("Retry-After", "{key}"))),
    "rate-limits": ("the fields of rate limits", _fields(("X-RateLimit-Remaining", "{key}"), ("X-RateLimit-Reset", "{key}"))),
    "an-allow": ("Allow", _fields(("Allow", "GET, {key}"))),
    "a-server": ("Server and Via", _fields(("Server", "{key}"), ("Via", "1.1 {key}"))),
    "a-date": ("Date and Expires", _fields(("Date", "{key}"), ("Expires", "{key}"))),
    "a-file-name": ("a file name in percent", _fields(("Content-Disposition", "inline; filename*=UTF-8''%20{key}"))),
    "gzip": ("a refusal that is compressed", placed(_refusal_zipped)),
    "three-rows": ("the rows, twelve letters in each", placed(_over_rows)),
    "keys-of-a-letter": ("keys of JSON, a letter each", placed(_letter_by_letter)),
    "ids": ("the id of each row", _of_rows("id")),
    "statuses": ("the status of each row", _of_rows("status")),
    "times": ("the time of each row", _of_rows("created_at")),
    "a-chunk-extension": ("the extension of a chunk", _extension),
    "early-hints": ("a Link of a 103", _hint),
    "an-answer-unasked": ("a second answer behind each", _second),
    "the-size-of-a-chunk": ("the size of a chunk", _chunk),
}  # fmt: skip

DISGUISES: tuple[Trouble, ...] = (
    *(
        of_server(
            f"key-{name}-in-a-refusal",
            f"Each refusal repeats the key: {name.replace('-', ' ')}.",
            refusal(form),
            (1,),
            says=("AUT-09",),
            arguments=BRIEF,
        )
        for name, form in FORMS.items()
    ),
    *(
        of_server(f"key-in-{place}", f"The key in {where}.", behave, (0, 1, 3), arguments=BRIEF)
        for place, (where, behave) in _PLACES.items()
    ),
)
