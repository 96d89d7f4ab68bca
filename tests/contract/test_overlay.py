"""Overlays: several in order, by the rules of 1.0 and 1.1, each part with the place it was written
at.
"""

from __future__ import annotations

import copy

import pytest

from conformance.contract import ContractError
from conformance.contract.origins import Origins
from conformance.contract.overlay import apply
from conformance.contract.source import Source

DOCUMENT = """\
info: {title: t}
tags: [a]
paths:
  /a: {get: {summary: s}}
  /b: {get: {}}
"""


@pytest.fixture
def overlaid(tmp_path):
    def make(*actions, version="1.0.0"):
        """The document under one overlay for each text of actions."""
        (tmp_path / "d.yaml").write_text(DOCUMENT)
        source = Source(tmp_path / "d.yaml")
        origins, document = Origins(source), copy.deepcopy(source.data)
        for index, text in enumerate(actions):
            path = tmp_path / f"o{index}.yaml"
            path.write_text(f"overlay: {version}\nactions:\n{text}")
            apply(document, Source(path), origins)
        return document, origins

    return make


def test_overlays_apply_in_order(overlaid) -> None:
    """A later one may amend what an earlier one wrote."""
    first = "  - target: $.info\n    update: {x: 1, title: u}\n"
    second = "  - target: $.info.x\n    remove: true\n  - target: $.info\n    update: {y: 2}\n"
    document, _ = overlaid(first, second)
    assert document["info"] == {"title": "u", "y": 2}


def test_a_list_is_appended_or_concatenated(overlaid) -> None:
    """1.0 appends the update as one entry; 1.1 concatenates a list."""
    action = "  - target: $.tags\n    update: [b, c]\n"
    assert overlaid(action)[0]["tags"] == ["a", ["b", "c"]]
    assert overlaid(action, version="1.1.0")[0]["tags"] == ["a", "b", "c"]


def test_a_primitive_is_replaced(overlaid) -> None:
    """The new value takes the place of the old one."""
    document, _ = overlaid("  - target: $.info.title\n    update: other\n", version="1.1.0")
    assert document["info"]["title"] == "other"


def test_copy_takes_its_value_from_the_document(overlaid) -> None:
    """Overlay 1.1: what is copied is merged, and is another value from then on."""
    document, _ = overlaid(
        "  - {target: \"$.paths['/b']\", copy: \"$.paths['/a']\"}\n", version="1.1.0"
    )
    assert document["paths"]["/b"] == {"get": {"summary": "s"}}
    assert document["paths"]["/b"]["get"] is not document["paths"]["/a"]["get"]


def test_removing_entries_of_a_list(overlaid) -> None:
    """From the last to the first, so that each index stays true."""
    more = "  - target: $.tags\n    update: b\n" * 2
    document, _ = overlaid(f"{more}  - target: $.tags[?@ == 'b']\n    remove: true\n")
    assert document["tags"] == ["a"]


@pytest.mark.parametrize(
    ("action", "version", "said"),
    [
        ("  - update: {}\n", "1.0.0", r"o0\.yaml:3: the action has no target"),
        ("  - 7\n", "1.0.0", r"o0\.yaml:3: the action has no target"),
        (
            "  - target: $.info\n",
            "1.1.0",
            r":3: the action does nothing; expected one of update, remove, copy",
        ),
        ("  - {target: $.info, copy: $.tags}\n", "1.0.0", r"an action has no field copy"),
        ("  - {target: $.info, updat: {}}\n", "1.0.0", r"an action has no field updat"),
        (
            "  - {target: $.none, remove: true}\n",
            "1.0.0",
            r"target \$\.none matches nothing in .*d\.yaml",
        ),
        ("  - {target: $.info, copy: '$.paths.*'}\n", "1.1.0", r"matches 2 nodes; expected one"),
        ("  - {target: '$[', remove: true}\n", "1.0.0", r"is not a JSONPath"),
        ("  - {target: $, remove: true}\n", "1.0.0", r"would remove the whole document"),
        (
            "  - {target: $.info, update: [1]}\n",
            "1.0.0",
            "update is a list, which does not fit an object at .*info",
        ),
        (
            "  - {target: $.info, update: {title: {}}}\n",
            "1.0.0",
            "has an object for title, where the document has 't'",
        ),
        (
            "  - {target: $.info, update: {}}\n",
            "2.0.0",
            ":1: not an OpenAPI Overlay 1.0 or 1.1 document",
        ),
    ],
)
def test_an_action_that_cannot_be_applied(overlaid, action, version, said) -> None:
    """File, line, and what is wrong."""
    with pytest.raises(ContractError, match=said):
        overlaid(action, version=version)


def test_every_part_has_the_place_it_was_written_at(overlaid) -> None:
    """The last overlay that wrote it, else the document; a wildcard's update is in each place it
    matched.
    """
    first = "  - target: $.paths.*.get\n    update:\n      x: {y: 1}\n"
    second = (
        "  - target: $.paths['/a'].get\n    update:\n      description: d\n      x:\n        z: 2\n"
    )
    _, origins = overlaid(first, second)

    def place(*keys):
        return origins.place("paths", *keys).rpartition("/")[2]

    assert place("/a", "get", "summary") == "d.yaml:4"
    assert place("/a", "get", "x", "z") == "o1.yaml:7"
    assert place("/a", "get", "x", "y") == "o0.yaml:5"
    assert place("/b", "get", "x", "y") == "o0.yaml:5"
    assert place("/b", "get", "nothing") == "d.yaml:5"
