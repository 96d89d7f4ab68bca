"""What is inferred from a document of one GET."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from conformance.contract import load_contract
from conformance.inference import suggestions
from tests.support.inference import STRING

if TYPE_CHECKING:
    from collections.abc import Callable

    from conformance.inference import ListTraits


@pytest.fixture
def infer(tmp_path) -> Callable[..., ListTraits]:
    """What is inferred for one GET with these query parameters and this answer."""

    def inferred(
        body: Any,
        *,
        path: str = "/things",
        item: str | None = None,
        headers: tuple[str, ...] = (),
        **query: Any,
    ) -> ListTraits:
        parameters = [
            {"name": name, "in": "query", **(schema if "schema" in schema else {"schema": schema})}
            for name, schema in query.items()
        ]
        answer = {
            "description": "ok",
            "headers": {name: {"schema": STRING} for name in headers},
            "content": {"application/json": {"schema": body}},
        }
        operation = {"operationId": "x", "parameters": parameters, "responses": {"200": answer}}
        read = {"operationId": "y", "responses": {"200": {"description": "ok"}}}
        document = {
            "openapi": "3.1.0",
            "info": {"title": "x", "version": "1"},
            "paths": {path: {"get": operation}, **({item: {"get": read}} if item else {})},
        }
        file = tmp_path / "openapi.json"
        file.write_text(json.dumps(document))
        return suggestions(load_contract(file))[0]

    return inferred
