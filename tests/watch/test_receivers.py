"""Receivers of a watch: what they get, and what is said when they do not take it."""

from __future__ import annotations

import json
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from conformance.verdict.conclude import conclude
from conformance.watch.loop import Round
from conformance.watch.metrics import MetricsServer, open_metrics
from conformance.watch.receivers import NotTaken, hand_over, message
from conformance.watch.transitions import Transition
from tests.support.samples import hostile, one_fault
from tests.support.servers import saying

if TYPE_CHECKING:
    from pathlib import Path

CHANGE = Transition("failing", "india", "PAG-03", "list", "has_more true")


@pytest.fixture
def hook():
    """A webhook that keeps what it gets and answers with `status`."""
    got: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(int(self.path.rpartition("/")[2]))
            self.send_header("Content-Length", "0")
            self.send_header("Location", "/200")  # read where the status is a redirect
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *unused: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()


def test_a_webhook_gets_text_for_people_and_fields_for_programs(hook, tmp_path: Path) -> None:
    """Slack shows `text`."""
    url, got = hook
    report = conclude(one_fault().write(tmp_path / "e.ndjson"))
    latest = Round(report, tmp_path / "e.ndjson", (CHANGE,))
    hand_over(f"{url}/200", message([CHANGE.sentence], latest))
    assert got[0]["text"] == "PAG-03 (india · list) starts failing: has_more true"
    assert got[0]["transitions"][0]["kind"] == "failing"
    assert got[0]["verdict"] == "nonconformant"


def test_the_address_of_a_webhook_is_no_part_of_a_message(hook) -> None:
    """Its path is a password."""
    url, _ = hook
    with pytest.raises(NotTaken, match="answered 404") as raised:
        hand_over(f"{url}/secret/404", message([], None))
    assert "secret" not in str(raised.value)
    with pytest.raises(NotTaken, match="cannot be reached") as raised:
        hand_over("http://127.0.0.1:9/secret", message([], None))
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_webhook_that_redirects_did_not_take_the_message(hook, status: int) -> None:
    """A GET of the new address would succeed without the message."""
    url, _ = hook
    with pytest.raises(NotTaken, match=f"answered {status}"):
        hand_over(f"{url}/{status}", message([], None))


def test_a_webhook_that_speaks_no_http_did_not_take_the_message() -> None:
    """One of another protocol must not end the watch."""
    with (
        saying(b"-ERR unknown command\r\n") as port,
        pytest.raises(NotTaken, match="answered no HTTP"),
    ):
        hand_over(f"http://127.0.0.1:{port}/secret", message([], None))


def test_a_command_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next round must not wait for it."""
    monkeypatch.setattr("conformance.watch.receivers.TIMEOUT", 0.2)
    with pytest.raises(NotTaken, match="did not end within"):
        hand_over(f"{sys.executable} -c 'import time; time.sleep(60)'", message([], None))


def test_a_command_gets_the_same_on_standard_input(tmp_path: Path) -> None:
    """Without a shell; one that fails did not take it."""
    target = tmp_path / "got.json"
    code = f"import sys; open({str(target)!r}, 'wb').write(sys.stdin.buffer.read())"
    hand_over(f'{sys.executable} -c "{code}"', message(["a"], None))
    assert json.loads(target.read_bytes())["changes"] == ["a"]
    with pytest.raises(NotTaken, match="ended with 3"):
        hand_over(f"{sys.executable} -c 'raise SystemExit(3)'", message([], None))
    with pytest.raises(NotTaken, match="could not be run"):
        hand_over("/nowhere/alarm", message([], None))


def test_figures_are_served_on_loopback_and_stay_one_line_each(tmp_path: Path) -> None:
    """Whatever a name holds."""
    report = conclude(hostile().write(tmp_path / "e.ndjson"))
    text = open_metrics(report)
    assert text.endswith("# EOF\n")
    assert all(line.startswith(("#", "conformance_")) for line in text.splitlines())
    assert 'conformance_failing{requirement="FIL-06"' in text
    server = MetricsServer(0)
    try:
        server.text = text
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics") as answer:
            assert answer.read().decode() == text
            assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    finally:
        server.close()
