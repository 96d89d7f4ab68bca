"""A YAML text by the core schema of YAML 1.2: its data, and the line of any part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

TAG = "tag:yaml.org,2002:"
# YAML 1.2.2, 10.3.2. YAML 1.1, which PyYAML reads by itself, takes `no`, `on`, dates, 1_000 and
# 1:30 for more than the words they are. `<<` is none of 1.2 either, but documents in the field
# merge with it.
CORE = (
    ("null", r"~|null|Null|NULL|", ("~", "n", "N", "")),
    ("bool", r"true|True|TRUE|false|False|FALSE", tuple("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", tuple("-+0123456789")),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        tuple("-+.0123456789"),
    ),
    ("merge", r"<<", ("<",)),
)
# Aliases that repeat each other grow without bound ("billion laughs"); no document is that large.
LARGEST = 5_000_000


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """For each first letter, the tags that a plain scalar may have, in the order they are tried."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name, pattern, letters in CORE:
        for letter in letters:
            found.setdefault(letter, []).append((TAG + name, re.compile(rf"(?:{pattern})\Z")))
    return found


# Which loader there is depends on how PyYAML was built, so its class is not known before the
# import.
class _CoreSchema(Loader):  # type: ignore[misc]  # one of two loaders, as libyaml is there or not
    """Plain scalars by the core schema; only composed with, never constructed from."""

    yaml_implicit_resolvers = _resolvers()


class YamlText:
    """Its parse; raises ContractError with file and line."""

    def __init__(self, text: str, path: Path) -> None:
        try:
            self._node = yaml.compose(text, Loader=_CoreSchema)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f":{mark.line + 1}" if mark else ""
            problem = getattr(error, "problem", None) or "it does not parse"
            raise ContractError(f"{path}{place}: not valid YAML: {problem}.") from error
        except RecursionError as error:
            raise ContractError(f"{path}: not valid YAML: it is nested too deep.") from error
        self.data: Any = _Builder(path).value(self._node) if self._node else None

    def line(self, *keys: str | int) -> int:
        """The line (from 1) of the entry at a path of keys, or of its nearest ancestor
        that exists.
        """
        node, line = self._node, 1
        for key in keys:
            entry = _entry(node, key)
            if entry is None:
                break
            node, line = entry
        return line


def _entry(node: Any, key: str | int) -> tuple[Any, int] | None:
    """The value under a key and the line of the entry; none where there is none."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return value, name.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        value = node.value[key]
        return value, value.start_mark.line + 1
    return None


class _Builder:
    """From nodes to values as JSON has them: keys are strings, as they are written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: set[int] = set()
        self._count = 0

    def value(self, node: Any) -> Any:
        self._count += 1
        if self._count > LARGEST:
            raise self._error(node, f"its aliases make more than {LARGEST} values of it")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self._open:
            raise self._error(node, "an alias stands inside of what it stands for")
        self._open.add(id(node))
        try:
            if isinstance(node, yaml.SequenceNode):
                return [self.value(entry) for entry in node.value]
            return self._mapping(node)
        finally:
            self._open.discard(id(node))

    def _scalar(self, node: Any) -> Any:
        convert = SCALARS.get(node.tag)
        if convert is None:
            raise self._error(node, f"the tag {node.tag} stands for nothing that JSON has")
        try:
            return convert(node.value)
        except ValueError:
            raise self._error(node, f"{node.value!r} is not of its tag {node.tag}") from None

    def _mapping(self, node: Any) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        own: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for name, value in node.value:
            if name.tag == f"{TAG}merge":
                # What is merged first wins, and what stands here itself wins over both (YAML merge
                # key type).
                merged = self._merge(value) | merged if merged else self._merge(value)
                continue
            if not isinstance(name, yaml.ScalarNode):
                raise self._error(name, "a key is no text")
            if name.value in lines:
                first = lines[name.value]
                raise self._error(
                    name, f"the key {name.value} is there twice; the first is on line {first}"
                )
            lines[name.value] = name.start_mark.line + 1
            own[name.value] = self.value(value)
        return merged | own

    def _merge(self, node: Any) -> dict[str, Any]:
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        merged: dict[str, Any] = {}
        for part in parts:
            value = self.value(part)
            if not isinstance(value, dict):
                raise self._error(part, "`<<` merges something that is no mapping")
            merged = value | merged
        return merged

    def _error(self, node: Any, problem: str) -> ContractError:
        return ContractError(f"{self._path}:{node.start_mark.line + 1}: {problem}.")


def _integer(text: str) -> int:
    base = {"0o": 8, "0x": 16}.get(text[:2].lower(), 10)
    return int(text, base) if base != 10 else int(text)


def _float(text: str) -> float:
    """Python writes `inf` and `nan` without the dot."""
    lowered = text.lower()
    return float(lowered.replace(".", "")) if lowered.endswith(("inf", "nan")) else float(text)


SCALARS: dict[str, Callable[[str], Any]] = {
    f"{TAG}null": lambda text: None,
    f"{TAG}bool": lambda text: text.lower() == "true",
    f"{TAG}int": _integer,
    f"{TAG}float": _float,
    f"{TAG}str": str,
}
