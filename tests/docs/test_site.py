"""The documentation: links that lead somewhere, pages that are listed, commands that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
import yaml

from conformance.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
ALL = [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as generators make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in headings}


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file of the repository, and where it names a heading to that."""
    for target in LINK.findall(without_code(page.read_text("utf-8"))):
        if "://" in target or target.startswith("mailto:"):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked), target


def test_every_page_is_in_the_navigation() -> None:
    """A page that no menu names is not found."""
    listed = set(re.findall(r"[\w./-]+\.md", (ROOT / "mkdocs.yml").read_text("utf-8")))
    assert listed == {page.relative_to(ROOT / "docs").as_posix() for page in PAGES}


def test_the_site_asks_for_nothing_from_elsewhere() -> None:
    """No font, no analytics, nothing that a reader without a network would wait for."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert settings["theme"]["font"] is False
    assert settings["use_directory_urls"] is False
    assert not {"extra_javascript", "extra_css", "extra"} & set(settings)


def commands(page: Path) -> Iterator[list[str]]:
    """The words of each command line of the program on a page."""
    for line in page.read_text("utf-8").splitlines():
        found = re.match(r"^(?:    |\s*- (?:run: )?|\s*sh ')(conformance [a-z].*)", line)
        if found:
            text = re.sub(r"\s#.*|\|\|.*|'\s*$", "", found[1]).replace("...", "x")
            yield shlex.split(text)


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_every_command_exists_with_its_options(page: Path) -> None:
    """What is pasted from the documentation is taken by the program."""
    for words in commands(page):
        command = main.commands.get(words[1])
        assert command is not None, words
        if isinstance(command, click.Group):
            command = command.commands[words[2]]
        known = {
            name for option in command.params for name in (*option.opts, *option.secondary_opts)
        }
        known |= {"--help", "-h"}
        for word in words[2:]:
            if word == "--":
                break
            if word.startswith("-") and word != "-":
                assert word.partition("=")[0] in known, words
