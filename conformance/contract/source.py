"""YAML files that remember the line of each node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from conformance.contract.errors import ContractError

if TYPE_CHECKING:
    from pathlib import Path

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


# Which loader there is depends on how PyYAML was built, so its class is not known before the import.
class _TextDates(Loader):  # type: ignore[misc]  # one of two loaders, as libyaml is there or not
    """YAML 1.2's JSON schema has no dates: an example's timestamp stays the string that was written."""


_TextDates.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag != "tag:yaml.org,2002:timestamp"]
    for first, found in Loader.yaml_implicit_resolvers.items()
}


class Source:
    """One parsed file: its data, and the line (from 1) of any path of keys into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
            raise ContractError(f"{path}: cannot be read: {reason}.") from error
        try:
            self._node = yaml.compose(text, Loader=_TextDates)
            self.data: Any = yaml.load(text, Loader=_TextDates)  # noqa: S506 - a safe loader
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f":{mark.line + 1}" if mark else ""
            problem = getattr(error, "problem", None) or "it does not parse"
            raise ContractError(f"{path}{place}: not valid YAML: {problem}.") from error

    def line(self, *keys: str | int) -> int:
        """The line of the node at a path of keys, or of its nearest ancestor that exists."""
        node, line = self._node, 1
        for key in keys:
            node = _child(node, key)
            if node is None:
                break
            line = node.start_mark.line + 1
        return line


def _child(node: Any, key: str | int) -> Any:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key]
    return None
