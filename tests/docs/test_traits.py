"""docs/traits.md has each key that the code reads, with an example, and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from conformance.contract.load import FACTS
from conformance.contract.operations import TRAITS
from conformance.contract.pagination import STYLES, known_fields
from conformance.lint.traits import KNOWN

PAGE = (Path(__file__).parents[2] / "docs" / "traits.md").read_text("utf-8")
EXAMPLES: list[dict[str, Any]] = [
    yaml.safe_load(block)["x-conformance"]
    for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
]
PAGING = {field for style in STYLES.values() for field in style.fields}


def documented(heading: str, until: str) -> set[str]:
    """The keys of the tables of a section."""
    section = PAGE[PAGE.index(heading) : PAGE.index(until)]
    cells = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([a-z_]+)`", cell)}


def test_each_key_has_a_row_in_a_table() -> None:
    """And each row of a table is a key."""
    assert documented("## Of an operation", "## Pagination") == set(TRAITS)
    assert documented("## Pagination", "## Of the whole API") == (PAGING | set(STYLES)) - {"style"}
    assert documented("## Of the whole API", "regions: {eu") == set(FACTS)


def test_each_key_has_an_example() -> None:
    """In the examples together."""
    shown = {name for example in EXAMPLES for name in example}
    paging = {name for example in EXAMPLES for name in example.get("pagination", {})}
    assert shown == set(KNOWN)
    assert paging == PAGING


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: ",".join(example)[:40])
def test_each_example_has_known_keys_alone(example) -> None:
    """Of the style that its keys tell."""
    paging = example.get("pagination", {})
    assert set(paging) <= set(known_fields(paging))
