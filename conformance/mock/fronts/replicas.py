"""Replicas, caches and rolling deployments: several states of one list, or several servers."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from conformance.mock.fronts.model import Reply, front, refusal

if TYPE_CHECKING:
    from conformance.mock.fronts.model import Ask, Call, Front


@front
def replica_that_lags() -> Front:
    """Two replicas answer in turn; one of them has three rows less in its count."""

    def answer(call: Call, ask: Ask) -> Reply:
        if call.number % 2:
            return ask()
        return ask().with_json(lambda content: content | {"total": max(0, content["total"] - 3)})

    return answer


@front
def cache_that_forgets_the_key() -> Front:
    """Answers are kept for a minute by their target alone: whoever asks next gets them, key or not."""
    kept: dict[str, tuple[float, Reply]] = {}
    lock = threading.Lock()

    def answer(call: Call, ask: Ask) -> Reply:
        if call.method != "GET":
            return ask()
        now = time.monotonic()
        with lock:
            found = kept.get(call.target)
        if found and now - found[0] < 60:
            reply = found[1].with_header("X-Cache", "HIT")
            return reply.with_header("Age", str(int(now - found[0])))
        reply = ask()
        if reply.status == 200:
            with lock:
                kept[call.target] = now, reply
        return reply.with_header("X-Cache", "MISS")

    return answer


@front
def cache_of_two_seconds() -> Front:
    """Answers to the key are kept for two seconds by their whole target, and say how old they are."""
    kept: dict[str, tuple[float, Reply]] = {}
    lock = threading.Lock()

    def answer(call: Call, ask: Ask) -> Reply:
        if call.method != "GET" or not call.has_key:
            return ask()
        keys = [value for field, value in call.headers if field.lower() == "authorization"]
        name, now = f"{call.target} {keys}", time.monotonic()
        with lock:
            found = kept.get(name)
        if found and now - found[0] < 2:
            age = str(int(now - found[0]))
            return found[1].with_header("X-Cache", "HIT").with_header("Age", age)
        reply = ask()
        if reply.status == 200:
            with lock:
                kept[name] = now, reply
        return reply.with_header("X-Cache", "MISS")

    return answer


@front
def rolling_deployment() -> Front:
    """From the 300th request on a limit over the maximum is refused, which was clamped before."""

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        over = any(f"limit={value}" in call.target for value in (101, 102, 150, 500, 1000))
        if call.number > 300 and over and reply.status == 200:
            return refusal(400, "invalid_request", "limit must be at most 100")
        return reply

    return answer


@front
def foreign_row_in_one_of_sixty() -> Front:
    """Every 60th page holds a row of another account."""

    def foreign(content: Any) -> Any:
        rows = content["data"]
        if not rows:
            return content
        other = rows[-1] | {"id": 987_654_321, "agent_id": 666}
        return content | {"data": [*rows[:-1], other]}

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        if call.number % 60 == 59 and reply.status == 200:
            return reply.with_json(foreign)
        return reply

    return answer


@front
def cache_that_keeps_nothing() -> Front:
    """A cache that marks its answers as its own, and keeps none of them."""

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        return replace(reply).with_header("X-Cache", "MISS").with_header("Age", "0")

    return answer


@front
def cache_that_ignores_the_query() -> Front:
    """Answers to the key are kept for a second by their path: every query gets the same page."""
    kept: dict[str, tuple[float, Reply]] = {}
    lock = threading.Lock()

    def answer(call: Call, ask: Ask) -> Reply:
        if call.method != "GET" or not call.has_key:
            return ask()
        path, now = call.target.partition("?")[0], time.monotonic()
        with lock:
            found = kept.get(path)
        if found and now - found[0] < 1:
            return found[1].with_header("X-Cache", "HIT").with_header("Age", "0")
        reply = ask()
        if reply.status == 200:
            with lock:
                kept[path] = now, reply
        return reply.with_header("X-Cache", "MISS")

    return answer


@front
def blue_green_switch() -> Front:
    """From the 400th request on errors have another form: the new version has another framework."""

    def answer(call: Call, ask: Ask) -> Reply:
        reply = ask()
        if call.number < 400 or reply.status < 400:
            return reply
        return replace(reply, body=b'{"detail": "refused", "status": %d}' % reply.status)

    return answer
