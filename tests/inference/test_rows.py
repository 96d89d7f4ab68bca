"""What the properties of a row mean, and which parameters filter by them."""

from __future__ import annotations

import pytest

from conformance.inference.overlay_text import overlay
from tests.support.inference import BOOLEAN, BOUNDED, INTEGER, ROWS, STRING, objects

WORDS = {"type": "string", "enum": ["open", "shut"]}


def test_filters_are_parameters_that_rows_have(infer) -> None:
    """By name and type; not those of paging, of order, of dates, nor of anything else."""
    row = objects(
        id=STRING,
        state=STRING,
        agentId=INTEGER,
        day={"type": "string", "format": "date"},
        tags=ROWS,
        done=BOOLEAN,
        kind=STRING,
    )
    query = {
        "done": BOOLEAN,
        "kind": BOOLEAN,
        "state": STRING,
        "agent_id": INTEGER,
        "day": STRING,
        "tags": STRING,
        "sort": STRING,
    }
    found = infer({"type": "array", "items": row}, limit=INTEGER, offset=INTEGER, **query)
    traits = {suggested.name: suggested.value for suggested in found.suggested}
    assert traits["filters"] == {"done": "/done", "state": "/state", "agent_id": "/agentId"}


@pytest.mark.parametrize(
    ("asked", "had", "is_filter"),
    [
        (["on", "off"], None, True),
        (["on", "off"], ["on", "off", "broken"], True),
        (["on", "off", "any"], None, False),
        (["on", "failed"], ["on", "off"], False),
        (None, ["on", "off"], True),
    ],
)
def test_a_word_that_no_row_has_is_no_filter(infer, asked, had, is_filter) -> None:
    """`any` asks for every row, and not for those that say so."""
    state, query = ({**STRING, "enum": words} if words else STRING for words in (had, asked))
    row = objects(id=STRING, state=state)
    found = infer({"type": "array", "items": row}, limit=INTEGER, offset=INTEGER, state=query)
    assert ("filters" in {one.name for one in found.suggested}) is is_filter


@pytest.mark.parametrize(
    ("properties", "identity"),
    [
        ({"name": STRING, "id": INTEGER}, "/id"),
        ({"thing_id": INTEGER, "name": STRING}, "/thing_id"),
        ({"thingId": STRING, "code": STRING}, "/thingId"),
        ({"uuid": STRING, "thing_id": STRING}, "/uuid"),
        ({"code": STRING, "label": STRING}, "/code"),
        ({"label": STRING, "other_id": STRING}, None),
    ],
)
def test_an_identity_is_an_id(infer, properties, identity) -> None:
    """`id` itself, or that of what the path lists; another's is none."""
    body = {"type": "array", "items": objects(**properties)}
    traits = {s.name: s.value for s in infer(body, limit=INTEGER, offset=INTEGER).suggested}
    assert traits.get("identity") == identity


def test_words_and_times_of_a_row_are_seen(infer) -> None:
    """A vocabulary, and dates with time of creation and change."""
    time = {"type": "string", "format": "date-time"}
    row = objects(
        id=STRING, kind={"type": "string", "enum": ["a"]}, createdAt=time, updated_at=time
    )
    found = infer({"type": "array", "items": row}, page=INTEGER)
    traits = {suggested.name: suggested.value for suggested in found.suggested}
    assert (traits["words"], traits["created"], traits["updated"]) == (
        ["/kind"],
        "/createdAt",
        "/updated_at",
    )


@pytest.mark.parametrize(
    ("path", "name", "identity"),
    [
        ("/products", "sku", "/sku"),
        ("/products/", "sku", "/sku"),
        ("/tickets", "number", "/number"),
        ("/tickets", "ticket_number", "/number"),
        ("/boxes", "boxNumber", "/number"),
        ("/tickets", "colour", "/name"),
        ("/tickets", "ticketNumberOrCode", "/number"),
    ],
)
def test_the_path_of_an_item_names_the_identity(infer, path, name, identity) -> None:
    """Ahead of any usual name; a name in it that no row has says nothing."""
    row = objects(name=STRING, sku=STRING, number=INTEGER)
    item = f"{path.rstrip('/')}/{{{name}}}"
    found = infer(
        {"type": "array", "items": row}, path=path, item=item, limit=INTEGER, page=INTEGER
    )
    assert {s.name: s.value for s in found.suggested}["identity"] == identity


def test_the_name_in_a_path_may_be_of_a_member_of_a_row(infer) -> None:
    """As Kubernetes has it; of several members of that name none is known."""
    meta = objects(name=STRING, uid=STRING)
    for others, identity in (({}, "/metadata/name"), ({"owner": objects(name=STRING)}, None)):
        rows = {"type": "array", "items": objects(kind=STRING, metadata=meta, **others)}
        found = infer(rows, path="/pods", item="/pods/{name}", limit=INTEGER, offset=INTEGER)
        assert {s.name: s.value for s in found.suggested}.get("identity") == identity


def test_a_parameter_with_a_default_is_no_filter(infer) -> None:
    """The list without it is filtered by that."""
    body, state = objects(items=ROWS), STRING | {"default": "open"}
    found = {each.name for each in infer(body, page=INTEGER, limit=BOUNDED, state=state).suggested}
    assert "filters" not in found
    found = {each.name for each in infer(body, page=INTEGER, limit=BOUNDED, state=STRING).suggested}
    assert "filters" in found


@pytest.mark.parametrize(
    ("name", "parameter", "is_filter"),
    [
        ("title", STRING, False),
        ("title", {"schema": STRING, "description": "Exact match."}, True),
        ("title", {"type": "string", "enum": ["a", "b"]}, True),
        ("city", STRING, True),
        ("city", {"schema": STRING, "description": "Cities that contain this."}, False),
        ("city", {"schema": STRING, "description": "Contained in it, or it if exact."}, False),
        ("city", {"schema": STRING, "description": "Will contain exactly the city."}, True),
        ("size", {"schema": INTEGER, "description": "Search by size."}, True),
    ],
)
def test_a_text_in_which_people_search_is_no_filter(infer, name, parameter, is_filter) -> None:
    """It may list rows that have a part of the value; the overlay has it as a comment."""
    row = objects(id=INTEGER, title=STRING, city=STRING, size=INTEGER, done=BOOLEAN)
    query = {"limit": BOUNDED, "offset": INTEGER, "done": BOOLEAN, name: parameter}
    found = infer({"type": "array", "items": row}, **query)
    traits = {suggested.name: suggested for suggested in found.suggested}
    assert (name in traits["filters"].value) is is_filter
    commented = f'# {name}: "/{name}"' in overlay("x", [found])
    assert commented is not is_filter


def test_a_filter_may_be_a_member_of_filter(infer) -> None:
    """As JSON:API and Laravel write it; of another parameter it is none."""
    row = objects(id=INTEGER, state=STRING, done=BOOLEAN)
    query = {"filter[state]": STRING, "show[done]": BOOLEAN}
    found = infer({"type": "array", "items": row}, limit=BOUNDED, offset=INTEGER, **query)
    traits = {suggested.name: suggested.value for suggested in found.suggested}
    assert traits["filters"] == {"filter[state]": "/state"}


def test_the_id_of_a_row_may_be_what_the_system_says_of_it(infer) -> None:
    """As Contentful has it; entries are fetched by {entry_id}."""
    row = objects(sys=objects(id=STRING, type=STRING), fields=objects(name=STRING))
    found = infer(
        objects(items={"type": "array", "items": row}),
        path="/entries",
        item="/entries/{entry_id}",
        limit=BOUNDED,
        skip=INTEGER,
    )
    assert {s.name: s.value for s in found.suggested}["identity"] == "/sys/id"


@pytest.mark.parametrize(
    ("parameter", "schema", "names"),
    [
        ("states", {"type": "array", "items": WORDS}, {"states": "/state"}),
        ("state", {"type": "array", "items": WORDS}, {"state": "/state"}),
        ("categories[]", STRING, {"categories[]": "/category"}),
        ("states", STRING, {}),
        ("state", {"type": "array", "items": {**WORDS, "enum": ["any"]}}, {}),
        (
            "filter",
            {"style": "deepObject", "schema": objects(state=WORDS, other=STRING)},
            {"filter[state]": "/state"},
        ),
        ("filter", objects(state=WORDS), {}),
    ],
)
def test_a_filter_may_take_several_values_or_be_a_member(infer, parameter, schema, names) -> None:
    """One of them is asked for; a list is named by the plural, too."""
    row = objects(id=STRING, state=WORDS, category=STRING)
    found = infer(
        {"type": "array", "items": row}, limit=BOUNDED, offset=INTEGER, **{parameter: schema}
    )
    known = {suggested.name: suggested.value for suggested in found.suggested}
    assert known.get("filters", {}) == names
