"""The catalogue of requirements as data."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest

from conformance.contract import ContractError, load_requirements
from conformance.contract.requirements import read_one

ENTRY = {
    "id": "X-01",
    "level": "MUST",
    "area": "schema",
    "statement": "It is so",
    "source": "law",
    "applies_to": "operation",
    "evidence": {"answers": 1},
}


def test_an_entry_is_read_with_all_that_it_needs() -> None:
    """The trait it applies to, and those that it needs besides."""
    requirement = read_one(ENTRY | {"applies_to": "security", "needs": ["errors"]}, "c.yaml:1")
    assert requirement.traits == ("security", "errors")
    assert (requirement.explained_by, requirement.fatal) == ((), False)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (7, "a requirement is an object, this is 7"),
        ({"id": "X-01"}, "a requirement lacks level, or has it as no text"),
        (ENTRY | {"statement": None}, "a requirement lacks statement"),
        (ENTRY | {"level": "MAY"}, "the level of X-01 is none of MUST, SHOULD"),
        (ENTRY | {"applies_to": "weather"}, "X-01 applies to weather, which is none of operation"),
        (ENTRY | {"needs": ["weather"]}, "X-01 applies to weather"),
        (ENTRY | {"evidence": 3}, "the evidence of X-01 is no object of whole numbers"),
        (ENTRY | {"evidence": {"rows": "1"}}, "the evidence of X-01 is no object of whole numbers"),
        (ENTRY | {"explained_by": "AUT-01"}, "explained_by of X-01 is no list of texts"),
        (ENTRY | {"fatal": "yes"}, "fatal of X-01 is neither true nor false"),
    ],
)
def test_an_entry_that_is_no_requirement(entry, said) -> None:
    """What it lacks, with the place."""
    with pytest.raises(ContractError, match=rf"c\.yaml:3: {said}"):
        read_one(entry, "c.yaml:3")


def test_explanations_name_requirements_that_exist() -> None:
    """Every glob of `explained_by` matches an id of the catalogue."""
    catalogue = load_requirements()
    for requirement in catalogue.values():
        for glob in requirement.explained_by:
            assert any(fnmatchcase(name, glob) for name in catalogue), (requirement.id, glob)
