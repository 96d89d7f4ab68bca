"""Writes under the flag: healthy and at fault, and nothing is left behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from tests.support.orders import FAULTS, Orders, serving, write
from tests.support.program import conformance, environment

FLAG = "--allow-unsafe-methods"


def run(folder, orders: Orders, *more: str) -> tuple[int, set[str], str]:
    """Exit code, what failed, and what was printed."""
    with serving(orders) as base:
        arguments = ("--spec", write(folder), "--region", f"main={base}", "--out", folder / "out")
        done = conformance("run", *arguments, "--seed=1", "--profile=smoke", *more, folder=folder)
    results = json.loads((folder / "out" / "report.json").read_text())["results"]
    failed = {one["requirement"] for one in results if one["outcome"] == "failed"}
    return done.returncode, failed, done.stdout


def test_a_healthy_service_passes_and_keeps_nothing(tmp_path) -> None:
    """Whichever check created it."""
    orders = Orders()
    code, failed, text = run(tmp_path, orders, FLAG)
    assert (code, failed) == (0, set()), text
    assert "not asked" not in text  # PUT and DELETE were, by laws of writes
    assert orders.asked.count("POST") > 5
    assert orders.left == set()


def test_what_only_a_location_names_is_judged_and_deleted(tmp_path) -> None:
    """A 201 without a body says where it is."""
    orders = Orders()
    orders.names_in_location = True
    _code, failed, text = run(tmp_path, orders, FLAG, "--only=RES-*")
    assert not {name for name in failed if name.startswith("RES-")}, text
    assert "has no identity" not in text
    assert orders.asked.count("DELETE") >= 5  # of each law its own
    assert orders.left == set()


def test_without_the_flag_nothing_is_written(tmp_path) -> None:
    """`writes: allowed` is not enough."""
    orders = Orders()
    code, failed, text = run(tmp_path, orders)
    assert (code, failed) == (0, set()), text
    assert not {"POST", "PUT", "DELETE", "PATCH"} & set(orders.asked)


@pytest.mark.parametrize(("fault", "requirement"), FAULTS.items())
def test_a_fault_is_reported_by_its_requirement(tmp_path, fault, requirement) -> None:
    """And what was created is deleted all the same."""
    orders = Orders(fault)
    code, failed, text = run(tmp_path, orders, FLAG, "--only=RES-*")
    assert code == 1, text
    assert requirement in failed
    assert orders.left == set()


@pytest.mark.parametrize(
    ("slowness", "number"), [(0.0, signal.SIGINT), (1.5, signal.SIGINT), (1.5, signal.SIGTERM)]
)
def test_an_interrupted_run_deletes_what_it_created(tmp_path, slowness, number) -> None:
    """Ctrl-C as soon as something is there, whether the answer that says so came or not."""
    orders = Orders()
    orders.slowness = slowness
    with serving(orders) as base:
        arguments = [
            str(write(tmp_path)),
            f"--region=main={base}",
            f"--out={tmp_path / 'out'}",
            FLAG,
        ]
        child = subprocess.Popen(
            [sys.executable, "-m", "conformance", "run", "--spec", *arguments, "--rate=30"],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A shell starts what runs in the background deaf to it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        until = time.monotonic() + 60
        while not orders.left and time.monotonic() < until:
            time.sleep(0.01)
        assert orders.left
        child.send_signal(number)
        assert child.wait(60) == 3
    assert orders.left == set()
