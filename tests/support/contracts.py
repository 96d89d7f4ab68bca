"""Small documents and overlays, written to files and loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.contract import load_contract

if TYPE_CHECKING:
    from pathlib import Path

    from conformance.contract import Contract

THINGS = """\
openapi: 3.1.0
info: {title: Things, version: '1'}
servers: [{url: 'https://one.example.com/'}, {url: 'https://two.example.com'}]
paths:
  /things:
    get:
      operationId: list-things
      parameters:
        - {name: limit, in: query, schema: {type: integer}}
        - {name: offset, in: query, schema: {type: integer}}
      responses:
        '200':
          description: A page
          content:
            application/json:
              schema:
                type: object
                properties:
                  rows: {type: array, items: {type: object, properties: {key: {type: string}}}}
                  more: {type: boolean}
                  count: {type: integer}
  /things/{key}:
    get:
      parameters: [{name: key, in: path, required: true, schema: {type: string}}]
      responses: {'200': {description: One}}
"""
TRAITS = """\
overlay: 1.0.0
info: {title: Traits, version: '1'}
actions:
  - target: $.paths['/things'].get
    update:
      x-conformance:
        pagination: {limit: limit, offset: offset, items: /rows, has_more: /more, total: /count,
                     default_limit: 10, maximum_limit: 50}
        identity: /key
"""


def loaded(
    folder: Path, document: str = THINGS, *overlays: str, name: str = "openapi.yaml"
) -> Contract:
    """The contract of a document under overlays, each the text of a file."""
    (folder / name).write_text(document)
    paths = []
    for index, text in enumerate(overlays):
        paths.append(folder / ("overlay.yaml" if index == 0 else f"overlay{index}.yaml"))
        paths[-1].write_text(text)
    return load_contract(folder / name, paths)


def facts(text: str) -> str:
    """An overlay that states something of the whole API; the text is YAML of one line."""
    return f"overlay: 1.0.0\nactions:\n  - target: $\n    update:\n      x-conformance: {text}\n"
