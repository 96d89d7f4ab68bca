"""From the command to its first request: start and collection."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING

from benchmarks.costs import conformance_run, cost, environment, python
from benchmarks.row import Row, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.setting import Setting

PATIENCE = 60.0


def measure(setting: Setting) -> Iterator[Row]:
    """Start: collection until the first request, beside the import of schemathesis."""
    theirs = python("-c", "import schemathesis")
    sides = in_turn(
        lambda: seconds_to_first_request(setting),
        lambda: cost(theirs, setting.folder).seconds,
        4 * setting.times,
    )
    yield Row(
        "first",
        "start: collection until the first request",
        'python -c "import schemathesis"',
        1.5,
        values=sides.ratios,
        ours=tuple(sides.ours),
        theirs=tuple(sides.theirs),
        commands=(
            "conformance run --region global=URL --region india=URL",
            'python -c "import schemathesis"',
        ),
    )


def seconds_to_first_request(setting: Setting) -> float:
    """The time until a listening socket hears from `conformance run`, which is then ended."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        regions = {"global": url, "india": url}
        began = time.perf_counter()
        child = subprocess.Popen(
            conformance_run(regions, setting.out),
            cwd=setting.folder,
            env=environment(dict.fromkeys(regions, "nobody-reads-this-key")),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1)
                return time.perf_counter() - began
        finally:
            os.kill(child.pid, signal.SIGKILL)
            child.wait()
