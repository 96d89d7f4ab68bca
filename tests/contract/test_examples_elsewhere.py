"""Examples that stand in other files."""

from __future__ import annotations

import pytest

from tests.support.contracts import loaded

DOCUMENT = """\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}, examples: %s}]
      responses: {'200': {description: ok}}
"""


@pytest.mark.parametrize(
    "examples", ["{$ref: 'examples.yml#/ids'}", "{one: {$ref: 'examples.yml#/ids/one'}}"]
)
def test_examples_are_read_from_other_files(tmp_path, examples) -> None:
    """One of them, or all."""
    (tmp_path / "examples.yml").write_text("ids: {one: {value: 7}}\n")
    [operation] = loaded(tmp_path, DOCUMENT % examples).operations
    assert operation.plain_path == "/pets/7"
