"""docs/cli.md is what the commands say of themselves."""

from __future__ import annotations

import runpy
from pathlib import Path

from conformance.cli.app import main

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_made_from_the_commands() -> None:
    """A stale page: `python docs/make_cli.py`."""
    made = runpy.run_path(str(DOCS / "make_cli.py"))["page"]()
    assert (DOCS / "cli.md").read_text("utf-8") == made


def test_every_command_has_a_section() -> None:
    """None is left out, and completion is explained."""
    text = (DOCS / "cli.md").read_text("utf-8")
    for name in main.commands:
        assert f"\n## conformance {name}\n" in text
    assert "_CONFORMANCE_COMPLETE=bash_source" in text
