"""Whether the contract allows a request: server, operation, parameters, credential, body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conformance.lint.samples.judge import objections
from conformance.lint.samples.sent import Sent
from tests.support.contracts import loaded

if TYPE_CHECKING:
    from conformance.contract import Contract

API = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example.com/v1'}]
security: [{key: []}, {basic: []}]
paths:
  /things:
    get:
      operationId: list
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 10}}
        - {name: q, in: query, required: true, schema: {type: string}}
        - {name: X-Trace, in: header, required: true, schema: {type: string}}
      responses: {'200': {description: ok}}
    post:
      operationId: make
      security: []
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties: {name: {type: string}, count: {type: integer}, id: {readOnly: true}}
      responses: {'201': {description: made}}
  /things/{id}:
    get:
      operationId: one
      security: [{cookie: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: ok}}
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    cookie: {type: apiKey, in: cookie, name: session}
"""
URL = "https://api.example.com/v1/things"
KEY, TRACE = ("Authorization", "Bearer <token>"), ("x-trace", "1")
JSON = ("Content-Type", "application/json; charset=utf-8")


@pytest.fixture(scope="module")
def contract(tmp_path_factory) -> Contract:
    return loaded(tmp_path_factory.mktemp("api"), API)


@pytest.mark.parametrize(
    "sent",
    [
        Sent("GET", f"{URL}?q=a&limit=10", (KEY, TRACE)),
        Sent("GET", f"{URL}?q=5&limit=YOUR_LIMIT#x", (("authorization", "Basic bWU="), TRACE)),
        Sent("GET", f"{URL}/7", (("Cookie", "a=b; session=<id>"),)),
        Sent("GET", f"{URL}/<id>", (("Cookie", "session=x"),)),
        Sent("POST", URL, (JSON,), '{"name": "x"}'),
        Sent("POST", URL, (JSON,), '{"name": "x", "count": "<how many>"}'),
    ],
)
def test_what_the_contract_allows(contract, sent) -> None:
    """Placeholders stand for values of the right kind."""
    assert objections(sent, contract) == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (Sent("GET", "https://api.example.org/v1/things"), "https://api.example.org is no server"),
        (Sent("GET", "https://api.example.com/v11/things"), "is no server of the contract"),
        (Sent("PUT", URL), "no PUT /things; it has GET, POST"),
        (Sent("GET", "https://api.example.com/v1/other"), "the contract has no GET /other"),
        (Sent("GET", f"{URL}?q=a&limit=11", (KEY, TRACE)), "limit=11 is none of the values"),
        (Sent("GET", f"{URL}?q=a&size=1", (KEY, TRACE)), "no query parameter size (limit, q)"),
        (Sent("GET", URL, (KEY, TRACE)), "the required query parameter q is missing"),
        (Sent("GET", f"{URL}?q=a", (KEY,)), "the required header X-Trace is missing"),
        (Sent("GET", f"{URL}?q=a", (TRACE,)), "the credential that list requires (key or basic)"),
        (Sent("GET", f"{URL}?q=a", (("Authorization", "<token>"), TRACE)), "the credential"),
        (Sent("GET", f"{URL}/seven", (("Cookie", "session=x"),)), "id=seven is none"),
        (Sent("GET", f"{URL}?q=a", (KEY, TRACE), "{}"), "a body, which list does not describe"),
        (Sent("POST", URL), "make requires a body"),
        (Sent("POST", URL, (), "{}"), "the body is of no type; expected application/json"),
        (Sent("POST", URL, (JSON,), "{"), "the body is no JSON"),
        (Sent("POST", URL, (JSON,), '{"name": 7}'), "the body/name: 7 is not of type"),
    ],
)
def test_what_it_does_not(contract, sent, said) -> None:
    """One sentence for each deviation."""
    [objection] = objections(sent, contract)
    assert said in objection


def test_a_published_sample_s_body_is_promised_to_work(contract, bundled) -> None:
    """The overlay states it; another body it does not."""
    url = "https://api.voice.formantai.com/v1/batch-calls"
    assert objections(Sent("GET", url, (KEY,), "{}"), bundled) == []
    assert len(objections(Sent("GET", url, (KEY,), "[]"), bundled)) == 1


@pytest.fixture(scope="module")
def bundled() -> Contract:
    from conformance.contract import load_contract

    return load_contract()
