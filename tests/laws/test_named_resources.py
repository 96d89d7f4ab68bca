"""What a 404 to a plain request says of the value in its path."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client import Request
from conformance.contract.operation import Inputs
from conformance.laws.answer import Answer
from conformance.laws.named_resources import names_nothing
from conformance.laws.schema import documented_status
from conformance.laws.schemas import Schemas
from conformance.laws.service import plain_answered
from tests.support.lists import exchange

WORD = {"type": "string"}


@pytest.mark.parametrize(
    ("documented", "assumed", "schema", "feeds", "nothing"),
    [
        (("200", "404"), (), WORD, {}, True),
        (("200",), ("id",), WORD, {}, True),
        (("200",), (), WORD, {}, False),
        (("200",), ("id",), {"enum": ["day", "week"]}, {}, False),
        (("200",), ("id",), WORD, {"id": "list"}, False),
    ],
    ids=["documented", "example", "overlay", "vocabulary", "list"],
)
def test_an_example_may_name_nothing(
    contract, operation, documented, assumed, schema, feeds, nothing
) -> None:
    """Whether a 404 is documented or not; what an overlay, a list or a vocabulary gives names
    something.
    """
    described = replace(
        operation,
        path="/calls/{id}",
        parameters=({"name": "id", "in": "path", "schema": schema},),
        responses=dict.fromkeys(documented, operation.responses["200"]),
        inputs=Inputs(path={"id": "day"}, assumed=assumed),
        feeds=feeds,
    )
    request = Request("GET", "/calls/day", plain=True)
    answer = Answer(exchange(404, {}, request=request), Schemas(contract, described))
    assert names_nothing(answer) is nothing

    unforeseen = (finding.level for finding in documented_status(answer) or ())
    assert all(level == "SHOULD" for level in unforeseen) is nothing
    assert (plain_answered(answer) is None) is nothing
