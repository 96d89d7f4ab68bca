"""References within a document."""

from __future__ import annotations

import pytest

from conformance.contract.origins import Origins
from conformance.contract.references import DanglingReference, check, resolve
from conformance.contract.source import Source

DOCUMENT = {
    "a": {"$ref": "#/b"},
    "b": {"$ref": "#/names/x~1y z"},
    "names": {"x/y z": 7},
    "loop": {"$ref": "#/loop"},
    "list": [{"$ref": "#/a"}],
}


def test_a_chain_is_followed_to_its_end() -> None:
    """Escaped (RFC 6901) and percent-encoded names among its steps; what is no reference
    is itself.
    """
    assert resolve(DOCUMENT, {"$ref": "#/a"}) == 7
    assert resolve(DOCUMENT, {"$ref": "#/names/x~1y%20z"}) == 7
    assert resolve(DOCUMENT, {"$ref": "#/list/0"}) == 7
    assert resolve(DOCUMENT, {"$ref": 3}) == {"$ref": 3}
    assert resolve(DOCUMENT, "a") == "a"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("#/none", "the reference #/none leads nowhere"),
        ("#/loop", "the reference #/loop leads in a circle"),
        ("other.yaml#/x", "the reference other.yaml#/x leads into another document"),
    ],
)
def test_a_reference_that_leads_nowhere(reference, said) -> None:
    """It is said which; a circle ends."""
    with pytest.raises(DanglingReference, match=said):
        resolve(DOCUMENT, {"$ref": reference})


@pytest.fixture
def checked(tmp_path):
    def make(text):
        path = tmp_path / "d.yaml"
        path.write_text(text)
        source = Source(path)
        check(source.data, ("paths",), Origins(source))

    return make


def test_the_place_of_a_reference_that_leads_nowhere_is_named(checked) -> None:
    """Even where it stands in what another one refers to."""
    with pytest.raises(DanglingReference, match=r"d\.yaml:3: the reference #/gone leads nowhere"):
        checked("paths: {a: {$ref: '#/b'}}\nb:\n  c: {$ref: '#/gone'}\n")


def test_what_is_data_holds_no_references(checked) -> None:
    """An example may have a member of that name; a response, or a property, of such a
    name is none.
    """
    checked(
        "paths:\n  example: {$ref: '#/gone'}\n  x-own: {$ref: '#/gone'}\n  enum: [{$ref: '#/gone'}]\n"
    )
    for place in (
        "responses: {default: {$ref: '#/gone'}}",
        "properties: {example: {$ref: '#/gone'}}",
    ):
        with pytest.raises(DanglingReference):
            checked(f"paths: {{a: {{{place}}}}}")


def test_a_circle_of_schemas_is_looked_at_once(checked) -> None:
    """Schemas may contain each other."""
    checked("paths: {a: {$ref: '#/b'}}\nb: {items: {$ref: '#/c'}}\nc: {items: {$ref: '#/b'}}\n")
