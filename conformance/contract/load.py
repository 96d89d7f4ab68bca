"""Loading a contract: document, overlays and catalogue, read into operations, regions and
requirements.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conformance.contract import requirements, shape
from conformance.contract.conventions import (
    Errors,
    Keys,
    RateLimits,
    read_errors,
    read_keys,
    read_rate_limits,
)
from conformance.contract.entry import NAME, Entry
from conformance.contract.errors import ContractError
from conformance.contract.joined import joined
from conformance.contract.operations import OperationReader
from conformance.contract.references import DanglingReference, resolve
from conformance.contract.regions import read_regions, relative_servers
from conformance.contract.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conformance.contract.operation import Operation
    from conformance.contract.origins import Origins
    from conformance.events.model import Requirement

# The suite's own contract, in `spec_directory()`.
DOCUMENTS = ("openapi.yaml", "voice.yaml")
OVERLAYS = ("overlay.yaml", "voice-overlay.yaml")
# What an overlay may state of the whole API.
FACTS = ("regions", "errors", "rate_limits", "keys", "compared_headers", "repeated_credentials")


def spec_directory() -> Path:
    """Where the suite's own spec files are: inside an installed package, or beside it in a
    checkout.
    """
    inside = Path(__file__).parent.parent / "spec"
    return inside if inside.is_dir() else inside.parent.parent / "spec"


@dataclass(frozen=True, slots=True)
class Document:
    """An OpenAPI document as it was published."""

    path: Path
    data: dict[str, Any]

    def has(self, operation: Operation) -> bool:
        """Whether an operation stands in it."""
        item = self.data["paths"].get(operation.path)
        try:
            item = resolve(self.data, item)
        except DanglingReference:
            return True  # in another file, which this document refers to
        if not isinstance(item, dict):
            return False
        methods = {name.upper() for name in (*item, *(item.get("additionalOperations") or ()))}
        return operation.method in methods


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything that is promised: the overlaid document and what was read out of it.

    `documents` are those that it was made of, as they were published.
    `regions` are base URLs by name. `compared_headers` are those, in lower case, that every region
    is to send alike. `refuses_repeated`: a request with two credentials is refused, whatever the
    order; many a server takes the first, and RFC 9110 5.3 binds the sender alone.
    """

    document: dict[str, Any]
    documents: tuple[Document, ...]
    overlays: tuple[Path, ...]
    operations: tuple[Operation, ...]
    regions: dict[str, str]
    relative_servers: tuple[str, ...]
    requirements: dict[str, Requirement]
    errors: Errors | None
    rate_limits: RateLimits | None
    keys: Keys
    compared_headers: tuple[str, ...]
    refuses_repeated: bool = False

    @property
    def path(self) -> Path:
        """The first document."""
        return self.documents[0].path

    def published(self, operation: Operation) -> Document:
        """The document that an operation stands in, the first one where an overlay added it."""
        return next((one for one in self.documents if one.has(operation)), self.documents[0])

    def resolve(self, node: Any) -> Any:
        """What a local `$ref` leads to, or the node itself."""
        return resolve(self.document, node)


def files_of(
    specs: Sequence[Path] = (), overlays: Sequence[Path] = ()
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Documents and overlays, the bundled ones where none are given.

    Other documents get no overlays but those that are given.
    """
    own = spec_directory()
    if not specs and not overlays:
        overlays = [own / name for name in OVERLAYS]
    return tuple(specs or [own / name for name in DOCUMENTS]), tuple(overlays)


def load_contract(
    spec: Path | Sequence[Path] = (),
    overlays: Sequence[Path] = (),
    catalogue: Path | None = None,
    *,
    earlier: bool = False,
) -> Contract:
    """Load and check the files, the bundled ones by default; raises ContractError with file and
    line.

    Several documents are joined, overlays are applied in order; of those of a later document than
    an `earlier` one what fits.
    """
    specs, overlays = files_of([spec] if isinstance(spec, Path) else spec, overlays)
    sources = [Source(path) for path in specs]
    for source in sources:
        must_be_openapi(source)

    document, origins = _overlaid(sources, overlays, earlier=earlier)
    return read_contract(document, origins, sources, overlays, catalogue)


def read_contract(
    document: dict[str, Any],
    origins: Origins,
    sources: Sequence[Source],
    overlays: Sequence[Path] = (),
    catalogue: Path | None = None,
) -> Contract:
    """The contract of an overlaid document; raises ContractError with file and line."""
    shape.check(document, origins.place)
    facts = Entry.of(document.get(NAME), (NAME,), origins, NAME)
    facts.only(FACTS)
    errors = read_errors(facts.within("errors"))
    rate_limits = read_rate_limits(facts.within("rate_limits"))

    return Contract(
        document=document,
        documents=tuple(Document(source.path, source.data) for source in sources),
        overlays=tuple(overlays),
        operations=OperationReader(document, origins, errors, rate_limits).all(),
        regions=read_regions(document, facts.within("regions")),
        relative_servers=relative_servers(document),
        requirements=requirements.read(Source(catalogue or spec_directory() / "requirements.yaml")),
        errors=errors,
        rate_limits=rate_limits,
        keys=read_keys(facts.within("keys")),
        compared_headers=tuple(name.lower() for name in facts.texts("compared_headers")),
        refuses_repeated=_refuses_repeated(facts),
    )


def load_requirements() -> dict[str, Requirement]:
    """The bundled catalogue alone, by id; raises ContractError."""
    return requirements.read(Source(spec_directory() / "requirements.yaml"))


def _overlaid(
    sources: Sequence[Source], overlays: Sequence[Path], *, earlier: bool
) -> tuple[dict[str, Any], Origins]:
    """The documents as one with every overlay applied, and where each part of it was written."""
    document, origins = joined(sources)
    if overlays:
        # The JSONPath library takes longer to load than all else here.
        from conformance.contract import overlay

        for path in overlays:
            overlay.apply(document, Source(path), origins, earlier=earlier)
    return document, origins


def _refuses_repeated(facts: Entry) -> bool:
    stated = facts.optional_text("repeated_credentials")
    if stated not in (None, "refused"):
        facts.fail("repeated_credentials", f"expected refused, it is {stated!r}")
    return stated is not None


def must_be_openapi(source: Source) -> None:
    """Refuse what is no OpenAPI document with paths; raises ContractError."""
    data = source.data
    if not isinstance(data, dict) or not str(data.get("openapi", "")).startswith("3."):
        raise ContractError(f"{source.path}:1: not an OpenAPI 3.x document (no `openapi: 3.x`).")
    if not isinstance(data.get("paths"), dict) or not data["paths"]:
        raise ContractError(
            f"{source.place('paths')}: the document has no paths, so nothing to check."
        )
