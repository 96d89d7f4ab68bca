"""A file of the contract: its data, and the line of every part of it."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any, Protocol

from conformance.contract.errors import ContractError
from conformance.reading import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    Key = str | int

# What a byte order mark says of the encoding (YAML 1.2.2, 5.2); without one it is UTF-8.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# An escape of half a character, in a text that is worth a closer look.
_HALF = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")


class Parsed(Protocol):
    """What a parser made of a text."""

    data: Any

    def line(self, *keys: Key) -> int:
        """The line (from 1) of the entry at a path of keys, or of its nearest ancestor
        that exists.
        """
        ...


class Source:
    """One parsed file; raises ContractError, with file and line, where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = _text(path)
        self._parsed = _parse(text, path)
        self.data: Any = self._parsed.data
        match = _HALF.search(text)
        if match and not _is_text(self.data):
            line = text.count("\n", 0, match.start()) + 1
            raise ContractError(
                f"{path}:{line}: half of a surrogate pair, here or below, is no character: no request "
                "can carry it."
            )

    def line(self, *keys: Key) -> int:
        """The line (from 1) of the entry at a path of keys, or of its nearest ancestor
        that exists.
        """
        return self._parsed.line(*keys)

    def place(self, *keys: Key) -> str:
        """The same as `file:line`, which begins the text of an error."""
        return f"{self.path}:{self.line(*keys)}"


def _text(path: Path) -> str:
    try:
        content = whole_file(path)
    except OSError as error:
        raise ContractError(f"{path}: cannot be read: {error.strerror}.") from error

    encoding = next((name for mark, name in MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ContractError(f"{path}:{line}: cannot be read: it is not UTF-8 text.") from error


def _is_text(data: Any) -> bool:
    """Whether all of it can be written as UTF-8: half of a surrogate pair cannot."""
    try:
        json.dumps(data, ensure_ascii=False, default=str, skipkeys=True).encode()
    except UnicodeEncodeError:
        return False
    return True


def _parse(text: str, path: Path) -> Parsed:
    """JSON by a JSON parser: it is much faster, and takes tabs; YAML (of which JSON is a part)
    otherwise.
    """
    if path.suffix.lower() == ".json":
        from conformance.contract.json_text import JsonText

        return JsonText(text, path)

    from conformance.contract.yaml_text import YamlText

    if text.lstrip()[:1] == "{":
        return _json_or_yaml(text, path)
    return YamlText(text, path)


def _json_or_yaml(text: str, path: Path) -> Parsed:
    """A document that begins with a brace: JSON under another name, or YAML in flow style."""
    from conformance.contract.json_text import JsonText, NotJson
    from conformance.contract.yaml_text import YamlText

    try:
        return JsonText(text, path)
    except NotJson:
        return YamlText(text, path)
