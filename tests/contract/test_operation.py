"""What an operation says of itself."""

from __future__ import annotations

from dataclasses import replace

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
