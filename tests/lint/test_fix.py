"""The overlay that mends a document: applied, what could be mended is gone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conformance.lint import lint
from conformance.lint.fix import overlay_text

if TYPE_CHECKING:
    from pathlib import Path

FINE = {"responses": {"200": {"description": "ok"}}}
# Each makes a sound document unsound.
DAMAGE: dict[str, Any] = {
    "no version": lambda api: api["info"].pop("version"),
    "unknown member": lambda api: api.update(pathes={}),
    "no description": lambda api: api["paths"]["/a"]["get"]["responses"]["200"].clear(),
    "same id": lambda api: api["paths"]["/a"]["get"].update(operationId="one"),
    "undeclared": lambda api: api["paths"].update({"/c/{id}/{no}": {"get": dict(FINE)}}),
    "left over": lambda api: api["paths"]["/a"].update(parameters=[
        {"name": "z", "in": "path", "required": True, "schema": {}}]),
    "shadow": lambda api: api["paths"]["/b"]["get"].update(parameters=[
        {"name": "q", "in": "query", "schema": {}},
        {"name": "Authorization", "in": "header", "schema": {}}]),
    "unapplied": lambda api: api["components"].update(
        securitySchemes={"k": {"type": "http", "scheme": "bearer"}}),
    "dangling": lambda api: api["components"]["schemas"].update(
        A={"$ref": "#/components/schemas/Z"}),
    "examples": lambda api: api["components"]["schemas"].update(
        B={"type": "integer", "examples": [1, "x", "y"]}),
}  # fmt: skip


def damaged(names: set[str]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/a": {"get": FINE}, "/b": {"get": {**FINE, "operationId": "one"}}},
        "components": {"schemas": {}},
    }
    described = json.loads(json.dumps(described))
    for name in sorted(names):
        DAMAGE[name](described)
    return described


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(st.sets(st.sampled_from(sorted(DAMAGE))))
def test_the_overlay_mends_what_was_found(tmp_path: Path, names: set[str]) -> None:
    """Any damage together with any other: the mended document is sound."""
    spec, fix = tmp_path / "api.json", tmp_path / "fix.yaml"
    spec.write_text(json.dumps(damaged(names)))
    linted = lint([spec], mend=True)
    assert bool(linted.problems or linted.warnings) == bool(names)
    assert bool(linted.mends) == bool(names)
    if not names:
        return
    fix.write_text(overlay_text(linted.title, linted.mends))
    mended = lint([spec], [fix])
    assert (mended.problems, mended.warnings) == ((), ())


def test_what_nobody_can_mend_stays(tmp_path: Path) -> None:
    """A type that there is not may have been meant as any other."""
    described = damaged(set())
    described["components"]["schemas"]["A"] = {"type": "text"}
    spec = tmp_path / "api.json"
    spec.write_text(json.dumps(described))
    linted = lint([spec], mend=True)
    [problem] = linted.problems
    assert problem.startswith(f"{spec}:1: /components/schemas/A/type: ")
    assert linted.mends == ()
