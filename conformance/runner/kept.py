"""Failing requests kept from run to run, and asked first in the next one.

They lie in a database of Hypothesis, a directory or a Redis: by document, operation and base URL.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import replace
from operator import methodcaller
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from conformance.client.credentials import Secret
from conformance.client.placeholders import holds_key
from conformance.contract.fingerprint import fingerprint
from conformance.contract.sampling import ALONE
from conformance.runner.reach import SHORTEST_SECRET
from conformance.settings import ConfigError
from conformance.settings.stores import RedisStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hypothesis.database import ExampleDatabase
    from redis import Redis

    from conformance.checks.context import Context
    from conformance.client.redaction import Redactor
    from conformance.client.request import Request

OFF = Path("off")
MOST = 20  # of an operation in a region
PATIENCE = 3.0  # seconds for an answer of Redis


def default_folder() -> Path | None:
    """Below the user's cache; None for a user without a home."""
    caches = os.environ.get("XDG_CACHE_HOME")
    with suppress(RuntimeError):
        return Path(caches or Path.home() / ".cache", "formant-conformance", "examples")
    return None


class KeptExamples:
    """The kept requests of one run. Without a store nothing is read or kept.

    A store that fails is left alone for the rest of the run, which does not need it.
    """

    def __init__(self, store: Path | RedisStore | None, redact: Redactor) -> None:
        self._store, self._redact = store, redact
        self._opened: ExampleDatabase | None = None
        self._asked: dict[bytes, set[bytes]] = {}
        self._failed: dict[bytes, set[bytes]] = {}

    def requests(self, context: Context, base: str) -> list[Request]:
        """What failed before, of an operation at this base URL."""
        if self._store is None:
            return []
        key = _key(context, base)
        if key not in self._asked:
            self._use(lambda database: self._asked.update({key: set(database.fetch(key))}))
        values = sorted(self._asked.get(key, ()))[:MOST]
        return [request for value in values if (request := _read(value, context))]

    def keep(self, context: Context, base: str, requests: Iterable[Request]) -> None:
        """Store requests that failed, as far as they say all that was asked and hold no key."""
        if self._store is None:
            return
        key = _key(context, base)
        failed = self._failed.setdefault(key, set())
        for request in requests:
            value = _written(request, context)
            if value and len(failed) < MOST and self._redact(value.decode()) == value.decode():
                failed.add(value)
                self._use(methodcaller("save", key, value))

    def forget_mended(self) -> None:
        """Drop what was asked in this run and did not fail again."""
        for key, asked in self._asked.items():
            for value in asked - self._failed.get(key, set()):
                self._use(methodcaller("delete", key, value))

    def _use(self, action: Callable[[ExampleDatabase], object]) -> None:
        if self._store is None:
            return
        try:
            if self._opened is None:
                self._opened = _opened(self._store)
            action(self._opened)
        except _failures(self._store):
            self._store = None


def must_be_reachable(store: Path | RedisStore | None) -> None:
    """Ask a Redis for a sign of life; raises ConfigError where it gives none."""
    if not isinstance(store, RedisStore):
        return
    try:
        client = _client(store)
    except ImportError:
        raise ConfigError(
            f"--examples {store}: there is no client of Redis: install formant-conformance[redis]."
        ) from None

    from redis import RedisError

    try:
        client.ping()
    except RedisError as error:
        reason = " ".join(str(error).split())
        if store.password:  # a server may repeat what it was sent
            reason = reason.replace(store.password, "…")
        raise ConfigError(f"--examples {store}: no Redis can be used there: {reason}") from None


def secrets_of(store: Path | RedisStore | None) -> list[Secret]:
    """What of a store must not be shown."""
    password = store.password if isinstance(store, RedisStore) else ""
    return [Secret("REDIS_PASSWORD", password)] if len(password) >= SHORTEST_SECRET else []


def _opened(store: Path | RedisStore) -> ExampleDatabase:
    with ALONE:  # checks load other parts of Hypothesis meanwhile
        if isinstance(store, RedisStore):
            from hypothesis.extra.redis import RedisExampleDatabase

            return RedisExampleDatabase(_client(store), key_prefix=b"formant-conformance:")

        from hypothesis.database import DirectoryBasedExampleDatabase

        return DirectoryBasedExampleDatabase(store)


def _failures(store: Path | RedisStore) -> tuple[type[Exception], ...]:
    """What a store raises that fails."""
    if not isinstance(store, RedisStore):
        return (OSError,)

    from redis import RedisError

    return OSError, RedisError


def _client(store: RedisStore) -> Redis:
    from redis import Redis

    return Redis.from_url(store.exact, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)


def _key(context: Context, base: str) -> bytes:
    document = fingerprint(context.contract.document)
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
