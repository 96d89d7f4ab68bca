"""Samples as they run: against loopback alone, within bounds, without the user's environment."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from conformance.lint.samples import running
from conformance.lint.samples.running import run
from conformance.lint.samples.runtimes import Runtime, runtime_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def runtime(language: str) -> Runtime:
    found = runtime_of(language)
    if isinstance(found, str):
        pytest.skip(found)
    return found


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A port that answers each request with 204, and what arrived."""
    arrived: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    arrived.append(connection.recv(10_000))
                    connection.sendall(b"HTTP/1.1 204 x\r\nConnection: close\r\n\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], arrived
        server.shutdown(socket.SHUT_RDWR)


ASKS = {
    "python": "import requests\nprint(requests.get('http://127.0.0.1:{port}/x').status_code)",
    "javascript": "const r = await fetch('http://127.0.0.1:{port}/x'); console.log(r.status)",
}


@pytest.mark.parametrize("language", ASKS)
def test_a_sample_reaches_the_server(language) -> None:
    """And what it prints last is kept."""
    with listening() as (port, arrived):
        ended = run(runtime(language), ASKS[language].replace("{port}", str(port)), port, {})
    assert (ended.code, ended.last_line) == (0, "204"), ended
    assert arrived[0].startswith(b"GET /x ")


@pytest.mark.parametrize("language", ASKS)
def test_a_sample_reaches_no_other_port(language) -> None:
    """Nor another host."""
    with listening() as (port, arrived):
        code = ASKS[language].replace("{port}", str(port))
        for other in (code, code.replace("127.0.0.1", "example.com")):
            ended = run(runtime(language), other, port + 1, {})
            assert ended.code == 1
    assert arrived == []


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("python", "import os; os.system('true')"),
        ("python", "import subprocess; subprocess.run(['true'])"),
        ("python", "open('written', 'w')"),
        ("python", "import ctypes; ctypes.CDLL(None)"),
        ("javascript", "import c from 'node:child_process'; c.execSync('true')"),
        ("javascript", "import f from 'node:fs'; f.writeFileSync('written', '')"),
        ("javascript", "import d from 'node:dgram'; d.createSocket('udp4').send('x', 9, '127.0.0.1')"),
    ],
)  # fmt: skip
def test_a_sample_starts_and_writes_nothing(language, code) -> None:
    """It has no need of it."""
    assert run(runtime(language), code, 1, {}).code == 1


def test_a_sample_has_no_environment_but_its_own(monkeypatch) -> None:
    """A key of the user's is not there."""
    monkeypatch.setenv("FORMANT_API_KEY", "secret")
    code = "import os; print(os.environ.get('FORMANT_API_KEY'), os.environ['MINE'])"
    assert run(runtime("python"), code, 1, {"MINE": "mine"}).last_line == "None mine"


def test_a_sample_that_does_not_end_is_ended(monkeypatch) -> None:
    """It has no exit code then."""
    monkeypatch.setattr(running, "SECONDS", 1.0)
    ended = run(runtime("python"), "import time\nprint('x', flush=True)\ntime.sleep(60)", 1, {})
    assert (ended.code, ended.last_line) == (None, "x")


def test_what_a_sample_prints_is_bounded() -> None:
    """It is ended by the system when it goes on."""
    ended = run(runtime("python"), "while True: print('x' * 100000)", 1, {})
    assert ended.code != 0


def test_a_language_without_a_runtime_is_only_read() -> None:
    """The reason is words."""
    assert runtime_of("curl") == "only read, never run"
