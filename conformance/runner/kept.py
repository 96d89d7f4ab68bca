"""Failing requests kept from run to run, and asked first in the next one.

They lie in a directory database of Hypothesis: by document, operation and base URL.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from conformance.checks.sampling import ALONE
from conformance.client.placeholders import holds_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hypothesis.database import ExampleDatabase

    from conformance.checks.context import Context
    from conformance.client.redaction import Redactor
    from conformance.client.request import Request

OFF = Path("off")
MOST = 20  # of an operation in a region


def default_folder() -> Path | None:
    """Below the user's cache; None for a user without a home."""
    caches = os.environ.get("XDG_CACHE_HOME")
    with suppress(RuntimeError):
        return Path(caches or Path.home() / ".cache", "formant-conformance", "examples")
    return None


class KeptExamples:
    """The kept requests of one run. Without a folder nothing is read or kept.

    A folder that cannot be read or written to keeps nothing: the run itself does not need it.
    """

    def __init__(self, folder: Path | None, redact: Redactor) -> None:
        self._folder, self._redact = folder, redact
        self._opened: ExampleDatabase | None = None
        self._asked: dict[bytes, set[bytes]] = {}
        self._failed: dict[bytes, set[bytes]] = {}

    def requests(self, context: Context, base: str) -> list[Request]:
        """What failed before, of an operation at this base URL."""
        if self._folder is None:
            return []
        key = _key(context, base)
        if key not in self._asked:
            with suppress(OSError):
                self._asked[key] = set(self._database().fetch(key))
        values = sorted(self._asked.get(key, ()))[:MOST]
        return [request for value in values if (request := _read(value, context))]

    def keep(self, context: Context, base: str, requests: Iterable[Request]) -> None:
        """Store requests that failed, as far as they say all that was asked and hold no key."""
        if self._folder is None:
            return
        key = _key(context, base)
        failed = self._failed.setdefault(key, set())
        for request in requests:
            value = _written(request, context)
            if value and len(failed) < MOST and self._redact(value.decode()) == value.decode():
                failed.add(value)
                with suppress(OSError):
                    self._database().save(key, value)

    def forget_mended(self) -> None:
        """Drop what was asked in this run and did not fail again."""
        for key, asked in self._asked.items():
            for value in asked - self._failed.get(key, set()):
                with suppress(OSError):
                    self._database().delete(key, value)

    def _database(self) -> ExampleDatabase:
        if self._opened is None:
            with ALONE:  # checks load other parts of Hypothesis meanwhile
                from hypothesis.database import DirectoryBasedExampleDatabase

            assert self._folder is not None
            self._opened = DirectoryBasedExampleDatabase(self._folder)
        return self._opened


def _key(context: Context, base: str) -> bytes:
    document = json.dumps(context.contract.document, sort_keys=True, default=str)
    facts = "\n".join((document, context.operation_id, base))
    return hashlib.sha256(facts.encode("utf-8", "replace")).digest()


def _written(request: Request, context: Context) -> bytes | None:
    """A request as bytes; None for one that is more than the operation's method, path and query
    under the region's own key.
    """
    plain = _plain(request.target, context)
    same = replace(request, query=plain.query, raw_query=plain.raw_query)
    if request.edge or holds_key(unquote(request.target)) or same != plain:
        return None
    return json.dumps({"target": request.target}, sort_keys=True).encode()


def _read(value: bytes, context: Context) -> Request | None:
    try:
        target = json.loads(value)["target"]
    except (ValueError, KeyError, TypeError):
        return None  # of another version
    is_own = isinstance(target, str) and target.partition("?")[0] == context.path
    return _plain(target, context) if is_own else None


def _plain(target: str, context: Context) -> Request:
    path, _, query = target.partition("?")
    return context.request(path=path, raw_query=query or None)
