"""Fixtures: sample runs on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from conformance.verdict.conclude import conclude

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conformance.verdict.report import Report
    from tests.support.samples import Sample


# Machines are slow and shared: a test never depends on how long it takes.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture
def concluded(tmp_path: Path) -> Callable[[Sample], Report]:
    """Write a sample and conclude it."""
    return lambda sample: conclude(sample.write(tmp_path / "events.ndjson"))
