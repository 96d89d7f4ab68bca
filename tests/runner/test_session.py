"""The suite as its users run it: a subprocess, its exit code, its last words, its reports."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest

from benchmarks import many
from benchmarks.mocks import many as served_many
from conformance.contract import load_contract, load_requirements
from conformance.mock import MockOptions, keys
from conformance.mock.fronts.model import refusal
from conformance.mock.fronts.server import FrontServer
from conformance.mock.process import MockProcess

FAULTS = {
    "has-more-always": "PAG-03",
    "total-is-page-length": "PAG-04",
    "limit-37-broken": "PAG-10",
    "default-limit-of-10": "PAG-01",
    "limit-0-gives-everything": "PAG-12",
    "filter-ignored": "FIL-01",
    "filter-loses-pending": "FIL-02",
    "media-type-text": "SCH-02",
    "agent-id-a-string": "SCH-05",
    "authentication-off": "AUT-02",
    "any-token-accepted": "AUT-03",
    "key-in-query-accepted": "AUT-06",
    "unknown-parameter-fails": "ROB-02",
    "fails-every-50th-time": "ROB-06",
    "one-region-clamps": "PAR-03",
    "one-region-oldest-first": "PAR-04",
}

BUSY = (5, 15)  # requests that get 429, so soon after each other that a client slows down
LIMITED = refusal(429, "rate_limit_exceeded", "Too many requests", retry_after="0")


def suite(tmp_path, *arguments, **environment):
    clean = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("FORMANT_", "CONFORMANCE_", "GITHUB_", "PYTEST_"))
    }
    return subprocess.run(
        [sys.executable, "-m", "conformance", "run", *arguments],
        cwd=tmp_path,
        env=clean | environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def report(tmp_path):
    return json.loads((tmp_path / "reports" / "report.json").read_text(encoding="utf-8"))


def test_conformant_mock(tmp_path):
    """The bundled mock conforms: exit 0, every MUST passed with evidence, no key in any report."""
    done = suite(tmp_path, "--seed", "7")
    assert done.returncode == 0, done.stdout + done.stderr
    found = report(tmp_path)
    assert found["verdict"] == "conformant"
    operation = load_contract().operations[0]
    outcomes = {
        r["requirement"]: r["outcome"]
        for r in found["results"]
        if r["level"] == "MUST" and r["operation"] == operation.id
    }
    without = {name for name in outcomes if outcomes[name] == "not_applicable"}
    assert without == {
        name
        for name, entry in load_requirements().items()
        if name in outcomes and not all(map(operation.applies, entry.traits))
    }
    # India has too few rows to show what happens above the maximum of a limit.
    assert set(outcomes.values()) - {"not_applicable"} == {"passed", "unexercised"}
    written = (
        "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "reports").iterdir())
        + done.stdout
    )
    assert not [key for key in keys(MockOptions()).values() if key[:-1] in written]


def test_requests_at_random_find_nothing_in_healthy_regions(tmp_path):
    """On every kind of operation, however few observations are wanted."""
    done = suite(tmp_path, "--seed=7", "--sensitivity=0.4", "-q")
    assert done.returncode == 0, done.stdout


def test_several_processes_come_to_the_same_results(tmp_path):
    """Under pytest-xdist each check is run once, each exchange has its own id, no request goes
    uncounted.
    """
    document, overlay = many.write(tmp_path, 3)
    found = []
    with served_many() as served:
        regions = [f"--region={name}={url}" for name, url in served.urls.items()]
        named = {f"FORMANT_API_KEY_{name.upper()}": key for name, key in served.keys.items()}
        asked = [
            "--seed=7",
            "--profile=smoke",
            f"--spec={document}",
            f"--overlay={overlay}",
            *regions,
        ]
        for more in ([], ["--", "-n", "2"]):
            done = suite(tmp_path, *asked, *more, **named)
            assert done.returncode == 0, done.stdout + done.stderr
            results = report(tmp_path)["results"]
            found.append(
                {(r["requirement"], r["operation"], r["region"]): r["outcome"] for r in results}
            )
            events = (
                (tmp_path / "reports" / "events.ndjson").read_text(encoding="utf-8").splitlines()
            )
            exchanges = [event for event in map(json.loads, events) if event["event"] == "exchange"]
            assert sum(report(tmp_path)["requests"].values()) == sum(
                one["attempts"] for one in exchanges
            )
            assert len({one["id"] for one in exchanges}) == len(exchanges)
    assert (
        len({one["id"].split("-")[1] for one in exchanges}) == 2
    )  # both processes had something to do
    assert found[0] == found[1]


@pytest.mark.parametrize("fault", FAULTS)
def test_faults_are_found(tmp_path, fault):
    """A server that breaks one rule is nonconformant, and the rule is named."""
    done = suite(tmp_path, "--seed", "7", "--fault", fault)
    assert done.returncode == 1, done.stdout + done.stderr
    failed = {r["requirement"] for r in report(tmp_path)["results"] if r["outcome"] == "failed"}
    assert FAULTS[fault] in failed


@pytest.mark.parametrize(
    "variant", ["clamping", "by-last-update", "big-ids", "unknown-agent-not-found"]
)
def test_benign_servers_draw_nothing(tmp_path, variant):
    """A server that merely differs draws no failure."""
    from conformance.mock.registry import BENIGN

    if variant not in BENIGN:
        pytest.fail(f"no variant {variant}: {', '.join(BENIGN)}")
    done = suite(tmp_path, "--seed", "7", "--fault", variant)
    assert done.returncode == 0, done.stdout + done.stderr


def test_given_regions_get_the_same_verdict(tmp_path):
    """Regions that are named by URL are checked like the bundled ones."""
    with MockProcess(MockOptions()) as mock:
        regions = [
            part for name, url in mock.urls.items() for part in ("--region", f"{name}={url}")
        ]
        named = {f"FORMANT_API_KEY_{name.upper()}": key for name, key in mock.keys.items()}
        done = suite(tmp_path, "--profile", "smoke", *regions, **named)
    assert done.returncode == 0, done.stdout + done.stderr


def test_wrong_key(tmp_path):
    """A refused key is exit 3 and one sentence that does not show it."""
    with MockProcess(MockOptions()) as mock:
        done = suite(
            tmp_path,
            "--region",
            f"global={mock.urls['global']}",
            FORMANT_API_KEY="wrong-key-0123456789",
        )
    assert done.returncode == 3
    assert "did not accept the key" in done.stdout
    assert "wrong-key-0123456789" not in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_nothing_listens(tmp_path):
    """An unreachable region is exit 3 and is said in one sentence."""
    done = suite(
        tmp_path, "--region", "global=http://127.0.0.1:9", FORMANT_API_KEY="a-key-0123456789"
    )
    assert done.returncode == 3
    assert "cannot be reached" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def begun(tmp_path, *arguments, **environment):
    """A suite that has judged something but not all."""
    clean = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("FORMANT_", "CONFORMANCE_", "GITHUB_"))
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "conformance", "run", *arguments],
        cwd=tmp_path,
        env=clean | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    events = tmp_path / "reports" / "events.ndjson"
    until = time.monotonic() + 60
    while time.monotonic() < until and (
        not events.exists() or "judgement" not in events.read_text(encoding="utf-8")
    ):
        time.sleep(0.05)
    return child


def written(tmp_path):
    """The events of a run."""
    events = (tmp_path / "reports" / "events.ndjson").read_text(encoding="utf-8")
    return [json.loads(line) for line in events.splitlines()]


def test_interrupted(tmp_path):
    """Ctrl-C ends in a partial report that says so, exit 3, with no mock left running."""
    child = begun(tmp_path)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert child.returncode == 3, out + err
    assert "interrupted" in out
    assert "Traceback" not in out + err
    requests = [event["attempts"] for event in written(tmp_path) if event["event"] == "exchange"]
    assert sum(report(tmp_path)["requests"].values()) == sum(requests) > 0
    for url in report(tmp_path)["regions"].values():
        with (
            pytest.raises(ConnectionRefusedError),
            socket.create_connection(("127.0.0.1", urlsplit(url).port), 2),
        ):
            pass


def test_region_killed(tmp_path):
    """A region that dies in mid-run is exit 3, said in one sentence."""
    mock = MockProcess(MockOptions())
    with mock:
        regions = [
            part for name, url in mock.urls.items() for part in ("--region", f"{name}={url}")
        ]
        named = {f"FORMANT_API_KEY_{name.upper()}": key for name, key in mock.keys.items()}
        child = begun(tmp_path, *regions, **named)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 3, out + err
    assert "is unavailable since" in out
    assert "Traceback" not in out + err


def gated(tmp_path, *arguments):
    return suite(
        tmp_path,
        "--seed",
        "7",
        "--profile",
        "smoke",
        "--only",
        "PAG-*",
        "--only",
        "ROB-06",
        *arguments,
    )


def test_only_what_is_new_gates(tmp_path):
    """With a baseline and `--gate new` a known failure passes, and the report it replaces is the
    baseline.
    """
    fault = "--fault", "has-more-on-exact-last-page@india"
    assert gated(tmp_path, *fault).returncode == 1
    again = gated(tmp_path, *fault, "--baseline", "reports/report.json", "--gate", "new")
    assert again.returncode == 0, again.stdout + again.stderr
    assert "still failing" in again.stdout
    assert again.stdout.splitlines()[-1].startswith("nonconformant")
    worse = gated(
        tmp_path, "--fault", "has-more-never", "--baseline", "reports/report.json", "--gate", "new"
    )
    assert worse.returncode == 1
    assert "newly failing" in worse.stdout


def test_quiet_and_verbose(tmp_path):
    """`-q` prints failures, what was not asked, and the verdict; `-v` what went over the wire."""
    quiet = gated(tmp_path, "-q")
    assert (quiet.returncode, quiet.stdout.count("\n"), quiet.stderr) == (0, 2, "")
    assert quiet.stdout.startswith("asked ")
    verbose = gated(tmp_path, "-v", "--fault", "has-more-on-exact-last-page@india")
    assert "> GET http://127.0.0.1:" in verbose.stdout
    assert "< HTTP/1.1 200" in verbose.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--baseline", "nowhere.json"], "--baseline nowhere.json: cannot be read: No such file"),
        (["--gate", "new"], "--gate new needs --baseline"),
    ],
    ids=["missing", "nothing to gate on"],
)
def test_baselines_that_cannot_be_used(tmp_path, arguments, said):
    """A baseline is looked at before anything is asked: exit 2 and one sentence."""
    done = suite(tmp_path, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "reports").exists()


def test_how_a_process_was_slowed_is_told(tmp_path):
    """What the pace of a worker of pytest-xdist came to is in the report too."""

    def busy(call, ask):
        return LIMITED if call.number in BUSY else ask()

    with MockProcess(MockOptions()) as mock:
        front = FrontServer(busy, int(mock.urls["global"].rpartition(":")[2]))
        threading.Thread(target=front.serve_forever, daemon=True).start()
        named = {f"FORMANT_API_KEY_{name.upper()}": key for name, key in mock.keys.items()}
        asked = ["--seed=7", "--profile=smoke", f"--region=global={front.url}"]
        done = suite(tmp_path, *asked, "--", "-n", "2", **named)
        front.shutdown()
        front.server_close()
    assert done.returncode == 0, done.stdout + done.stderr
    told = [notice["message"] for notice in report(tmp_path)["notices"]]
    slowed = re.compile(r"answered 429: slowed to \d+ requests a second")
    assert any(map(slowed.search, told)), told


def test_a_spent_budget_leaves_the_rest_unverified(tmp_path):
    """--max-requests ends the asking of a region in one sentence, and vouches for nothing more."""
    done = suite(tmp_path, "--seed", "7", "--profile", "smoke", "--max-requests", "40")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "as many as --max-requests allows" in done.stdout
    assert max(report(tmp_path)["requests"].values()) <= 40
