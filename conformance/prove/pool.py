"""Proofs in parallel: each in a fork, a few more than the machine has processors."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from conformance.prove.job import Options, prove, warm
from conformance.prove.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    from conformance.prove.entries import Entry

PATIENCE = 180.0  # seconds that one proof may take


class NoFork(RuntimeError):
    """The system cannot fork, which every proof needs."""


def at_once() -> int:
    """One more than there are processors, because some servers are slow on purpose."""
    return (os.cpu_count() or 1) + 1


def run_all(
    entries: Sequence[Entry], options: Options, done: Callable[[Entry, Record], None], workers: int
) -> None:
    """Prove every entry, slow ones first; `done` is called as each ends. Raises NoFork."""
    if "fork" not in multiprocessing.get_all_start_methods():
        raise NoFork(
            "`conformance prove` forks, which this system cannot; run it on Linux or macOS"
        )
    context = multiprocessing.get_context("fork")
    warm(options)
    gc.collect()
    gc.freeze()
    waiting = list(reversed(entries))
    running: dict[Connection, tuple[Entry, ForkProcess, float]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                entry = waiting.pop()
                ours, theirs = context.Pipe(duplex=False)
                child = context.Process(target=prove, args=(entry, options, theirs))
                child.start()
                theirs.close()
                running[ours] = (entry, child, time.monotonic())
            for ours in _ended(running):
                entry, child, began = running.pop(ours)
                done(entry, _received(ours, child, time.monotonic() - began))
    finally:
        for _, child, _ in running.values():
            child.kill()


def _ended(running: dict[Connection, tuple[Entry, ForkProcess, float]]) -> list[Connection]:
    ready = [pipe for pipe in wait(list(running), 1.0) if pipe in running]
    now = time.monotonic()
    late = [pipe for pipe, (_, _, began) in running.items() if now - began > PATIENCE]
    return list(dict.fromkeys([*ready, *late]))


def _received(ours: Connection, child: ForkProcess, seconds: float) -> Record:
    try:
        if ours.poll():
            record: Record = ours.recv()
        else:
            record = Record("unverified", error=f"not finished after {seconds:.0f} s")
    except EOFError:
        record = Record("unverified", error="its process ended without a result")

    if record.error:
        child.kill()
    else:
        child.join()
    ours.close()
    return record
