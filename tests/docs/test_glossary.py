"""The glossary: each term once, in alphabetical order within its section, in one sentence."""

from __future__ import annotations

import re
from pathlib import Path

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
SECTION = re.compile(r"^## .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| (?P<term>[^|]+) \| (?P<meaning>[^|]+) \|$", re.MULTILINE)


def sections() -> list[list[tuple[str, str]]]:
    """The terms of each section with their meanings, without the heads of the tables."""
    text = GLOSSARY.read_text("utf-8")
    return [ROW.findall(section)[1:] for section in SECTION.findall(text)]


def test_each_term_has_one_place() -> None:
    """A reader looks a term up in one row."""
    terms = [term for section in sections() for term, _ in section]
    assert len(terms) > 50
    assert sorted(set(terms)) == sorted(terms)


def test_the_terms_of_a_section_are_in_order() -> None:
    """Alphabetical order makes a term quick to find."""
    for section in sections():
        terms = [term for term, _ in section]
        assert terms == sorted(terms)


def test_each_meaning_is_one_sentence() -> None:
    """It starts with a capital and ends with its only full stop; abbreviations aside."""
    for section in sections():
        for term, meaning in section:
            assert re.fullmatch(r"[A-Z].*\.", meaning), term
            assert ". " not in meaning.replace("..., ", ""), term
