"""A documentation page in Markdown: its blocks of code in languages whose requests are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a fence may call a language (CommonMark, info string), by the name that it has here.
LANGUAGES = {
    "curl": ("bash", "console", "curl", "sh", "shell", "zsh"),
    "python": ("py", "python", "python3"),
    "javascript": ("javascript", "js", "mjs", "node"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A block of code, and the line (from 1) at which it begins."""

    language: str
    code: str
    line: int


def samples_of(text: str) -> Iterator[Sample]:
    """The samples of a page in their order. In a shell only `curl` sends requests."""
    from markdown_it import MarkdownIt

    for token in MarkdownIt("commonmark").parse(text):
        if token.type != "fence" or token.map is None:
            continue
        named = (token.info.split() or [""])[0].lower()
        language = next((name for name, words in LANGUAGES.items() if named in words), None)
        if language is not None and (language != "curl" or "curl " in token.content):
            yield Sample(language, token.content, token.map[0] + 2)
