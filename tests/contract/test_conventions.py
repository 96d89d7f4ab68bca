"""What an overlay states of the whole API: errors, rate limits, keys, regions."""

from __future__ import annotations

import pytest

from conformance.contract import ContractError
from tests.support.contracts import THINGS, facts, loaded


def test_what_is_stated_is_read(tmp_path) -> None:
    """Statuses as numbers, names of headers in lower case, URLs without a slash at the end."""
    contract = loaded(
        tmp_path,
        THINGS,
        facts(
            "{regions: {eu: 'https://eu.example.com/'}, "
            "errors: {type: /e, message: /m, types: {401: [a, b]}, messages: {401: no}}, "
            "rate_limits: {headers: {X-Left: integer, X-Reset: date-time}, retry_at: X-Reset}, "
            "repeated_credentials: refused}"
        ),
    )
    assert contract.refuses_repeated
    assert contract.regions == {"eu": "https://eu.example.com"}
    assert contract.errors is not None
    assert (contract.errors.type, contract.errors.message) == ("/e", "/m")
    assert (contract.errors.types, contract.errors.messages) == ({401: ("a", "b")}, {401: "no"})
    assert contract.rate_limits is not None
    assert contract.rate_limits.headers == {"x-left": "integer", "x-reset": "date-time"}
    assert contract.rate_limits.retry_at == "x-reset"
    assert contract.operations[0].traits == (
        "errors",
        "error_messages",
        "rate_limits",
        "json",
        "answers",
        "content",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1]", r"overlay\.yaml:5: x-conformance: expected an object, it is \[1\]"),
        ("{repeated_credentials: x}", r"repeated_credentials: expected refused, it is 'x'"),
        ("{region: {}}", r"no check reads region; did you mean regions\?"),
        ("{regions: [a]}", r"regions: expected an object, it is \['a'\]"),
        ("{regions: {a: 7}}", r"regions\.a: expected a text, it is 7"),
        ("{errors: /error}", r"errors: expected an object, it is '/error'"),
        ("{errors: {types: {}}}", r"errors: type is missing; expected a JSON Pointer"),
        ("{errors: {type: e}}", r"errors\.type: expected a JSON Pointer such as /data, it is 'e'"),
        (
            "{errors: {type: /e, types: {4XX: [a]}}}",
            r"errors\.types\.4XX: expected a status such as 404",
        ),
        (
            "{rate_limits: {headers: {X: words}}}",
            r"headers\.X: expected one of integer, date-time, it is",
        ),
        (
            "{rate_limits: {headers: {X: integer}, retry_at: Y}}",
            r"retry_at: expected one of X, it is 'Y'",
        ),
        ("{keys: {variable: KEY}}", r"keys\.variable: expected {REGION} within it, it is 'KEY'"),
        ("{compared_headers: ETag}", r"compared_headers: expected a list of texts, it is 'ETag'"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(tmp_path, text, said) -> None:
    """File, line, and what is expected instead."""
    with pytest.raises(ContractError, match=said) as caught:
        loaded(tmp_path, THINGS, facts(text))
    assert "overlay.yaml:5: x-conformance: " in str(caught.value)


def test_servers_are_regions_where_none_are_stated(tmp_path) -> None:
    """Variables take their defaults; a relative URL has no host and is no region."""
    variables = "{h: {default: a.example}, p: {default: '80'}}"
    servers = f"servers: [{{url: 'http://{{h}}:{{p}}/v1/', variables: {variables}}}, {{url: /v2}}]"
    contract = loaded(tmp_path, THINGS.replace(THINGS.splitlines()[2], servers))
    assert contract.regions == {"server1": "http://a.example:80/v1"}
    assert contract.relative_servers == ("/v2",)
