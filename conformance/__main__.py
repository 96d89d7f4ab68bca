"""`python -m conformance`."""

from __future__ import annotations

import os
import sys

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - no pathlib yet, see below

# `-m` looks for modules in the current directory first: a `json.py` there would be run in place of
# Python's. Nothing is imported before that is undone, so pathlib cannot be used. A checkout is its
# own directory.
if not sys.flags.safe_path and sys.path and sys.path[0] == os.getcwd() != _PACKAGE:  # noqa: PTH109 - no pathlib yet
    del sys.path[0]

from conformance.cli.app import main  # noqa: E402 - only now is the path safe

if __name__ == "__main__":
    main()
