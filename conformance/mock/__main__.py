"""`python -m conformance.mock`: serve both regions and say where, as one line of JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
import threading
from typing import TYPE_CHECKING

from conformance.mock.options import MockOptions
from conformance.mock.registry import UnknownFault

if TYPE_CHECKING:
    from conformance.mock.server import MockServer


def main(arguments: list[str] | None = None) -> int:
    """Serve until told to stop; 2 for what cannot be served."""
    from conformance.mock.server import MockServer, PortInUse  # uvicorn only where it serves

    asked = parser().parse_args(arguments)
    try:
        server = MockServer(options(asked))
    except (UnknownFault, PortInUse) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    if asked.stop_on_eof:
        threading.Thread(target=_stop_on_eof, args=(server,), daemon=True).start()
    server.run(announce)
    return 0


def parser() -> argparse.ArgumentParser:
    """The options of the mock; keys are not among them."""
    made = argparse.ArgumentParser(prog="python -m conformance.mock", description=__doc__)
    made.add_argument(
        "--global-port", type=_port, default=0, metavar="N", help="0, the default: any free port"
    )
    made.add_argument(
        "--india-port", type=_port, default=0, metavar="N", help="0, the default: any free port"
    )
    made.add_argument(
        "--fault", action="append", default=[], metavar="NAME[@REGION]", help="may be repeated"
    )
    made.add_argument("--latency", type=int, default=0, metavar="MS", help="added to every answer")
    made.add_argument("--rows", type=int, metavar="N", help="rows of each region")
    made.add_argument(
        "--seed", type=int, default=0, metavar="N", help="other rows of the same kind"
    )
    made.add_argument("--stop-on-eof", action="store_true", help="stop when standard input ends")
    return made


def _port(text: str) -> int:
    if not (text.isdecimal() and int(text[:6]) < 65_536):
        raise argparse.ArgumentTypeError(f"a port is from 0 to 65535, not {text}")
    return int(text)


def options(asked: argparse.Namespace) -> MockOptions:
    """The options that the arguments name."""
    return MockOptions(
        asked.global_port,
        asked.india_port,
        tuple(asked.fault),
        asked.latency,
        asked.rows,
        asked.seed,
    )


def announce(urls: dict[str, str]) -> None:
    """The line a parent process waits for."""
    print(json.dumps({"urls": urls}), flush=True)


# A parent that was killed cannot terminate its mock; its end of the pipe closes all the same.
def _stop_on_eof(server: MockServer) -> None:
    while os.read(0, 4096):
        pass
    server.stop()


if __name__ == "__main__":
    sys.exit(main())
