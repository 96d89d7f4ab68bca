"""All sides: a second set of invented troubles."""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from conformance.prove.hostile import doings
from conformance.prove.hostile.files import copies
from conformance.prove.hostile.odds import pipe
from conformance.prove.hostile.trouble import FILES, MACHINE, USE, Stage, Trouble
from conformance.prove.hostile.use import CONFIG, KEY, both, file, variables
from conformance.prove.hostile.wire import OK, changed, of_server, once
from conformance.reports.history.store import append
from conformance.verdict.conclude import conclude

if TYPE_CHECKING:
    from conformance.prove.hostile.server import Behave, Visit
    from conformance.prove.hostile.trouble import SetUp


def short_length(visit: Visit) -> None:
    """A length that is seven bytes short."""
    body = visit.ask().body
    visit.send(OK + b"Content-Length: %d\r\n\r\n" % max(0, len(body) - 7) + body)


def early_hints(visit: Visit) -> None:
    """103 before each answer."""
    visit.send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n")
    visit.answer(visit.ask())


def nested_key(visit: Visit) -> None:
    """The key in JSON in JSON."""
    reply, token = visit.ask(), visit.token
    if token and reply.status >= 400:
        inner = json.dumps(json.dumps({token.encode("latin-1").hex(): json.dumps(token)}))
        error = {"error": {"message": inner, "type": "authentication_error"}}
        reply = replace(reply, body=json.dumps(error).encode())
    visit.answer(reply)


def key_in_cookies(visit: Visit) -> None:
    """The key in a cookie and in a tag."""
    reply, token = visit.ask(), visit.token
    if token:
        reply = reply.with_header("Set-Cookie", f"s={token}").with_header("ETag", f'"{token}"')
    visit.answer(reply)


def coded(name: str, encode: object) -> Behave:
    """Each body in a coding that nobody asked for."""
    assert callable(encode)
    return changed(
        lambda reply: replace(reply.with_header("Content-Encoding", name), body=encode(reply.body))
    )


_SERVER: tuple[tuple[str, str, Behave, tuple[int, ...]], ...] = (
    ("length-too-short", "A length seven bytes short of the body.", short_length, (1, 3)),
    ("http-2-in-words", "HTTP/2 200 OK.", once(b"HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\n{}"), (3,)),
    ("early-hints", "103 before each answer, as RFC 8297 has it.", early_hints, (0,)),
    ("a-transfer-coding-of-gzip", "Transfer-Encoding: gzip, chunked.", once(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), (3,)),
    ("deflate", "Content-Encoding: deflate.", coded("deflate", zlib.compress), (1, 3)),
    ("x-gzip", "Content-Encoding: x-gzip.", coded("x-gzip", gzip.compress), (0, 1, 3)),
    ("utf-16-without-a-mark", "UTF-16, told by nothing.", changed(lambda r: replace(r, body=r.body.decode().encode("utf-16-le"))), (1, 3)),
    ("emoji-in-fields", "UTF-8 in a header field.", changed(lambda r: r.with_header("X-Note", "\U0001f600".encode().decode("latin-1"))), (0,)),
    ("key-in-nested-json", "The key, plain and in hex, in JSON in JSON.", nested_key, (1,)),
    ("key-in-cookies", "The key in Set-Cookie and ETag.", key_in_cookies, (1,)),
)  # fmt: skip


def read_only_mount(stage: Stage) -> None:
    """The directory of the reports is a file system that cannot be written."""
    stage.out.mkdir()
    doings.must_unshare("-m")
    mount = 'mount -t tmpfs -o ro none "$1" && shift && exec "$@"'
    stage.wrapper = ["unshare", "-m", "sh", "-c", mount, "sh", str(stage.out)]


def circle(stage: Stage) -> None:
    """Two links that name each other."""
    copies(stage)
    for name, target in (("a", "b"), ("b", "a")):
        os.symlink(target, stage.folder / name)  # noqa: PTH211 - of names, not of paths


HISTORY = ("run", "--profile", "smoke", "--only", "PAG-03", "--history")
ENDLESS = (
    "ALTER TABLE results RENAME TO kept; CREATE VIEW results AS WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT kept.* FROM n, kept"
)
DELETING = "CREATE TRIGGER gone AFTER INSERT ON runs BEGIN DELETE FROM runs; END"


def kept_history(name: str) -> SetUp:
    """A run whose history has to be a file of this name."""

    def set_up(stage: Stage) -> None:
        path = stage.folder / name
        stage.after = lambda: "" if path.is_file() else "the history is lost"

    return set_up


def changed_history(script: str) -> SetUp:
    """A history of one run that another program changed."""

    def set_up(stage: Stage) -> None:
        stream, path = stage.material / "good" / "events.ndjson", stage.folder / "h.sqlite"
        append(path, conclude(stream), stream)
        with closing(sqlite3.connect(path)) as database:
            database.executescript(script)

    return set_up


VALUES_OF_A_BILLION = (  # a document with a required value that no memory holds
    b'{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{"/a":{"get":{"parameters":['
    b'{"name":"q","in":"query","required":true,"schema":'
    b'{"type":"array","minItems":1000000000,"items":{"type":"integer"}}},'
    b'{"name":"r","in":"query","required":true,"schema":{"type":"string","minLength":1000000000}}'
    b'],"responses":{"200":{"description":"a"}}}}}}'
)
HALF_CHARACTERS = (
    b'{"openapi":"3.1.0","info":{"title":"a","version":"1"},"paths":{"/a":{"get":{"parameters":['
    b'{"name":"q","in":"query","schema":{"type":"string","format":"\\ud800"}}'
    b'],"responses":{"200":{"description":"a"}}}}}}'
)

_OTHERS: tuple[tuple[str, str, str, SetUp | None, tuple[str, ...], tuple[int, ...]], ...] = (
    ("out-on-a-read-only-mount", MACHINE, "--out is a file system that cannot be written.", read_only_mount, ("run", "--only", "PAG-0*"), (2,)),
    ("spec-without-end", USE, "--spec /dev/zero.", None, ("run", "--spec", "/dev/zero"), (2,)),
    ("values-of-a-billion", USE, "A required array of 10^9 items, and a text of as many letters.", file("given.json", VALUES_OF_A_BILLION), ("lint", "--spec", "given.json"), (0, 2)),
    ("values-of-a-billion-proposed", USE, "The same, read by init.", file("given.json", VALUES_OF_A_BILLION), ("init", "--spec", "given.json"), (0, 2)),
    ("values-of-a-billion-listed", USE, "The same, read by run.", both(KEY, file("given.json", VALUES_OF_A_BILLION)), ("run", "--list", "--spec", "given.json", "--region", "main=http://127.0.0.1:9"), (0, 2)),
    ("spec-of-half-characters", USE, "A format of half a surrogate pair.", both(KEY, file("given.json", HALF_CHARACTERS)), ("run", "--spec", "given.json", "--region", "main=http://127.0.0.1:9"), (2,)),
    ("config-without-end", USE, "--config /dev/zero.", None, ("run", "--config", "/dev/zero"), (2,)),
    ("config-key-twice", USE, "A key twice in the settings.", file(CONFIG, b"seed=1\nseed=2\n"), ("run",), (2,)),
    ("a-host-of-percent-signs", USE, "A host with a percent sign.", KEY, ("run", "--region", "global=http://%31.2.3.4"), (2,)),
    ("a-url-of-backslashes", USE, "Backslashes for slashes.", KEY, ("run", "--region", "global=http:\\\\127.0.0.1\\x"), (2,)),
    ("dots-of-another-script", USE, "Dots that IDNA takes for dots.", KEY, ("run", "--region", "global=http://127\u30020\u30020\u30021:9"), (2, 3)),
    ("key-in-quotes", USE, "A key with the quotes of a shell.", variables(FORMANT_API_KEY='"fk_some_key_of_a_user_1234567890"'), ("run", "--region", "global=http://127.0.0.1:9"), (2, 3)),
    ("out-is-a-device", USE, "--out /dev/null.", None, ("run", "--out", "/dev/null"), (2,)),
    ("max-body-of-1e99", USE, "--max-body 1e99.", None, ("run", "--max-body", "1e99"), (2,)),
    ("stream-without-end", FILES, "/dev/zero as the stream.", copies, ("report", "/dev/zero"), (2,)),
    ("report-without-end", FILES, "/dev/zero as a report.", copies, ("compare", "good/report.json", "/dev/zero"), (2,)),
    ("merge-of-random-bytes", FILES, "/dev/urandom as a stream.", copies, ("merge", "good", "/dev/urandom", "--out", "out"), (2,)),
    ("history-that-is-a-directory", FILES, "A directory as the history.", copies, ("history", "good"), (2,)),
    ("history-of-other-types", FILES, "A history with octets in the place of a time.", changed_history("UPDATE runs SET started = x'00ff'"), ("history", "h.sqlite"), (2,)),
    ("history-of-a-view", FILES, "A history whose results are a view without end.", changed_history(ENDLESS), ("history", "h.sqlite"), (2,)),
    ("history-of-a-trigger", FILES, "A history that deletes each run that it gets.", changed_history(DELETING), ("run", "--profile", "smoke", "--only", "PAG-03", "--history", "h.sqlite"), (2,)),
    ("history-onto-itself", FILES, "history --out onto the history.", changed_history(""), ("history", "h.sqlite", "--out", "h.sqlite"), (2,)),
    ("init-onto-a-pipe", FILES, "init --force, and overlay.yaml is a named pipe.", both(pipe("overlay.yaml"), file("given.json", VALUES_OF_A_BILLION)), ("init", "--spec", "given.json", "--force"), (2,)),
    ("samples-that-are-a-pipe", FILES, "lint --samples of a named pipe.", pipe("page.md"), ("lint", "--samples", "page.md"), (2,)),
    ("samples-without-end", USE, "lint --samples /dev/zero.", None, ("lint", "--samples", "/dev/zero"), (2,)),
    ("mends-onto-the-document", USE, "lint --fix-overlay onto the document.", file("given.json", VALUES_OF_A_BILLION), ("lint", "--spec", "given.json", "--fix-overlay", "given.json", "--force"), (2,)),
    ("a-history-in-memory", USE, "--history of the name that SQLite keeps nowhere.", kept_history(":memory:"), (*HISTORY, ":memory:"), (0,)),
    ("a-history-of-a-uri", USE, "--history of a URI that SQLite keeps nowhere.", kept_history("file:x?mode=memory"), (*HISTORY, "file:x?mode=memory"), (0,)),
    ("checks-that-are-only-planned", USE, "-- --setup-plan, with which each check passes.", None, ("run", "--", "--setup-plan"), (2,)),
    ("stream-that-is-a-circle", FILES, "Links that name each other.", circle, ("report", "a"), (2,)),
)  # fmt: skip


FURTHER: tuple[Trouble, ...] = (
    *(of_server(*row) for row in _SERVER),
    *(
        Trouble(
            name=name, side=side, sentence=sentence, set_up=set_up, arguments=words, exits=exits
        )
        for name, side, sentence, set_up, words, exits in _OTHERS
    ),
)
