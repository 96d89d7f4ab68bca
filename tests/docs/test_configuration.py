"""The page of all settings: of the table of options as it is."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from conformance.settings import OPTIONS, load

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "configuration.md"


def test_the_page_is_made_from_the_table_of_today() -> None:
    """Whoever changes an option makes the page again: `python docs/make_configuration.py`."""
    page = runpy.run_path(str(ROOT / "docs" / "make_configuration.py"))["page"]
    assert PAGE.read_text("utf-8") == page()


def test_every_option_has_its_row() -> None:
    """None is left out."""
    text = PAGE.read_text("utf-8")
    assert [name for name in OPTIONS if f"| `{name}` |" not in text] == []


def test_its_example_can_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is copied from the page works."""
    _, _, rest = PAGE.read_text("utf-8").partition("## conformance.toml\n")
    lines = [line[4:] for line in rest.splitlines() if line.startswith("    ")]
    monkeypatch.chdir(tmp_path)
    Path("conformance.toml").write_text("\n".join(lines))
    settings = load({}, {})
    assert (settings.rate, list(settings.region)) == (20.0, ["global", "india"])
    assert set(tomllib.loads("\n".join(lines))) == {"profile", "skip", "rate", "region", "waivers"}
