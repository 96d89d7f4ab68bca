"""What a 404 to a plain request says of the value in its path."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.client import Request
from conformance.contract.parts_of_operation import Inputs
from conformance.laws.answer import Answer
from conformance.laws.named_resources import is_of_data, names_nothing, wants_unstated_key
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


@pytest.mark.parametrize("status", [400, 404, 409, 422])
def test_a_guess_may_be_refused(contract, operation, status) -> None:
    """A plain request says no more than its schema knows; what a document states is right."""
    request = Request("GET", "/calls", plain=True)
    for guessed in ((), ("base (query)",)):
        described = replace(operation, inputs=Inputs(guessed=guessed))
        answer = Answer(exchange(status, {}, request=request), Schemas(contract, described))
        assert is_of_data(answer) is bool(guessed)
        assert (plain_answered(answer) is None) is bool(guessed)


@pytest.mark.parametrize("status", [401, 405, 500])
def test_other_refusals_are_of_no_value(contract, operation, status) -> None:
    """They are judged as ever."""
    described = replace(operation, inputs=Inputs(guessed=("base (query)",)))
    request = Request("GET", "/calls", plain=True)
    assert not is_of_data(
        Answer(exchange(status, {}, request=request), Schemas(contract, described))
    )


@pytest.mark.parametrize(
    ("statuses", "security", "unstated"),
    [(("200", "401"), False, True), (("200",), False, False), (("200", "401"), True, False)],
)
def test_a_key_may_be_wanted_that_the_document_states_nothing_of(
    contract, operation, statuses, security, unstated
) -> None:
    """A documented 401 of an operation without `security` is a matter of the document."""
    described = replace(
        operation,
        responses=dict.fromkeys(statuses, operation.responses["200"]),
        security=operation.security if security else None,
    )
    request = Request("GET", "/calls", plain=True)
    answer = Answer(exchange(401, {}, request=request), Schemas(contract, described))
    assert wants_unstated_key(answer) is unstated
    assert (plain_answered(answer) is None) is unstated
