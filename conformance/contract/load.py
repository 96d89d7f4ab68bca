"""Loading a contract: document + overlay -> operations, regions, requirements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.contract import pointer, requirements
from conformance.contract.errors import ContractError
from conformance.contract.operation import Operation, Pagination
from conformance.contract.source import Source
from conformance.contract.trait_location import traits_place

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def spec_directory() -> Path:
    """Where the suite's own spec files are: inside an installed package, or beside it in a checkout."""
    inside = Path(__file__).parent.parent / "spec"
    return inside if inside.is_dir() else inside.parent.parent / "spec"


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything that is promised: the overlaid document and what was read out of it."""

    document: dict[str, Any]
    published: dict[str, Any]
    path: Path
    overlay: Path | None
    operations: tuple[Operation, ...]
    regions: dict[str, str]
    requirements: dict[str, requirements.Requirement]
    error_type: str | None
    error_types: dict[int, tuple[str, ...]]

    def resolve(self, node: Any) -> Any:
        """The node a local `$ref` points at, or the node itself."""
        return resolve(self.document, node)


def resolve(document: dict[str, Any], node: Any) -> Any:
    """Follow local references."""
    seen = 0
    while isinstance(node, dict) and "$ref" in node and seen < 32:
        node = pointer.get(document, str(node["$ref"]).lstrip("#"))
        seen += 1
    return node


def load_contract(
    spec: Path | None = None, overlay: Path | None = None, catalogue: Path | None = None
) -> Contract:
    """Load and check the three files (the bundled ones by default); raises ContractError."""
    own = spec_directory()
    source = Source(spec or own / "openapi.yaml")
    _must_be_openapi(source)
    if overlay is None and spec is None:
        overlay = own / "overlay.yaml"
    layer = Source(overlay) if overlay else None
    document = _overlaid(source, layer) if layer else source.data
    extension = document.get("x-conformance") or {}
    errors = extension.get("errors") or {}
    return Contract(
        document=document,
        published=source.data,
        path=source.path,
        overlay=overlay,
        operations=tuple(_operations(document, source, layer)),
        regions=_regions(document, extension),
        requirements=requirements.read(Source(catalogue or own / "requirements.yaml")),
        error_type=errors.get("type"),
        error_types={int(status): tuple(types) for status, types in (errors.get("types") or {}).items()},
    )


def load_requirements() -> dict[str, requirements.Requirement]:
    """The bundled catalogue alone, by id; raises ContractError."""
    return requirements.read(Source(spec_directory() / "requirements.yaml"))


def _overlaid(source: Source, layer: Source) -> dict[str, Any]:
    from conformance.contract import overlay  # the JSONPath library takes longer to load than all else here

    return overlay.apply(source.data, layer, str(source.path))


def _must_be_openapi(source: Source) -> None:
    data = source.data
    if not isinstance(data, dict) or not str(data.get("openapi", "")).startswith("3."):
        raise ContractError(f"{source.path}:1: not an OpenAPI 3.x document (no `openapi: 3.x`).")
    if not isinstance(data.get("paths"), dict) or not data["paths"]:
        raise ContractError(
            f"{source.path}:{source.line('paths')}: the document has no paths, so nothing to check."
        )


def _regions(document: dict[str, Any], extension: dict[str, Any]) -> dict[str, str]:
    if extension.get("regions"):
        return {str(name): str(url).rstrip("/") for name, url in extension["regions"].items()}
    servers = [server["url"].rstrip("/") for server in document.get("servers") or [] if "url" in server]
    return {f"server{index}": url for index, url in enumerate(servers, 1)}


def _operations(document: dict[str, Any], source: Source, layer: Source | None) -> list[Operation]:
    found = []
    for path, item in document["paths"].items():
        item = resolve(document, item)
        there = [method for method in METHODS if method in item]
        found += [_operation(document, source, layer, path, method, item) for method in there]
    names = [operation.id for operation in found]
    for name in names:
        if names.count(name) > 1:
            raise ContractError(f"{source.path}: operationId {name} is there twice.")
    return found


def _operation(
    document: dict[str, Any],
    source: Source,
    layer: Source | None,
    path: str,
    method: str,
    item: dict[str, Any],
) -> Operation:
    entry = item[method]
    parameters = [
        resolve(document, one) for one in (item.get("parameters") or []) + (entry.get("parameters") or [])
    ]
    traits = entry.get("x-conformance") or {}
    place = traits_place(source, layer, path, method)
    body = success_schema(document, entry)
    names = {one["name"] for one in parameters if one.get("in") == "query"}
    paging = _pagination(traits.get("pagination"), place, names, body, document)
    row = _row_schema(document, body, paging)
    filters = dict(traits.get("filters") or {})
    for name in filters:
        _known_parameter(name, names, place)
    rows = [*filters.values(), *(traits.get("words") or []), *(traits.get("counts") or [])]
    rows += [traits[key] for key in ("identity", "created", "updated") if key in traits]
    for one in rows:
        if not pointer.exists_in(row, one, lambda node: resolve(document, node)):
            raise ContractError(f"{place}: the pointer {one} names no property of a row in the document.")
    return Operation(
        id=entry.get("operationId") or re.sub(r"\W+", "-", f"{method}{path}").strip("-"),
        method=method.upper(),
        path=path,
        line=source.line("paths", path, method),
        parameters=tuple(parameters),
        responses=entry.get("responses") or {},
        bearer=_bearer(document, entry),
        pagination=paging,
        filters=filters,
        identity=traits.get("identity"),
        words=tuple(traits.get("words") or ()),
        created=traits.get("created"),
        updated=traits.get("updated"),
        counts=tuple(traits.get("counts") or ()),
        example=traits.get("example"),
    )


def success_schema(document: dict[str, Any], entry: dict[str, Any]) -> Any:
    """The schema of the first 2xx JSON answer, unresolved; none where there is none."""
    for status, response in (entry.get("responses") or {}).items():
        if str(status).startswith("2"):
            content = resolve(document, response).get("content") or {}
            for media, described in content.items():
                if "json" in media:
                    return described.get("schema")
    return None


def _row_schema(document: dict[str, Any], body: Any, paging: Pagination | None) -> Any:
    if paging is None:
        return body
    items = pointer.property_at(body, paging.items, lambda node: resolve(document, node)) or {}
    return items.get("items") or {}


def _pagination(
    entry: dict[str, Any] | None, place: str, names: set[str], body: Any, document: dict[str, Any]
) -> Pagination | None:
    if not entry:
        return None
    try:
        paging = Pagination(**entry)
    except TypeError as error:
        raise ContractError(f"{place}: pagination: {str(error).split('__init__() ')[-1]}.") from error
    for name in (paging.limit, paging.offset):
        _known_parameter(name, names, place)
    for one in (paging.items, paging.has_more, paging.total):
        if not pointer.exists_in(body, one, lambda node: resolve(document, node)):
            raise ContractError(
                f"{place}: the pointer {one} names no property of the answer in the document."
            )
    return paging


def _known_parameter(name: str, names: set[str], place: str) -> None:
    if name not in names:
        known = ", ".join(sorted(names)) or "none"
        raise ContractError(
            f"{place}: the parameter {name} is not a query parameter of the operation ({known})."
        )


def _bearer(document: dict[str, Any], entry: dict[str, Any]) -> bool:
    schemes = (document.get("components") or {}).get("securitySchemes") or {}
    required = entry.get("security", document.get("security")) or []
    for alternative in required:
        for name in alternative:
            scheme = resolve(document, schemes.get(name) or {})
            if scheme.get("type") == "http" and str(scheme.get("scheme", "")).lower() == "bearer":
                return True
    return False
