"""All rows, a few at once, each in a process of its own beside one healthy mock."""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.prove.hostile.play import Played, played
from conformance.prove.hostile.trouble import SERVER, Stage
from conformance.prove.hostile.watch import watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from conformance.prove.hostile.trouble import Trouble

SLOW = 30.0  # seconds that a run for the material may take


class NoMaterial(RuntimeError):
    """The runs whose streams are damaged came to nothing."""


def prove(
    rows: Sequence[Trouble], done: Callable[[Played], None], workers: int | None = None
) -> list[Played]:
    """Play every row; `done` is called as each ends. Raises NoMaterial."""
    from conformance.mock import MockOptions
    from conformance.mock.process import MockProcess

    with tempfile.TemporaryDirectory(prefix="conformance-material-") as place:
        if any(row.side != SERVER for row in rows):
            _make_material(Path(place))
        with MockProcess(MockOptions()) as mock, ThreadPoolExecutor(workers or _at_once()) as pool:
            port = int(mock.urls["global"].rpartition(":")[2])

            def one(row: Trouble) -> Played:
                result = played(row, port, Path(place))
                done(result)
                return result

            return list(pool.map(one, rows))


def _at_once() -> int:
    return os.cpu_count() or 1


def _make_material(place: Path) -> None:
    """A conformant run and a nonconformant one, whose files are damaged later."""
    for name, fault in (("good", ()), ("bad", ("--fault", "has-more-always"))):
        arguments = ["run", "--only", "PAG-03", "--out", name, "-q", *fault]
        code = watched(Stage(place, place, arguments), SLOW).code
        if code != len(fault) // 2:
            raise NoMaterial(f"a run of the bundled mock ended with {code}")
