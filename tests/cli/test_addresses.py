"""Base URLs as people write them, from the command line to what a server is sent."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conformance.mock import MockOptions, keys
from conformance.mock.fronts.server import HOST, FrontServer, forwarded
from conformance.mock.server import MockServer
from tests.support.program import conformance

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conformance.mock.fronts.model import Ask, Call, Reply

PREFIX = "/eu/api"
CHOSEN = ("--only-operation", "list-batch-calls", "--only", "AUT-02", "--profile", "smoke")


class Addressed(FrontServer):
    """Hands on what is asked below the prefix, as a gateway does; `asked` has the targets."""

    def __init__(self, upstream: int, host: str) -> None:
        self.asked: list[tuple[str, str]] = []
        super().__init__(self.answer, upstream, host)

    def answer(self, call: Call, _: Ask) -> Reply:
        """What is below the prefix is the server's."""
        self.asked.append((call.target, call.field("host")))
        whole = call.target.partition("://")[2] or f"x{call.target}"
        path = "/" + whole.partition("/")[2]
        stripped = path.removeprefix(PREFIX)
        return forwarded(replace(call, target=stripped), self.upstream)


@contextmanager
def addressed(host: str = HOST) -> Iterator[Addressed]:
    mock = MockServer(MockOptions())
    server = Addressed(int(mock.urls["global"].rpartition(":")[2]), host)
    for target in (lambda: mock.run(lambda urls: None), server.serve_forever):
        threading.Thread(target=target, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        mock.stop()


def run(url: str, folder: Path, *more: str) -> None:
    arguments = ("run", "--region", f"eu={url}", *CHOSEN, *more, "--out", "out")
    key = {"FORMANT_API_KEY_EU": keys(MockOptions())["global"]}
    done = conformance(*arguments, folder=folder, variables=key)
    assert done.returncode == 0, done.stdout + done.stderr


def _has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("end", ["", "/"])
def test_a_prefix_stands_before_each_path(end: str, tmp_path: Path) -> None:
    """With or without a slash at its end."""
    with addressed() as server:
        run(f"{server.url}{PREFIX}{end}", tmp_path)
        targets = [target for target, _ in server.asked]
    assert targets
    assert all(target.startswith(f"{PREFIX}/v1/batch-calls") for target in targets)


def test_a_host_in_another_script_is_asked_for_in_ascii(tmp_path: Path) -> None:
    """Through a proxy, which gets the whole of it; the report has it so too."""
    with addressed() as server:
        url = f"http://b\u00fccher.example{PREFIX}/"
        run(url, tmp_path, "--proxy", server.url)
        hosts = {host for _, host in server.asked}
    assert hosts == {"xn--bcher-kva.example"}
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["regions"] == {"eu": f"http://xn--bcher-kva.example{PREFIX}"}


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no IPv6")
def test_an_address_of_ipv6_stands_in_brackets(tmp_path: Path) -> None:
    """In the URL, and in what a server is sent."""
    with addressed("::1") as server:
        run(f"http://[::1]:{server.server_port}/", tmp_path)
        hosts = {host for _, host in server.asked}
    assert hosts == {f"[::1]:{server.server_port}"}
