"""The suite's options as pytest has them; the same as those of `conformance run`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest

OPTIONS: dict[str, dict[str, Any]] = {
    "target": {"choices": ["mock", "live"], "help": "what to check; default: the bundled mock"},
    "region": {"action": "append", "metavar": "NAME=URL", "help": "a region's base URL (repeatable)"},
    "spec": {"help": "another OpenAPI document"},
    "overlay": {"help": "another overlay"},
    "profile": {"choices": ["smoke", "standard", "deep"], "help": "how much to ask"},
    "only": {"action": "append", "metavar": "ID", "help": "only these requirements (glob, repeatable)"},
    "skip": {"action": "append", "metavar": "ID", "help": "without these requirements (glob, repeatable)"},
    "out": {"help": "where reports go"},
    "config": {"help": "configuration file; default conformance.toml"},
    "seed": {"type": int, "help": "seed of everything generated"},
    "walk": {"choices": ["sample", "all"], "help": "whether long lists are walked whole"},
    "workers": {"type": int, "help": "requests in flight for each region (with -n: of each process)"},
    "rate": {"type": float, "help": "most requests a second for each region"},
    "timeout": {"type": float, "help": "seconds to wait for an answer"},
    "allow-unsafe-methods": {
        "action": "store_true",
        "help": "probe methods that could change state on live hosts",
    },
    "baseline": {"help": "an earlier report.json to compare with"},
    "gate": {"choices": ["verdict", "new"], "help": "new: with --baseline, fail only for what newly fails"},
    "fault": {"action": "append", "metavar": "NAME", "help": "a fault or benign variant of the bundled mock"},
}


def add_options(parser: pytest.Parser) -> None:
    """Register every option."""
    group = parser.getgroup("conformance")
    for name, more in OPTIONS.items():
        destination = f"conformance_{name.replace('-', '_')}"
        group.addoption(f"--{name}", dest=destination, default=None, **more)
    group.addoption("--conformance-quiet", action="store_true", help="print the verdict and failures only")
    # The proof of the suite reads events only, of hundreds of runs.
    group.addoption("--conformance-events-only", action="store_true", help=argparse.SUPPRESS)
    group.addoption("--conformance-verbose", action="store_true", help="print the exchanges of findings")


def flags_of(config: pytest.Config) -> dict[str, Any]:
    """What was given on the command line, by setting."""
    names = [name.replace("-", "_") for name in OPTIONS if name != "config"]
    flags = {name: getattr(config.option, f"conformance_{name}", None) for name in names}
    # pytest has a --strict of its own; whoever gives it wants both.
    if getattr(config.option, "strict", None) is True:
        flags["strict"] = True
    return flags
