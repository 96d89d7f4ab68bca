"""Fixtures: the command line called in this process, and sample streams on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from conformance.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def conformance() -> Callable[..., Result]:
    """Call the program; a usage error is one sentence, so nothing else may ever be raised."""

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(one) for one in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), (
            result.exception
        )
        return result

    return call


@pytest.fixture
def refused(conformance: Callable[..., Result]) -> Callable[..., str]:
    """Call the program with something it cannot use; return the sentence."""

    def call(*arguments: object) -> str:
        result = conformance(*arguments)
        assert result.exit_code == 2, result.output
        assert result.stdout == ""
        (sentence,) = result.stderr.splitlines()
        assert sentence.startswith("conformance: ")
        return sentence

    return call
