"""Values of parameters in the styles of OpenAPI."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.contract.serialised import as_text, leading, query_pairs, word

# OpenAPI 3.1, Style Examples.
COLOURS, LEVELS = ["blue", "black"], {"R": 100, "G": 200}


@pytest.mark.parametrize(
    ("more", "value", "pairs"),
    [
        ({}, 7, (("color", "7"),)),
        ({}, COLOURS, (("color", "blue"), ("color", "black"))),
        ({}, [], ()),
        ({"explode": False}, COLOURS, (("color", "blue,black"),)),
        ({"style": "spaceDelimited"}, COLOURS, (("color", "blue black"),)),
        ({"style": "pipeDelimited"}, COLOURS, (("color", "blue|black"),)),
        ({}, LEVELS, (("R", "100"), ("G", "200"))),
        ({"explode": False}, LEVELS, (("color", "R,100,G,200"),)),
        ({"style": "deepObject"}, LEVELS, (("color[R]", "100"), ("color[G]", "200"))),
        ({"content": {"application/json": {}}}, LEVELS, (("color", '{"R":100,"G":200}'),)),
    ],
)
def test_query_styles(more: dict[str, Any], value: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    """Each style has its own pairs, not encoded."""
    assert query_pairs({"name": "color", "in": "query", **more}, value) == pairs


@pytest.mark.parametrize(
    ("more", "value", "text"),
    [
        ({}, True, "true"),
        ({}, COLOURS, "blue,black"),
        ({}, LEVELS, "R,100,G,200"),
        ({"explode": True}, LEVELS, "R=100,G=200"),
        ({"content": {"application/json": {}}}, COLOURS, '["blue","black"]'),
    ],
)
def test_texts_of_paths_headers_and_cookies(more: dict[str, Any], value: Any, text: str) -> None:
    """They have one text, whatever the value."""
    assert as_text({"name": "color", "in": "path", **more}, value) == text


@pytest.mark.parametrize(("style", "lead"), [("simple", ""), ("label", "."), ("matrix", ";color=")])
def test_what_stands_before_a_value(style: str, lead: str) -> None:
    """In a path, by its style."""
    assert leading({"name": "color", "in": "path", "style": style}) == lead


@pytest.mark.parametrize(
    ("value", "text"), [(7, "7"), (True, "true"), (None, ""), ([1], "[1]"), ({"a": 1}, '{"a":1}')]
)
def test_values_as_words(value: Any, text: str) -> None:
    """What has no parts is one word; what has some inside of another value is JSON."""
    assert word(value) == text
