"""Lines for a terminal with styles, and plain unwrapped lines for anything else."""

from __future__ import annotations

import os
import re
import textwrap
from typing import TYPE_CHECKING

from conformance.reports.terminal.console import make_console

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

# Replacements for terminals whose encoding lacks these characters.
_PLAIN = str.maketrans({"✗": "x", "↳": ">", "·": "-", "…": "~", "→": ">", "✓": "v", "◌": "o"})


# One shell command after another, and the words of one with what is quoted in them.
_COMMANDS = re.compile(r"(?<=['\"\w]); (?=curl )")
_WORDS = re.compile(r"""(?:[^\s'"]|'[^']*'|"(?:\\.|[^"\\])*")+""")


_CONTINUED = "    "  # what a continued line of a command begins with


def _words(command: str) -> Iterator[str]:
    """The words of a command, an option together with its value where that is quoted."""
    option = ""
    for word in _WORDS.findall(command):
        if re.fullmatch(r"-[A-Z]", word):
            option = f"{word} "
            continue
        yield option + word
        option = ""


class Line:
    """A line in the making: pieces of text, each with a style."""

    def __init__(self) -> None:
        self.pieces: list[tuple[str, str]] = []

    def add(self, text: str, style: str = "") -> Line:
        """Add a piece; text from outside must have been made visible."""
        self.pieces.append((text, style))
        return self

    def stripped(self) -> Line:
        """The line without spaces at its end."""
        if self.pieces:
            text, style = self.pieces.pop()
            self.add(text.rstrip(), style)
        return self

    def __len__(self) -> int:
        return sum(len(text) for text, _ in self.pieces)


class Screen:
    """The output. Prose is wrapped on a terminal and not in a pipe; commands are never wrapped."""

    def __init__(self, console: Console | None, in_github: bool) -> None:
        self._console = console or make_console()
        self.in_github = in_github
        self.width = self._console.width
        self._wraps = (self._console.is_terminal or "COLUMNS" in os.environ) and not in_github

    def line(self, line: Line) -> None:
        """Print a line as it is, however long."""
        from rich.text import Text

        self._print(
            Text.assemble(*[(self._writable(text), style) for text, style in line.pieces if text])
        )

    def field(self, label: str, text: str, style: str = "", label_style: str = "dim") -> None:
        """Print a labelled text, wrapped under itself where there is a width to keep."""
        indent = " " * len(label)
        lines = self._wrapped(text, max(self.width - len(label), 20)) if self._wraps else [text]
        for index, wrapped in enumerate(lines or [""]):
            start = indent if index else label
            self.line(Line().add(start, label_style).add(wrapped, style))

    def paragraph(self, line: Line) -> None:
        """Print a line, broken between words where there is a width to keep."""
        if len(line) <= self.width or not (self._wraps and self._console.is_terminal):
            self.line(line)
            return
        broken = Line()
        for text, style in line.pieces:
            for word in re.findall(r"\s*\S+\s*", text):
                if len(broken) + len(word.rstrip()) > self.width:
                    self.line(broken.stripped())
                    broken, word = Line(), word.lstrip()
                broken.add(word, style)
        self.line(broken.stripped())

    def command(self, label: str, text: str) -> None:
        """Print a command for pasting: on one line, or broken between its words as a shell allows."""
        start = label
        for one in _COMMANDS.split(text):
            first, *more = self._continued(one, len(label))
            self.line(Line().add(start, "dim").add(first, "cyan"))
            for line in more:
                self.line(Line().add(line, "cyan"))
            start = " " * len(label)

    def _continued(self, command: str, indent: int) -> list[str]:
        """The lines of a command, all but the last with a backslash at their end."""
        if not self._wraps or indent + len(command) <= self.width:
            return [command]
        lines, used = [""], indent
        for word in _words(command):
            if lines[-1] and used + 1 + len(word) > self.width - 2:
                lines.append(_CONTINUED + word)
                used = len(lines[-1])
            else:
                lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
                used += 1 + len(word)
        return [f"{line} \\" for line in lines[:-1]] + lines[-1:]

    @staticmethod
    def _wrapped(text: str, width: int) -> list[str]:
        """Lines of whole words: a word that does not fit is for the terminal to break."""
        return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)

    def fits(self, line: Line) -> bool:
        """Whether a line can be printed without being wrapped by the terminal."""
        return not self._wraps or len(line) <= self.width

    def blank(self) -> None:
        """Print an empty line."""
        self._print("")

    def group(self, title: str) -> None:
        """Open a group that GitHub's log folds."""
        if self.in_github:
            self.raw(f"::group::{title}")

    def end_group(self) -> None:
        """Close the group."""
        if self.in_github:
            self.raw("::endgroup::")

    def raw(self, text: str) -> None:
        """Print a workflow command as it is."""
        self._print(text)

    def _print(self, text: object) -> None:
        self._console.print(text, soft_wrap=True, markup=False, highlight=False, emoji=False)

    def _writable(self, text: str) -> str:
        # The runner executes `##[command]` anywhere in a line: text of a server must not reach it.
        if self.in_github:
            text = text.replace("##[", "## [")
        encoding = self._console.encoding
        if encoding.lower().replace("-", "") in ("utf8", "utf16"):
            return text
        return text.translate(_PLAIN).encode(encoding, "backslashreplace").decode(encoding)
