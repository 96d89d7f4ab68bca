"""Pages within an answer, which may be those of another operation."""

from __future__ import annotations

import pytest

from tests.support.inference import INTEGER, ROWS, STRING, objects, values

PAGE = objects(items=ROWS, next=STRING, total=INTEGER)
ASKED = {"limit": INTEGER, "offset": INTEGER}


@pytest.mark.parametrize("path", ["/albums/{id}", "/albums/{id}/"])
def test_an_item_with_a_page_of_its_parts_is_no_list(infer, path) -> None:
    """Its links lead to the list of the parts, not to the item."""
    found = infer(objects(id=STRING, tracks=PAGE), path=path)
    assert found.suggested == ()
    assert "/tracks has a page of what belongs to the item" in found.missing


def test_pages_of_several_lists_are_no_list(infer) -> None:
    """A request may ask for one of them, or for all."""
    found = infer(objects(tracks=PAGE, albums=PAGE), path="/search", **ASKED)
    assert found.suggested == ()
    assert "pages of several lists" in found.missing
    found = infer(objects(tracks=PAGE, albums=PAGE), path="/search", item="/search/{id}", **ASKED)
    assert found.suggested == ()


@pytest.mark.parametrize(
    ("path", "query"), [("/new", {}), ("/new", ASKED), ("/categories/{id}", ASKED)]
)
def test_one_page_within_an_answer_is_that_of_the_list(infer, path, query) -> None:
    """Where the path is no item's, or a parameter asks for pages."""
    found = infer(objects(message=STRING, albums=PAGE), path=path, **query)
    assert values(found)["items"] == "/albums/items"
