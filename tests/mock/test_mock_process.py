"""The mock as a process: it starts, says where it is, and never outlives its parent."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from conformance.mock import MockOptions
from conformance.mock.process import MockDidNotStart, MockProcess, command


def _total(url: str, key: str) -> int:
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=5)
    connection.request("GET", "/v1/batch-calls", headers={"Authorization": f"Bearer {key}"})
    total: int = json.load(connection.getresponse())["total"]
    connection.close()
    return total


def _gone(pid: int, patience: float = 5.0) -> bool:
    """Whether a process that is not ours to wait for ends in time."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        try:
            with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
                if stat.read().rpartition(")")[2].split()[0] == "Z":
                    return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_both_regions_answer_while_it_runs_and_none_afterwards() -> None:
    """Inside the block both regions serve their rows under their keys; after it nothing listens."""
    with MockProcess(MockOptions(seed=3, faults=("total-one-too-many@india",))) as mock:
        totals = {region: _total(mock.urls[region], mock.keys[region]) for region in mock.urls}
        pid = mock.pid
    assert totals == {"global": 137, "india": 62}
    assert _gone(pid, 0.1)
    for url in mock.urls.values():
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=1)


def test_it_ends_though_a_client_holds_a_connection_and_an_answer_is_due() -> None:
    """Neither an idle connection nor a slow answer keeps it alive."""
    with MockProcess(MockOptions(latency_ms=30_000)) as mock:
        held = socket.create_connection(("127.0.0.1", int(mock.urls["global"].rpartition(":")[2])))
        held.sendall(b"GET / HTTP/1.1\r\nHost: mock\r\n\r\n")
        pid = mock.pid
    held.close()
    assert _gone(pid, 0.1)


def test_it_has_a_process_group_of_its_own() -> None:
    """A terminal's interrupt reaches the parent alone."""
    with MockProcess(MockOptions()) as mock:
        assert os.getpgid(mock.pid) == mock.pid != os.getpgid(0)


def test_it_ends_when_its_parent_is_killed() -> None:
    """A parent that had no chance to clean up leaves no mock behind."""
    code = (
        "import sys, time; from conformance.mock import MockOptions;"
        "from conformance.mock.process import MockProcess;"
        "mock = MockProcess(MockOptions()).__enter__(); print(mock.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert _gone(child)


@pytest.mark.parametrize("signals", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_quietly(signals: signal.Signals) -> None:
    """SIGTERM and SIGINT end it at once, without a traceback."""
    line = [part for part in command(MockOptions()) if part != "--stop-on-eof"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as mock:
        assert mock.stdout is not None
        assert set(json.loads(mock.stdout.readline())["urls"]) == {"global", "india"}
        mock.send_signal(signals)
        assert mock.communicate(timeout=5)[1] == ""


def test_a_port_in_use_is_said() -> None:
    """A taken port is an error with the mock's own words, not a traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MockDidNotStart, match=f"^port {port} for global is in use"):
            MockProcess(MockOptions(global_port=port)).__enter__()


def test_a_port_that_cannot_be_is_said() -> None:
    """A number that is no port is refused as an argument."""
    with pytest.raises(MockDidNotStart, match=r"from 0 to 65535, not 70000$"):
        MockProcess(MockOptions(india_port=70_000)).__enter__()


def test_an_unknown_fault_ends_with_status_2() -> None:
    """On the command line a misspelt fault is one sentence and exit status 2."""
    ended = subprocess.run(
        [sys.executable, "-m", "conformance.mock", "--fault", "has-more-alway"],
        capture_output=True,
        text=True,
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "did you mean has-more-always" in ended.stderr
