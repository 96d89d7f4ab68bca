"""Which list gives the value of a parameter in a path."""

from __future__ import annotations

import pytest

from tests.support.contracts import THINGS, TRAITS, loaded

PART = """\
  /things/{key}/parts:
    get: {operationId: parts, responses: {'200': {description: Parts}}}
"""


def feeds_of(contract, name: str) -> dict[str, str]:
    """What feeds an operation."""
    return dict(next(one for one in contract.operations if one.id == name).feeds)


def test_a_list_feeds_its_item_and_what_is_below_it(tmp_path) -> None:
    """So both can be asked although the document gives no value."""
    contract = loaded(tmp_path, THINGS + PART, TRAITS)
    assert feeds_of(contract, "get-things-key") == {"key": "list-things"}
    assert feeds_of(contract, "parts") == {"key": "list-things"}
    assert [one.obstacle for one in contract.operations] == [None, None, None]


def test_a_value_of_the_document_or_of_the_overlay_is_taken_as_it_is(tmp_path) -> None:
    """Then nothing is missing that a list could give."""
    stated = """\
  - target: $.paths['/things/{key}'].get
    update: {x-conformance: {values: {key: k1}}}
"""
    contract = loaded(tmp_path, THINGS, TRAITS + stated)
    assert feeds_of(contract, "get-things-key") == {}
    assert contract.operations[1].plain_path == "/things/k1"


@pytest.mark.parametrize("method", ["delete", "put", "patch", "post"])
def test_no_write_is_fed(tmp_path, method) -> None:
    """It would change, or delete, what somebody owns."""
    document = THINGS.replace("  /things/{key}:\n    get:", f"  /things/{{key}}:\n    {method}:")
    assert all(not one.feeds for one in loaded(tmp_path, document, TRAITS).operations)


def test_a_list_that_cannot_be_asked_feeds_nothing(tmp_path) -> None:
    """Here a body is required that nobody can make."""
    name = "\n        - {name: to, in: query, required: true, schema: {$ref: '#/components/x'}}"
    document = THINGS.replace("      parameters:", f"      parameters:{name}", 1)
    document += "components: {x: {type: nothing}}\n"
    listed, single = loaded(tmp_path, document, TRAITS).operations
    assert listed.obstacle is not None
    assert not single.feeds


def test_a_list_below_an_item_is_fed_and_feeds_in_turn(tmp_path) -> None:
    """A part is reached by the identity of its thing, and by its own."""
    parts = THINGS.replace("/things", "/things/{key}/parts").replace("list-things", "list-parts")
    parts = parts.replace("/parts/{key}", "/parts/{part}")
    parts = parts[parts.index("  /things") :]
    traits = TRAITS + TRAITS[TRAITS.index("  - target") :].replace("/things", "/things/{key}/parts")
    contract = loaded(tmp_path, THINGS + parts, traits)
    assert feeds_of(contract, "list-parts") == {"key": "list-things"}
    single = feeds_of(contract, "get-things-key-parts-part")
    assert single == {"key": "list-things", "part": "list-parts"}


def test_an_operation_that_knows_its_values_has_a_plain_path(tmp_path) -> None:
    """What is not known is still missing."""
    single = loaded(tmp_path, THINGS, TRAITS).operations[1]
    assert single.plain_path is None
    assert single.knowing({"key": "a b"}).plain_path == "/things/a%20b"
    assert single.knowing({"key": "a b"}).inputs.missing == ()
    assert single.knowing({"other": "x"}).inputs.missing == ("{key}",)


def test_a_list_goes_before_an_example_of_the_document(tmp_path) -> None:
    """Which may name a thing that nobody has; what an overlay states goes before both."""
    document = THINGS.replace("in: path, required: true,", "in: path, required: true, example: k9,")
    contract = loaded(tmp_path, document, TRAITS)
    assert contract.operations[1].plain_path == "/things/k9"
    assert feeds_of(contract, "get-things-key") == {"key": "list-things"}


NESTED = """\
  /things/{thing_id}/parts:
    get: {operationId: parts, parameters: [%s], responses: {'200': {description: Parts}}}
"""
THING_ID = "{name: thing_id, in: path, required: true, schema: {type: string}%s}"


def test_a_path_may_call_the_same_place_by_another_name(tmp_path) -> None:
    """Templates that differ in a name alone are the same; a word may be written in two cases."""
    document = THINGS + (NESTED % (THING_ID % ""))
    assert feeds_of(loaded(tmp_path, document, TRAITS), "parts") == {"thing_id": "list-things"}
    assert feeds_of(loaded(tmp_path, document.replace("/things/{t", "/Things/{t"), TRAITS), "parts")
    other = document.replace("/things/{t", "/others/{t")
    assert feeds_of(loaded(tmp_path, other, TRAITS), "parts") == {}


def test_an_example_goes_before_a_list_whose_item_has_another_name(tmp_path) -> None:
    """There the paths alone say that the list's rows stand there."""
    document = THINGS + (NESTED % (THING_ID % ", example: t9"))
    assert feeds_of(loaded(tmp_path, document, TRAITS), "parts") == {}
