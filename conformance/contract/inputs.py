"""What each request of an operation must carry: path, query, headers, cookies, body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from conformance.contract.bodies import chosen_media, sent_type, written
from conformance.contract.media import is_json
from conformance.contract.parts_of_operation import Inputs
from conformance.contract.serialised import as_text, leading, query_pairs, word
from conformance.contract.values import NONE, is_closed, made, missing_names, stated, written_query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conformance.contract.values import Resolve

BODY = "its body"
ACCEPT = "Accept"
# Header parameters of these names are ignored: other parts of the document say what they are
# (OpenAPI, Parameter Object).
IGNORED = ("accept", "content-type", "authorization")


class Body(NamedTuple):
    """A body, none where none can be made, its `Content-Type`, and whether the document states it."""

    text: str | None = None
    media: str | None = None
    is_stated: bool = False


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
        guessed: list[str] = []
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
            if value is NONE or name in overlaid:
                continue
            if place == "path":
                assumed.append(name)
            elif self._is_guess(parameter):
                guessed.append(f"{name} ({place})")

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
        if body and body.text is None:
            missing.append(BODY)
        elif body and not body.is_stated:
            guessed.append(BODY)
        return Inputs(
            path=places["path"],
            leading={
                str(each["name"]): leading(each) for each in parameters if each["in"] == "path"
            },
            assumed=tuple(assumed),
            query=(*written_query(path, places["path"]), *query),
            headers=(*places["header"].items(), *self._negotiated(described)),
            cookies=tuple(places["cookie"].items()),
            body=body.text if body else None,
            media=body.media if body else None,
            guessed=tuple(guessed),
            missing=tuple(missing),
        )

    @staticmethod
    def _is_needed(parameter: Mapping[str, Any], overlaid: Mapping[str, Any]) -> bool:
        name, place = str(parameter["name"]), parameter["in"]
        if place == "header" and name.lower() in IGNORED:
            return False
        return place == "path" or parameter.get("required") is True or name in overlaid

    def _is_guess(self, parameter: Mapping[str, Any]) -> bool:
        """Whether a value is made where the schema leaves open what it means."""
        described = _described(parameter)
        if stated(described, self._resolve) is not NONE:
            return False
        schema = self._resolve(described.get("schema"))
        return not isinstance(schema, dict) or not is_closed(schema)

    def _value(self, parameter: Mapping[str, Any]) -> Any:
        parameter = _described(parameter)
        value = stated(parameter, self._resolve)
        # What stands in a path names a resource: a made-up one names none.
        if value is not NONE or parameter["in"] == "path":
            return value
        schema = parameter.get("schema")
        return "value" if schema is None else made(schema, self._resolve)

    def _negotiated(self, described: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        """`Accept` of JSON, where a success may have another media type too: without it either would be
        right (RFC 9110 12.5.1).
        """
        for status, response in (described.get("responses") or {}).items():
            if not str(status).startswith("2"):
                continue
            content = (self._resolve(response) or {}).get("content") or {}
            named = [media for media in content if "*" not in media]
            in_json = [media for media in named if is_json(media)]
            if in_json and len(in_json) < len(named):
                return ((ACCEPT, in_json[0]),)
        return ()

    def _body(self, described: Mapping[str, Any]) -> Body | None:
        """The required body; none where there is none."""
        body = self._resolve(described.get("requestBody"))
        if not isinstance(body, dict) or not body.get("required"):
            return None
        contents = body.get("content") or {}
        media = chosen_media(contents)
        if media is None:
            return Body()
        value = stated(contents[media], self._resolve)
        is_stated = value is not NONE
        if not is_stated:
            value = made(contents[media].get("schema") or {}, self._resolve)
        text = None if value is NONE else written(media, contents[media], value)
        return Body(text, sent_type(media), is_stated)


def _described(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where the schema and the examples of a parameter are: in its media type, if it has one."""
    content = parameter.get("content")
    if isinstance(content, dict) and content:
        return {**next(iter(content.values())), "in": parameter["in"]}
    return parameter
