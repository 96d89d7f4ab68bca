"""Runs of documents with few operations, against the server of `small_api`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.program import conformance
from tests.support.small_api import KEY

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.support.small_api import SmallApi

SMOKE = "--profile=smoke"
PET = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
}
ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
NUMBER = {"name": "n", "in": "query", "schema": {"type": "integer"}}


def in_json(schema: Any) -> dict[str, Any]:
    """A response, or a body, of this schema."""
    return {"description": "ok", "content": {"application/json": {"schema": schema}}}


def operation(success: dict[str, Any], status: str = "200", **more: Any) -> dict[str, Any]:
    """An Operation Object with one success, and errors in JSON."""
    return {
        "parameters": [NUMBER],
        "responses": {status: success, "default": in_json(ERROR)},
    } | more


def run(
    folder: Path,
    api: SmallApi,
    paths: dict[str, Any],
    *more: str,
    keys: dict[str, str] | None = None,
    **document: Any,
) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
    """A run of two regions on a document with these paths, and its report."""
    info = {"title": "Small", "version": "1"}
    text = json.dumps({"openapi": "3.0.3", "info": info, "paths": paths, **document})
    (folder / "api.json").write_text(text)
    regions = [f"--region={name}={api.url}" for name in ("a", "b")]
    asked = ["--spec=api.json", *regions, "--seed=1", "--out=out", *more]
    variables = {"CONFORMANCE_KEY": KEY} if keys is None else keys
    ended = conformance("run", *asked, folder=folder, variables=variables)
    report = folder / "out" / "report.json"
    return ended, json.loads(report.read_text("utf-8")) if report.exists() else {}


def secured(*alternatives: dict[str, list[str]]) -> dict[str, Any]:
    """An operation that needs one of these alternatives, and says how it refuses others."""
    described = operation(in_json(PET), security=list(alternatives))
    described["responses"]["401"] = in_json(ERROR)
    return {"get": described}


def failed(report: dict[str, Any], name: str) -> set[str]:
    """The requirements that failed on an operation."""
    results = [one for one in report["results"] if one["operation"] == name]
    return {one["requirement"] for one in results if one["outcome"] == "failed"}
