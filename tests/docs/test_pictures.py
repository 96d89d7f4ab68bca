"""The README's pictures: there, self-contained, and of what is drawn today."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"


def test_every_picture_of_the_readme_is_there():
    """A README with a broken image looks abandoned."""
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text("utf-8"))
    assert sorted(named) == ["docs/pictures/report.png", "docs/pictures/terminal.svg"]
    assert all((ROOT / name).stat().st_size > 10_000 for name in named)


def test_they_show_what_is_drawn_today():
    """Whoever changes the page or the terminal makes them anew: `tox run -e pictures`."""
    made_from = runpy.run_path(str(ROOT / "docs" / "make_pictures.py"))["made_from"]
    assert (PICTURES / "made-from.txt").read_text("utf-8").strip() == made_from()


def test_the_terminal_s_picture_loads_nothing():
    """A viewer of the README asks nobody else."""
    picture = (PICTURES / "terminal.svg").read_text("utf-8")
    assert "url(http" not in picture
    assert "PAG-03" in picture
