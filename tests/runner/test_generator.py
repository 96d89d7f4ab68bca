"""Generated requests from a process of its own: the same ones, or why there are none."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from conformance.checks.drawing import Source, drawn
from conformance.checks.generated import NotGenerated, generated
from conformance.client.stop import StopSignal
from conformance.contract import load_contract
from conformance.runner import generating, generator
from conformance.runner.generator import Generator
from tests.support.checks import make_check, make_context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Holds the interpreter, as a pattern of a document may: no other thread of its process runs meanwhile.
ENDLESS = "import re\n\nre.match('(a+)+b', 'a' * 80)\n"


@pytest.fixture
def stop() -> StopSignal:
    """The signal of a run."""
    return StopSignal()


@pytest.fixture
def process(stop: StopSignal) -> Iterator[Generator]:
    """A generator that is ended."""
    one = Generator(stop)
    yield one
    one.close()


@pytest.fixture
def endless(tmp_path: Path) -> Source:
    """What requests are made of without end."""
    hooks = tmp_path / "hooks.py"
    hooks.write_text(ENDLESS)
    return Source(load_contract().document, 1, hooks)


def test_another_process_makes_the_same(process: Generator) -> None:
    """Whatever made them before; one process for all operations."""
    contract = load_contract()
    source = Source(contract.document, 7)
    pids = set()
    for operation in contract.operations[:2]:
        assert process.draw(source, operation, 12) == drawn(source, operation, 12)
        pids.add(process.pid)
    assert len(pids) == 1
    assert os.getpid() not in pids


def test_what_takes_for_ever_is_given_up(process: Generator, endless, monkeypatch) -> None:
    """Each time sooner; the next one is served by another process."""
    monkeypatch.setattr(generator, "LEAST", 0.5)
    process.longest = 3.0
    contract = load_contract()
    operation = contract.operations[0]
    with pytest.raises(NotGenerated, match=r"GET /v1/batch-calls were not made within 3 s: simpl"):
        process.draw(endless, operation, 12)
    with pytest.raises(NotGenerated, match=r"within 1\.5 s"):
        process.draw(endless, operation, 13)
    process.longest = 60.0
    assert len(process.draw(Source(contract.document, 1), operation, 14)) == 14


def test_a_run_that_ends_waits_no_longer(stop: StopSignal, endless) -> None:
    """Whether it is stopped, or its time is over."""
    operation = load_contract().operations[0]
    with pytest.raises(NotGenerated, match="within the run's --max-time"):
        Generator(stop, time.monotonic()).draw(endless, operation, 12)
    stop.set("the run was interrupted")
    with pytest.raises(NotGenerated, match="the run was interrupted"):
        Generator(stop).draw(endless, operation, 12)


def test_without_a_process_they_are_made_all_the_same(process: Generator, monkeypatch) -> None:
    """A machine that has none to give is not the document's fault."""

    def refused(*_: object, **__: object) -> None:
        raise BlockingIOError("no process left")

    monkeypatch.setattr(subprocess, "Popen", refused)
    contract = load_contract()
    source = Source(contract.document, 7)
    assert len(process.draw(source, contract.operations[0], 5)) == 5


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (MemoryError(), ("failed", "take more memory than a run may")),
        (RecursionError(), ("failed", "are nested too deeply to make")),
        (TypeError("no such type"), ("broken", "TypeError: no such type")),
    ],
)
def test_what_goes_wrong_is_told(monkeypatch, raised: Exception, expected: tuple[str, str]) -> None:
    """What the document asks too much, and what is an error of the suite."""

    def failing(*_: object) -> None:
        raise raised

    monkeypatch.setattr(generating, "drawn", failing)
    operation: Any = None
    assert generating.made(Source({}, 1), operation, 1) == expected


def test_an_operation_is_given_up_once(process: Generator, endless) -> None:
    """Every further check of it has the same answer at once; another run tries again."""
    process.longest = 1.0
    operation = load_contract().operations[0]
    said = []
    for _ in range(2):
        with pytest.raises(NotGenerated) as refused:
            process.draw(endless, operation, 12)
        said.append(str(refused.value))
    assert said[0] == said[1]
    assert process.pid is None
    source = replace(endless, hooks=None)
    another = Generator(StopSignal())
    assert len(another.draw(source, operation, 12)) == 12
    another.close()


def test_a_check_without_its_requests_is_inconclusive() -> None:
    """With the reason why there are none."""

    def draw(source: Source, operation: object, count: int) -> Any:
        raise NotGenerated("took too long")

    context = replace(make_context(), seed=990_001, draw=draw)

    def check() -> None:
        generated(context)

    run = make_check(check, requirements=("SCH-01",))
    run.execute()
    run.conclude()
    judgement = run.evidence.judgements["SCH-01", "mars"]
    assert (judgement.state, judgement.reason) == ("inconclusive", "took too long")
