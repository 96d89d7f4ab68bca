"""The examples of a document, against the schemas that they stand beside and the laws of paging
(DOC-01, DOC-02).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from conformance.contract.dialect import for_answers, for_either, for_requests
from conformance.contract.jsonpath import path_of
from conformance.contract.media import may_be_json
from conformance.contract.references import NAMED, DanglingReference, objects_in
from conformance.laws import pages
from conformance.laws.breadth import Unjudgeable
from conformance.laws.flaws import Action, Flaw
from conformance.laws.validators import compiled
from conformance.laws.written import followed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conformance.contract.operation import Operation
    from conformance.contract.source import Key

    Location = tuple[Key, ...]

SHOWN = 300  # characters of a validator's message


def refused_examples(document: dict[str, Any]) -> list[Flaw]:
    """DOC-01: every example validates against the schema of the object that has it.

    What refers to nothing, or is no schema, is a flaw of its own and refuses no example.
    """
    flaws: list[Flaw] = []
    for place, described in objects_in(document):
        if _may_have_examples(place, described):
            flaws += _refused(document, place, described)
    return flaws


def _may_have_examples(place: Location, described: dict[str, Any]) -> bool:
    """Whether it is a Media Type, Parameter, Header or Schema Object with an example, and no object
    whose keys the author chose.
    """
    is_named = bool(place) and place[-1] in NAMED
    return not is_named and ("example" in described or "examples" in described)


def _refused(
    document: dict[str, Any], place: Location, described: dict[str, Any]
) -> Iterator[Flaw]:
    schema = described.get("schema", described)
    is_content = len(place) > 1 and place[-2] == "content"
    if schema is described and ("$ref" in schema or is_content):
        return
    if is_content and not may_be_json(str(place[-1])):
        return

    examples = list(_examples(described))
    validator = _validator(document, schema, place) if examples else None
    if validator is None:
        return
    for keys, value in examples:
        error = next(validator.iter_errors(value), None)
        if error is not None:
            at = (*place, *keys)
            found = f"the example is refused: {str(error.message)[:SHOWN]}"
            mend = Action(path_of(at), "Its schema refuses this example: correct either of them.")
            yield Flaw("an example that its schema allows", found, at, (mend,))


def _examples(described: dict[str, Any]) -> Iterator[tuple[Location, Any]]:
    """The examples of an object with their places below it; those at other addresses are not
    read. Of a list from its end, so that removing one leaves the places of the others.
    """
    if "example" in described:
        yield ("example",), described["example"]
    examples = described.get("examples")
    if isinstance(examples, list):
        for index in reversed(range(len(examples))):
            yield ("examples", index), examples[index]
    elif isinstance(examples, dict):
        for name, entry in examples.items():
            if isinstance(entry, dict) and "value" in entry:
                yield ("examples", name), entry["value"]


def _validator(document: dict[str, Any], schema: Any, place: Location) -> Any:
    try:
        return compiled(_direction(place)(schema, document))
    except (DanglingReference, Unjudgeable, ValueError):
        return None


def _direction(place: Location) -> Callable[[Any, dict[str, Any]], Any]:
    """How a schema is read: properties are there when something is answered, or when it is sent."""
    if "responses" in place:
        return for_answers
    if "requestBody" in place or "requestBodies" in place or "parameters" in place:
        return for_requests
    return for_either


def unlawful_examples(document: dict[str, Any], operation: Operation) -> list[Flaw]:
    """DOC-02: each page in the document counts right, read as the first one of the default size."""
    pagination = operation.pagination
    if pagination is None:
        return []
    flaws: list[Flaw] = []
    for place, described in _successes(document, operation):
        for keys, value in _examples(described):
            listing = pagination.read(value, lambda name: None)
            if listing is None or listing.has_more is None or listing.total is None:
                continue
            page = pages.page_of(listing, operation, 0, pagination.default_size)
            at = (*place, *keys)
            mend = Action(
                path_of(at), "It breaks a law of paging: correct it, or show another page."
            )
            flaws += [
                Flaw(finding.expected, f"the example has {finding.actual}", at, (mend,))
                for finding in pages.size(page) + pages.has_more(page)
            ]
    return flaws


def _successes(
    document: dict[str, Any], operation: Operation
) -> Iterator[tuple[Location, dict[str, Any]]]:
    """The Media Type Objects in JSON of the answers that are no refusal."""
    place, node = followed(document, ("paths", operation.path), document["paths"][operation.path])
    method = operation.method.lower()
    place, node = followed(document, (*place, method), node[method])
    for status, entry in (node.get("responses") or {}).items():
        at, response = followed(document, (*place, "responses", status), entry)
        if not status.startswith("2") or not isinstance(response, dict):
            continue
        for media, content in (response.get("content") or {}).items():
            if may_be_json(media) and isinstance(content, dict):
                yield (*at, "content", media), content
