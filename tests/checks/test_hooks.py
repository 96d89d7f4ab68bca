"""Hooks of Schemathesis from a file of the user's."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest

from conformance.checks.drawing import HooksUnusable, load_hooks
from conformance.checks.generated import generated
from tests.support.checks import SETTINGS, make_context

if TYPE_CHECKING:
    from pathlib import Path


def test_hooks_of_the_user_change_what_is_generated(tmp_path: Path) -> None:
    """A file of hooks is loaded before requests are generated."""
    hooks = tmp_path / "hooks.py"
    hooks.write_text(
        "import schemathesis\n\n\n"
        "@schemathesis.hook\n"
        "def map_query(context, query):\n"
        "    return {**(query or {}), 'marker': 'from-hooks'}\n"
    )
    import schemathesis

    try:
        settings = dataclasses.replace(SETTINGS, hooks=hooks, asked_cases=10)
        context = dataclasses.replace(make_context(), settings=settings, seed=4711)
        targets = [case.request.target for case in generated(context)]
    finally:
        schemathesis.hooks.unregister_all()
    assert any("marker=from-hooks" in target for target in targets)


def test_a_file_of_hooks_that_fails_is_said(tmp_path: Path) -> None:
    """With its name and what it raised."""
    hooks = tmp_path / "broken.py"
    hooks.write_text("1 / 0\n")
    with pytest.raises(HooksUnusable, match=r"broken\.py: cannot be used: ZeroDivisionError"):
        load_hooks(hooks)
    with pytest.raises(HooksUnusable, match=r"missing\.py: cannot be used: FileNotFoundError"):
        load_hooks(tmp_path / "missing.py")
