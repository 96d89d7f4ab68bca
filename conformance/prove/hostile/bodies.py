"""Server side, the bodies: JSON that breaks parsers, fills memory or drives a terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.prove.hostile.server import after, lazily
from conformance.prove.hostile.wire import changed, of_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.mock.fronts.model import Reply
    from conformance.prove.hostile.server import Behave
    from conformance.prove.hostile.trouble import Trouble

Row = dict[str, Any]


def body(content: bytes) -> Behave:
    """In the place of each page."""
    return changed(lambda reply: replace(reply, body=content) if reply.status == 200 else reply)


def page(change: Callable[[Any], Any]) -> Behave:
    """Each page changed as a value."""
    return changed(lambda reply: reply.with_json(change))


def rows(change: Callable[[Row, int], Any]) -> Behave:
    """Each row of each page changed."""
    return page(
        lambda value: value | {"data": [change(row, at) for at, row in enumerate(value["data"])]}
    )


def text(value: str) -> Behave:
    """A text in the name of each row."""
    return rows(lambda row, _: row | {"name": value, "extra": value})


def field(name: str, value: str) -> Behave:
    """A header field with each answer."""
    return changed(lambda reply: reply.with_header(name, value))


def spliced(old: bytes, new: bytes) -> Behave:
    """Bytes of each page replaced by others."""
    return changed(lambda reply: replace(reply, body=reply.body.replace(old, new)))


def listed(count: int) -> bytes:
    """A page of so many rows."""
    row = b'{"id": 1, "name": "a"}'
    return b'{"data": [' + b",".join([row] * count) + b'], "total": %d, "has_more": false}' % count


def _refusal(reply: Reply, message: str) -> Reply:
    if reply.status < 400:
        return reply
    error = {"error": {"message": message, "type": "authentication_error"}}
    return replace(reply, body=json.dumps(error).encode())


def refusal(message: str) -> Behave:
    """Each refusal with a message of its own."""
    return changed(lambda reply: _refusal(reply, message))


ESCAPES = "\x1b[2J\x1b[31mconformant\x1b]0;title\x07\x9b\r\x08"
MARKUP = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
DEEP = 200_000

# name, sentence, behaviour
_BODIES: tuple[tuple[str, str, Behave], ...] = (
    ("depth-of-200000", "Arrays in arrays.", body(b"[" * DEEP + b"]" * DEEP)),
    ("depth-without-end", "Arrays that are never closed.", body(b"[" * DEEP)),
    ("depth-of-600", "A row with 600 objects in each other.", spliced(b'"name":', b'"deep":' + b'{"a":' * 600 + b"1" + b"}" * 600 + b',"name":')),
    ("depth-of-900", "A row with 900 arrays in each other.", spliced(b'"name":', b'"deep":' + b"[" * 900 + b"]" * 900 + b',"name":')),
    ("total-of-4299-digits", "As many digits as Python reads.", body(b'{"data": [], "has_more": false, "total": ' + b"9" * 4299 + b"}")),
    ("total-of-4301-digits", "One digit more than Python reads.", body(b'{"data": [], "has_more": false, "total": ' + b"9" * 4301 + b"}")),
    ("total-of-300-digits", "A total that a double holds.", body(b'{"data": [], "has_more": false, "total": ' + b"9" * 300 + b"}")),
    ("digits-by-the-megabyte", "An integer of 2,000,000 digits.", body(b'{"data": [], "has_more": false, "total": ' + b"9" * 2_000_000 + b"}")),
    ("float-beyond-range", "1e999 in each row.", spliced(b'"name":', b'"big":1e999,"name":')),
    ("float-of-a-megabyte", "0.000... in each page.", body(b'{"data": [], "has_more": false, "total": 0.' + b"0" * 1_000_000 + b"1}")),
    ("nan", "NaN where a number is due.", body(b'{"data": [], "has_more": false, "total": NaN}')),
    ("infinity", "-Infinity where a number is due.", body(b'{"data": [], "has_more": false, "total": -Infinity}')),
    ("lone-surrogates", "Half of a pair in each name.", text("\ud83d")),
    ("surrogates-in-keys", "Half of a pair in each key.", rows(lambda row, _: row | {"\udfff": 1})),
    ("nul-in-texts", "NUL in each name.", text("a\x00b")),
    ("utf-16", "Each body in UTF-16.", changed(lambda r: replace(r, body=r.body.decode("utf-8").encode("utf-16")))),
    ("utf-8-with-a-mark", "A byte order mark before each body.", changed(lambda r: replace(r, body=b"\xef\xbb\xbf" + r.body))),
    ("no-utf-8", "Bytes that are no UTF-8.", spliced(b'"name":', b'"x":"\xff\xfe","name":')),
    ("duplicate-keys", "A key twice in each row.", spliced(b'"name":', b'"name":1,"name":')),
    ("keys-by-the-hundred-thousand", "100,000 keys in one object.", body(json.dumps({str(n): n for n in range(100_000)}).encode())),
    ("keys-of-each-row", "Keys in each row that no other row has.", rows(lambda row, at: row | {f"k{row['id']}-{n}": n for n in range(100)})),
    ("json-that-breaks-off", "Half of each body.", changed(lambda r: replace(r, body=r.body[: len(r.body) // 2]))),
    ("no-body", "Each body is empty.", body(b"")),
    ("a-page-for-people", "HTML with the status and type of JSON.", body(b"<html>hello</html>")),
    ("null", "The body null.", body(b"null")),
    ("an-array", "The body is an array.", body(b"[1, 2, 3]")),
    ("data-is-null", "No rows, but null.", page(lambda v: v | {"data": None})),
    ("data-is-an-object", "Rows as an object.", page(lambda v: v | {"data": {"0": v["data"]}})),
    ("rows-are-numbers", "Rows that are no objects.", page(lambda v: v | {"data": [1, None, "x", [], True]})),
    ("total-below-nothing", "A total of -5.", page(lambda v: v | {"total": -5})),
    ("total-of-10-to-the-18", "A total of 1e18.", page(lambda v: v | {"total": 10**18, "has_more": True})),
    ("total-is-text", "A total as a text.", page(lambda v: v | {"total": str(v["total"])})),
    ("has-more-for-ever", "has_more is always true, and pages repeat.", page(lambda v: v | {"has_more": True, "total": 10**6, "data": v["data"] or [{"id": 1}]})),
    ("ids-beyond-64-bits", "Ids of 30 digits.", rows(lambda row, _: row | {"id": row["id"] + 10**30})),
    ("ids-are-objects", "Ids that are objects.", rows(lambda row, _: row | {"id": {"a": [row["id"]]}})),
    ("rows-by-the-thousand", "1,000 rows in each page.", page(lambda v: v | {"data": (v["data"] * 1000)[:1000]})),
    ("rows-by-the-ten-thousand", "10,000 rows in each page.", body(listed(10_000))),
    ("rows-200000", "200,000 rows in each page.", body(listed(200_000))),
    ("rows-2000000", "2,000,000 rows in each page.", lazily(lambda: body(listed(2_000_000)))),
    ("a-text-of-50-megabytes", "A name of 50 MB.", lazily(lambda: body(b'{"data": [{"name": "' + b"a" * 50_000_000 + b'"}], "total": 1, "has_more": false}'))),
    ("texts-of-a-megabyte", "A name of 100 kB in each row.", text("n" * 100_000)),
    ("spaces-by-the-megabyte", "60 MB of spaces before each body.", changed(lambda r: replace(r, body=b" " * 60_000_000 + r.body))),
    ("escapes-for-the-terminal", "Escape sequences in each text.", text(ESCAPES)),
    ("escapes-in-keys", "Escape sequences in each key.", rows(lambda row, _: row | {ESCAPES: ESCAPES})),
    ("escapes-in-fields", "C1 controls in a header field.", field("X-Note", "\x9b31m\x85ok")),
    ("markup-in-texts", "Markup in each text.", text(MARKUP)),
    ("markup-in-keys", "Markup in each key.", rows(lambda row, _: row | {MARKUP: MARKUP})),
    ("markup-in-the-type", "Markup in Content-Type.", field("Content-Type", f"text/{MARKUP}")),
    ("commands-of-ci", "Commands of GitHub and GitLab in each text.", text("::error::x\n##[group]y\nsection_start:1:x\r")),
    ("direction-overrides", "Right-to-left overrides in each text.", text("\u202egnp.exe\u2066\u200b\ufeff")),
    ("rich-markup", "Markup of the terminal's library in each text.", text("[red]x[/] [link=file:///etc/passwd]y[/link] [/nothing]")),
    ("formulas", "Formulas of a spreadsheet in each text.", text("=HYPERLINK(\"http://x\")|'!A1")),
    ("a-date-of-100-kilobytes", "A date that a pattern could stumble over.", rows(lambda row, _: row | {"created_at": "1" * 100_000 + "Z"})),
    ("dates-of-other-worlds", "Dates that there cannot be.", rows(lambda row, at: row | {"created_at": ("9999-99-99T99:99:99Z", "0000-00-00T00:00:00Z", "-1", "∞")[at % 4]})),
    ("names-of-python", "Keys such as __proto__ and __class__.", rows(lambda row, _: row | {"__proto__": {"a": 1}, "__class__": "x", "constructor": {}})),
    ("pointers-in-keys", "Keys that look like pointers and references.", rows(lambda row, _: row | {"a/b~1c~0%25": 1, "$ref": "file:///etc/passwd", "": 0})),
    ("refusals-of-a-megabyte", "A message of 1 MB in each refusal.", refusal("m" * 1_000_000)),
    ("refusals-of-20-megabytes", "A message of 20 MB in each refusal.", lazily(lambda: refusal("m" * 20_000_000))),
    ("backslashes-in-refusals", "200,000 backslashes in each refusal.", refusal("\\" * 200_000)),
    ("marks-in-refusals", "100,000 marks in disorder in each refusal.", refusal("\u0301\u0330" * 50_000)),
    ("entities-of-5000-digits", "An HTML entity of 5,000 digits in each refusal.", refusal(f"&#{'9' * 5_000};")),
    ("escapes-in-refusals", "Escape sequences in each refusal.", refusal(ESCAPES)),
    ("success-for-all", "200 and a page to whatever is asked.", changed(lambda r: replace(r, status=200))),
    ("a-teapot", "418 to whatever is asked.", changed(lambda r: replace(r, status=418))),
)  # fmt: skip
_IN_MID_RUN = (
    "depth-of-200000", "digits-by-the-megabyte", "rows-200000", "rows-2000000", "utf-16", "null",
    "a-text-of-50-megabytes", "no-body", "keys-by-the-hundred-thousand", "rows-by-the-ten-thousand",
)  # fmt: skip
# What no requirement speaks against.
_HARMLESS = (
    "nul-in-texts", "commands-of-ci", "direction-overrides", "rich-markup", "formulas",
    "escapes-for-the-terminal", "markup-in-texts", "texts-of-a-megabyte", "escapes-in-keys",
    "lone-surrogates", "surrogates-in-keys", "markup-in-keys", "names-of-python",
    "pointers-in-keys", "escapes-in-fields", "keys-of-each-row", "spaces-by-the-megabyte",
    "depth-of-600", "depth-of-900", "float-beyond-range", "ids-beyond-64-bits",
    "refusals-of-a-megabyte", "escapes-in-refusals", "utf-8-with-a-mark",
)  # fmt: skip


def _trouble(name: str, sentence: str, behave: Behave, **more: Any) -> Trouble:
    exits = (0, 1, 3) if name in _HARMLESS else (1, 3)
    return of_server(name, sentence, behave, exits, **more)


_WHOLE = tuple(_trouble(*row) for row in _BODIES)
BODIES: tuple[Trouble, ...] = (
    *_WHOLE,
    *(
        _trouble(f"{name}-in-mid-run", f"After 150 requests: {sentence}", after(150, behave))
        for name, sentence, behave in _BODIES
        if name in _IN_MID_RUN
    ),
)
