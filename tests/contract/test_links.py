"""The Link header field, as RFC 8288 writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conformance.contract.links import query_of, relations


@pytest.mark.parametrize(
    ("field", "targets"),
    [
        (None, {}),
        ("", {}),
        ('</a?p=2>; rel="next"', {"next": "/a?p=2"}),
        ("</a>; rel=next , </b>;rel=last", {"next": "/a", "last": "/b"}),
        ('</a?x=1,2;3>; rel="next"', {"next": "/a?x=1,2;3"}),
        ('</a>; title="a, <b>; rel=last"; rel="next"', {"next": "/a"}),
        ('</a>; rel="first PREV"', {"first": "/a", "prev": "/a"}),
        ('</a>; REL=next; rel="last"', {"next": "/a"}),
        ('</a>; rel="next", </b>; rel="next"', {"next": "/a"}),
        ('</a>; rel="next"; anchor="#here"', {}),
        (r'</a>; title="\"<"; rel="next"', {"next": "/a"}),
        ("</a>", {}),
        ("no link at all", {}),
        (",, </a>; rel=next,", {"next": "/a"}),
    ],
)
def test_each_relation_has_its_first_target(field, targets) -> None:
    """Commas and semicolons may stand within targets and quoted texts."""
    assert relations(field) == targets


@given(st.text(max_size=60))
def test_any_field_is_read(field: str) -> None:
    """What is no link has no relations; nothing is raised."""
    assert isinstance(relations(field), dict)


def test_the_query_of_a_link_is_decoded() -> None:
    """In its order, empty values kept; a text that is no URL has none."""
    assert query_of("https://a.example/b?c=1%202&d=&c=3") == (("c", "1 2"), ("d", ""), ("c", "3"))
    assert query_of("/b") == ()
    assert query_of("http://[") == ()
