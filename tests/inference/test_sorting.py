"""The orders of a list that are proposed."""

from __future__ import annotations

import pytest

from tests.support.inference import INTEGER, ROWS, STRING, objects

ROW = {
    "type": "object",
    "properties": {
        "id": INTEGER,
        "title": STRING,
        "created_at": {"type": "string", "format": "date-time"},
        "owner": {"type": "object"},
        "sys": objects(id=STRING),
        "attributes": objects(rank=INTEGER),
    },
}
PAGE = objects(items={"type": "array", "items": ROW}, total=INTEGER)


def words(*found):
    return {"type": "string", "enum": list(found)}


def sort(by, *, descending=False, **query):
    return {"query": query, "by": by} | ({"descending": True} if descending else {})


@pytest.fixture
def orders(infer):
    """The sorts that are proposed for these parameters."""

    def inferred(**query):
        found = infer(PAGE, limit=INTEGER, offset=INTEGER, **query).suggested
        return next((each.value for each in found if each.name == "sorts"), None)

    return inferred


@pytest.mark.parametrize(
    ("word", "descending"),
    [
        ("-title", True),
        ("+title", False),
        ("title desc", True),
        ("title:asc", False),
        ("title,DESC", True),
        ("title_desc", True),
        ("titleAsc", False),
        ("title.descending", True),
        ("Title desc", True),
    ],
)
def test_a_word_with_its_direction(orders, word, descending) -> None:
    """In the ways that APIs write it."""
    assert orders(sort=words(word)) == [sort("/title", sort=word, descending=descending)]
    assert orders(order_by={"type": "array", "items": words(word)}) == [
        sort("/title", order_by=word, descending=descending)
    ]


def test_a_word_alone_ascends_where_another_one_descends(orders) -> None:
    """Else nothing says in which direction it goes."""
    both = [sort("/title", sort="title"), sort("/title", sort="-title", descending=True)]
    assert orders(sort=words("title", "-title")) == both
    assert orders(sort=words("title", "-id")) == [sort("/id", sort="-id", descending=True)]
    assert orders(sort=words("title")) is None


def test_a_parameter_may_say_the_direction(orders) -> None:
    """Both are asked for; `created` is `created_at`."""
    found = orders(sort=words("created", "popularity"), direction=words("asc", "desc"))
    assert found == [
        sort("/created_at", sort="created", direction="asc"),
        sort("/created_at", sort="created", direction="desc", descending=True),
    ]
    found = orders(orderby=words("title"), order=words("DESC", "ASC"))
    assert [each["query"]["order"] for each in found] == ["ASC", "DESC"]
    assert orders(order=words("asc", "desc")) is None


def test_a_word_may_name_what_is_within(orders) -> None:
    """By its path, and what a row has among its attributes by its name alone."""
    assert orders(order=words("-sys.id", "sys.id")) == [
        sort("/sys/id", order="-sys.id", descending=True),
        sort("/sys/id", order="sys.id"),
    ]
    assert orders(sort=words("-rank")) == [sort("/attributes/rank", sort="-rank", descending=True)]


def test_what_names_no_property_that_can_be_compared(orders) -> None:
    """A word of another meaning, an object, a parameter of another name or without a vocabulary."""
    assert orders(sort=words("-relevance", "-owner")) is None
    assert orders(view=words("-title")) is None
    assert orders(sort=STRING) is None


@pytest.fixture
def parents(infer):
    """What is proposed of whom rows belong to."""

    def inferred(path, **properties):
        row = {"type": "object", "properties": {"id": INTEGER, **properties}}
        page = objects(items={"type": "array", "items": row}, total=INTEGER)
        found = infer(page, path=path, limit=INTEGER, offset=INTEGER).suggested
        return next((each.value for each in found if each.name == "parents"), None)

    return inferred


@pytest.mark.parametrize(
    ("path", "name", "found"),
    [
        ("/orders/{order_id}/lines", "order_id", {"order_id": "/order_id"}),
        ("/orders/{orderId}/lines", "order_id", {"orderId": "/order_id"}),
        ("/orders/{id}/lines", "orderId", {"id": "/orderId"}),
        ("/stories/{id}/lines", "story_id", {"id": "/story_id"}),
        ("/boxes/{id}/lines", "box_id", {"id": "/box_id"}),
        ("/orders/{id}/lines", "id", None),
        ("/orders/{order_id}/lines", "customer_id", None),
        ("/lines/{id}", "order_id", None),
    ],
)
def test_rows_say_what_they_belong_to(parents, path, name, found) -> None:
    """By the name in the path, or the word before it; never by their own identity."""
    assert parents(path, **{name: INTEGER}) == found


def test_a_text_in_the_path_may_be_another_word_for_it(parents) -> None:
    """As `me` is, where no list gives the value."""
    assert parents("/users/{user_id}/posts", user_id=STRING) is None


def test_rows_without_an_identity(infer) -> None:
    """What is named in the path may be what tells them apart."""
    row = {"type": "object", "properties": {"order_id": INTEGER, "x": INTEGER}}
    page = objects(items={"type": "array", "items": row}, total=INTEGER)
    found = infer(page, path="/o/{order_id}/x", limit=INTEGER, offset=INTEGER).suggested
    assert "parents" not in {each.name for each in found}
    assert "parents" not in {
        each.name for each in infer(objects(items=ROWS), limit=INTEGER, offset=INTEGER).suggested
    }
