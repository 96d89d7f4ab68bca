"""What each request of an operation must carry: path, query, headers, cookies, body."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from conformance.contract.media import is_json
from conformance.contract.operation import Inputs
from conformance.contract.serialised import as_text, leading, query_pairs, word
from conformance.contract.values import NONE, made, missing_names, stated, written_query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.contract.values import Resolve

# Header parameters of these names are ignored: other parts of the document say what they are
# (OpenAPI, Parameter Object).
IGNORED = ("accept", "content-type", "authorization")


class InputReader:
    """Reads the required inputs of operations out of one document."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    def read(
        self,
        path: str,
        parameters: Sequence[Mapping[str, Any]],
        described: Mapping[str, Any],
        overlaid: Mapping[str, Any],
    ) -> Inputs:
        """The inputs; `overlaid` are values of the overlay, by the name of the parameter."""
        places: dict[str, dict[str, str]] = {"path": {}, "header": {}, "cookie": {}}
        query: list[tuple[str, str]] = []
        missing: list[str] = []
        assumed: list[str] = []
        for parameter in parameters:
            name, place = str(parameter["name"]), str(parameter["in"])
            if not self._is_needed(parameter, overlaid) or place not in {*places, "query"}:
                continue
            value = overlaid.get(name, self._value(parameter))
            if value is NONE:
                missing.append(f"{{{name}}}" if place == "path" else f"{name} ({place})")
            elif place == "query":
                query += query_pairs(parameter, value)
            else:
                places[place][name] = as_text(parameter, value)
            if place == "path" and value is not NONE and name not in overlaid:
                assumed.append(name)

        # Names that no parameter describes (OpenAPI wants one for each).
        for name in missing_names(path, places["path"]):
            if name in overlaid:
                places["path"][name] = word(overlaid[name])
        missing += [
            f"{{{name}}}"
            for name in missing_names(path, places["path"])
            if f"{{{name}}}" not in missing
        ]
        body = self._body(described)
        if body is NONE:
            missing.append("its body")
        return Inputs(
            path=places["path"],
            leading={
                str(each["name"]): leading(each) for each in parameters if each["in"] == "path"
            },
            assumed=tuple(assumed),
            query=(*written_query(path, places["path"]), *query),
            headers=tuple(places["header"].items()),
            cookies=tuple(places["cookie"].items()),
            body=None if body is NONE else body,
            missing=tuple(missing),
        )

    @staticmethod
    def _is_needed(parameter: Mapping[str, Any], overlaid: Mapping[str, Any]) -> bool:
        name, place = str(parameter["name"]), parameter["in"]
        if place == "header" and name.lower() in IGNORED:
            return False
        return place == "path" or parameter.get("required") is True or name in overlaid

    def _value(self, parameter: Mapping[str, Any]) -> Any:
        content = parameter.get("content")
        if isinstance(content, dict) and content:
            parameter = {**next(iter(content.values())), "in": parameter["in"]}
        value = stated(parameter, self._resolve)
        # What stands in a path names a resource: a made-up one names none.
        if value is not NONE or parameter["in"] == "path":
            return value
        schema = parameter.get("schema")
        return "value" if schema is None else made(schema, self._resolve)

    def _body(self, described: Mapping[str, Any]) -> Any:
        """The required body as JSON; None where there is none, NONE where none can be made."""
        body = self._resolve(described.get("requestBody"))
        if not isinstance(body, dict) or not body.get("required"):
            return None
        for media, content in (body.get("content") or {}).items():
            if is_json(media) and isinstance(content, dict):
                value = stated(content, self._resolve)
                if value is NONE:
                    value = made(content.get("schema") or {}, self._resolve)
                return NONE if value is NONE else json.dumps(value)
        return NONE
