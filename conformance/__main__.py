"""`python -m conformance`, and the command `conformance`."""

from __future__ import annotations

# Not `signal`: Ctrl-C may come again while that is loaded.
import _signal  # type: ignore[import-not-found]  # of the interpreter, which typeshed lacks
import os
import sys

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib could be the caller's own
USAGE_ERROR = 2
UNVERIFIED = 3


def main() -> None:
    """Run a command; who interrupts it while it is loaded gets the exit code of any interruption."""
    try:
        if not os.path.isdir(_PACKAGE):  # noqa: PTH112 - pathlib could be the caller's own
            # pytest collects checks from files, and libraries it rests on are compiled.
            sys.stderr.write(
                f"conformance: {_PACKAGE} is an archive; install it (`pip install`) to run it.\n"
            )
            sys.exit(USAGE_ERROR)
        _leave_out_current_directory()
        from conformance.cli.app import main as program

        program()
    except KeyboardInterrupt:
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
        sys.stderr.write("conformance: interrupted before there was a verdict.\n")
        sys.exit(UNVERIFIED)
    except Exception as problem:  # noqa: BLE001 - 1, as Python ends here, would be a failed MUST
        what = " ".join(f"{type(problem).__name__}: {problem}".split())
        sys.stderr.write(f"conformance: it cannot be loaded here: {what}. Nothing was verified.\n")
        sys.exit(UNVERIFIED)


def _leave_out_current_directory() -> None:
    """`-m` looks for modules in the current directory first: a `json.py` there would be run in
    place of Python's. Nothing is imported before that is undone, so pathlib cannot be used. A
    checkout is its own directory.
    """
    try:
        here = os.getcwd()  # noqa: PTH109 - pathlib could be the caller's own
    except OSError:  # it was deleted; what cannot do without it says so
        return
    if not sys.flags.safe_path and sys.path and sys.path[0] == here != _PACKAGE:
        del sys.path[0]


if __name__ == "__main__":
    main()
