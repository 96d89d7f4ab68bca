"""Operations that a document has on servers of their own."""

from __future__ import annotations

import pytest

from tests.support.contracts import loaded

DOCUMENT = """\
openapi: 3.1.0
info: {title: Files, version: '1'}
%s
paths:
  /a: {get: {operationId: a, responses: {}}}
  /b:
    servers: [{url: 'https://%s.example.com/v1/'}]
    get: {operationId: b, responses: {}}
  /c:
    get: {operationId: c, responses: {}, servers: [{url: 'https://{host}', variables: {host: {default: up}}}]}
"""


def elsewhere(tmp_path, servers: str, own: str) -> dict[str, str | None]:
    """Where each operation is, if not on the API's servers."""
    contract = loaded(tmp_path, DOCUMENT % (servers, own))
    return {operation.id: operation.elsewhere for operation in contract.operations}


@pytest.mark.parametrize("servers", ["servers: [{url: 'https://api.example.com/v1'}]", ""])
def test_a_server_of_its_own_is_another_one(tmp_path, servers) -> None:
    """Unless it is among the API's, or the document names none for all."""
    own = None if not servers else "https://files.example.com/v1"
    expected = {"a": None, "b": own, "c": "https://up"}
    assert elsewhere(tmp_path, servers, "files") == expected


def test_the_api_s_own_server_may_be_named_again(tmp_path) -> None:
    """Then the operation is asked there."""
    servers = "servers: [{url: 'https://api.example.com/v1'}]"
    assert elsewhere(tmp_path, servers, "api")["b"] is None


def test_what_is_elsewhere_is_not_asked(tmp_path) -> None:
    """And the reason names the server."""
    contract = loaded(tmp_path, DOCUMENT % ("servers: [{url: /v1}]", "files"))
    assert contract.operations[2].obstacle == "the document has it on another server, https://up"
