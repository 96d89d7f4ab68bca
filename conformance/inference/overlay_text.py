"""The files that `conformance init` writes: an overlay with a reason for each key, and settings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conformance.contract.jsonpath import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from conformance.inference.suggestion import ListTraits, Suggested

COLUMN = 44  # at which comments begin, as far as the values leave it free
HEAD = """\
# Proposed by `conformance init`: what the document's names and shapes suggest, with the reasons.
# Confirm each line, then remove the words ASSUMED where a value is right. docs/traits.md has every key.
overlay: 1.0.0
info: {{title: {title}, version: 1.0.0}}
actions:
"""


def overlay(title: str, lists: Iterable[ListTraits]) -> str:
    """An overlay with the traits that are suggested; the operations without any as comments."""
    lists = list(lists)
    found = [entry for entry in lists if entry.suggested]
    lines = [line for entry in found for line in _action(entry)]
    if not lines:
        lines = ["  []", "  # Nothing was inferred."]
    missing = [_missing(entry) for entry in lists if not entry.suggested]
    said = ["", "# No pagination was inferred for:", *missing] if missing else []
    return HEAD.format(title=_scalar(f"Traits of {title}")) + "\n".join([*lines, *said]) + "\n"


def _missing(entry: ListTraits) -> str:
    operation = entry.operation
    return f"#   {operation.method} {operation.path}: {entry.missing}"


def _action(entry: ListTraits) -> Iterator[str]:
    operation = entry.operation
    place = path_of(("paths", operation.path, operation.method.lower()))
    yield f"  - target: {_scalar(place)}"
    yield "    update:"
    yield "      x-conformance:"
    for suggested in entry.suggested:
        yield from _trait(suggested)


def _trait(suggested: Suggested) -> Iterator[str]:
    if isinstance(suggested.value, list) and isinstance(suggested.value[0], dict):
        yield f"{f'        {suggested.name}:':{COLUMN}}  # {suggested.why}"
        yield from (f"          - {_scalar(each)}" for each in suggested.value)
        return
    if not suggested.keys:
        yield _line(8, suggested.name, suggested.value, suggested.why)
        return
    yield f"        {suggested.name}:"
    for key in suggested.keys:
        line = _line(10, key.name, key.value, key.why)
        yield f"          # {line.strip()}" if key.doubtful else line


def _line(indent: int, name: str, value: Any, why: str) -> str:
    text = f"{' ' * indent}{_name(name)}: {_scalar(value)}"
    return f"{text:{COLUMN}}  # {' '.join(why.split())}"


def _name(name: str) -> str:
    is_plain = name.isascii() and name.replace("_", "").isalnum() and not name[0].isdigit()
    return name if is_plain and name not in ("on", "off", "yes", "no", "y", "n") else _scalar(name)


def _scalar(value: Any) -> str:
    """A value as JSON, which YAML reads as it stands."""
    return json.dumps(value, ensure_ascii=False)


def settings(spec: Path, overlays: Sequence[Path], regions: Mapping[str, str]) -> str:
    """A `conformance.toml` for the document and the overlay; servers as the document names them."""
    lines = [
        "# Settings of `conformance run`; docs/configuration.md lists them all.",
        f"spec = {_scalar(spec.as_posix())}",
        f"overlay = {_scalar([path.as_posix() for path in overlays])}",
        "",
        "# Where requests go, by the name of the region. The key of a region is read from the",
        "# environment: CONFORMANCE_KEY_<REGION>, or CONFORMANCE_KEY for all of them.",
    ]
    if not regions:
        return "\n".join([*lines, "# [region]", '# main = "https://api.example.com"']) + "\n"
    urls = [f"{_scalar(name)} = {_scalar(url)}" for name, url in regions.items()]
    return "\n".join([*lines, "[region]", *urls]) + "\n"
