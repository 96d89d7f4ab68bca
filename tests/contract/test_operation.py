"""What an operation says of itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from conformance.contract import load_contract
from conformance.contract.security.api_key import ApiKey
from conformance.contract.security.bearer import Bearer

OPERATION = load_contract().operations[0]


@pytest.mark.parametrize(
    ("statuses", "security", "refusals"),
    [
        (("200", "401", "403"), Bearer(), (401, 403)),
        (("200", "403"), ApiKey("query", "key"), (403,)),
        (("200", "default"), ApiKey("query", "key"), (401, 403, 400)),
        (("200", "default"), Bearer(), (401, 403)),
    ],
)
def test_how_a_key_is_refused(statuses, security, refusals) -> None:
    """As documented; 400 too where the key has no scheme of HTTP, and the document no words for it."""
    described = replace(OPERATION, responses={status: {} for status in statuses}, security=security)
    assert described.refusals == refusals


def test_fields_that_mean_something() -> None:
    """Its header parameters, and what each of its requests carries."""
    parameters = ({"name": "Accept-Language", "in": "header"}, {"name": "limit", "in": "query"})
    inputs = replace(OPERATION.inputs, headers=(("Accept", "application/json"),))
    described = replace(OPERATION, parameters=parameters, inputs=inputs)
    assert described.header_names == {"accept-language", "accept"}


@pytest.mark.parametrize(
    ("media", "accept", "is_offered"),
    [
        ("application/json", "application/json", True),
        ("application/vnd.api+json", "application/json", False),
        ("application/vnd.api+json", "text/html, */*;q=0.8", True),
    ],
)
def test_what_is_offered(media, accept, is_offered) -> None:
    """A client that accepts none of the documented media types may be refused."""
    described = replace(OPERATION, responses={"200": {"content": {media: {}}}})
    assert described.offers(accept) is is_offered
    assert replace(OPERATION, responses={"200": {}}).offers(accept)


@pytest.mark.parametrize(
    ("method", "statuses", "invalid", "is_described"),
    [
        ("GET", ("200", "400"), (400,), True),
        ("GET", ("200", "422"), (400, 422), True),
        ("GET", ("200", "409"), (400, 409), True),
        ("GET", ("200", "409", "422"), (400, 422), True),
        ("POST", ("200", "409"), (400,), False),
        ("GET", ("200", "404"), (400,), False),
    ],
)
def test_how_what_is_asked_for_is_refused(method, statuses, invalid, is_described) -> None:
    """By 409 where the document has no other status for it, of what only reads."""
    responses: dict[str, dict[str, Any]] = {
        status: {"content": {"application/json": {}}} for status in statuses
    }
    described = replace(OPERATION, method=method, responses=responses)
    assert described.invalid_statuses == invalid
    assert (described.foresees_invalid, described.describes_invalid) == (is_described,) * 2
    bare = replace(described, responses={key: {} for key in statuses})
    assert (bare.foresees_invalid, bare.describes_invalid) == (is_described, False)


def test_a_number_may_have_a_meaning_of_its_own() -> None:
    """That of the parameter with this name, in the query."""
    limit = {"name": "limit", "in": "query", "description": "-1 returns all."}
    described = replace(OPERATION, parameters=(limit, {"name": "limit", "in": "header"}))
    assert described.gives_meaning("limit", -1)
    assert not described.gives_meaning("offset", -1)


def test_a_parameter_may_take_several_values() -> None:
    """An array, or a name with brackets behind it."""
    array = {"name": "state", "in": "query", "schema": {"type": "array"}}
    text = {"name": "genre", "in": "query", "schema": {"type": "string"}}
    described = replace(OPERATION, parameters=(array, text))
    taken = [described.takes_several(name) for name in ("state", "genre", "genre[]", "other")]
    assert taken == [True, False, True, False]
