"""Places as JSONPath: they lead back to the node, whatever its keys are."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonpath_rfc9535 import find

from conformance.contract.jsonpath import entries_with, path_of

KEYS = st.one_of(st.text(max_size=6), st.sampled_from(["get", "/a/{b}", "'", "\\", "\n", "x-y"]))


@given(st.lists(st.one_of(KEYS, st.integers(0, 3)), max_size=4))
def test_a_path_leads_to_its_node_alone(keys: list[Any]) -> None:
    """Quotes, slashes and control characters in a key included."""
    document: Any = "node"
    for key in reversed(keys):
        document = [None] * key + [document] if isinstance(key, int) else {key: document}
    assert [match.value for match in find(path_of(keys), document)] == ["node"]


@pytest.mark.parametrize(
    ("keys", "path"),
    [((), "$"), (("paths", "/a", "get", 0), "$.paths['/a'].get[0]"), (("x-y",), "$['x-y']")],
)
def test_a_path_reads_as_people_write_it(keys, path) -> None:
    """Names with a dot, all else in brackets."""
    assert path_of(keys) == path


def test_entries_are_found_by_their_members() -> None:
    """At whatever index; a reference by its text."""
    document = {"p": [{"name": "a"}, {"name": "it's", "in": "path"}, {"$ref": "#/x"}]}
    wanted = entries_with(("p",), {"name": "it's", "in": "path"})
    assert [match.location for match in find(wanted, document)] == [("p", 1)]
    assert len(find(entries_with(("p",), {"$ref": "#/x"}), document)) == 1
