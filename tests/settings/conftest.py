"""Fixtures: a current directory without a configuration file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write_file() -> Callable[[str | bytes], Path]:
    """Write conformance.toml, of which no flag need be given."""

    def write(content: str | bytes) -> Path:
        path = Path("conformance.toml")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
