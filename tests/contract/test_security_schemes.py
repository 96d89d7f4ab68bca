"""Every security scheme by the interface that laws and checks meet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from conformance.checks.presenting import carrying
from conformance.client import Request
from conformance.client.credentials import EDITS
from conformance.contract.security import Presentation, read_security
from conformance.contract.security.api_key import ApiKey
from conformance.contract.security.basic import Basic
from conformance.contract.security.bearer import Bearer
from conformance.contract.security.mutual_tls import MutualTls
from conformance.laws.authentication import presents_key

if TYPE_CHECKING:
    from conformance.contract.security import Security

SCHEMES: list[Security] = [
    ApiKey("header", "X-API-Key"),
    ApiKey("query", "api_key"),
    ApiKey("cookie", "session"),
    Basic(),
    Bearer(),
]
PLAIN = Request("GET", "/pets", (("limit", "5"),))


def wrong(scheme: Security) -> list[Presentation]:
    entries = (*scheme.wrong_keys, *scheme.other_schemes, *scheme.malformed, *scheme.elsewhere)
    return [entry.presentation for entry in entries]


@pytest.mark.parametrize(
    ("described", "kind"),
    [
        ({"type": "apiKey", "in": "header", "name": "X-API-Key"}, ApiKey),
        ({"type": "apiKey", "in": "query", "name": "k"}, ApiKey),
        ({"type": "apiKey", "in": "cookie", "name": "k"}, ApiKey),
        ({"type": "apiKey", "in": "body", "name": "k"}, None),
        ({"type": "apiKey", "in": "header"}, None),
        ({"type": "http", "scheme": "Basic"}, Basic),
        ({"type": "http", "scheme": "digest"}, None),
        ({"type": "oauth2", "flows": {}}, Bearer),
        ({"type": "openIdConnect", "openIdConnectUrl": "https://x"}, Bearer),
        ({"type": "mutualTLS"}, MutualTls),
    ],
    ids=str,
)
def test_which_scheme_is_which(described: dict[str, Any], kind: type[Security] | None) -> None:
    """By type and scheme; what cannot be presented is named."""
    document = {"components": {"securitySchemes": {"s": described}}}
    required = read_security(document, {"security": [{"s": []}]})
    assert (type(required.scheme) if required.scheme else None) is kind
    assert required.unsupported == (() if kind else ("s",))


@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_the_right_presentation_is_known_and_no_wrong_one_is(scheme: Security) -> None:
    """AUT-01 judges requests that carry the key as it is documented, and those alone."""
    assert presents_key(carrying(PLAIN, scheme.presentation), scheme)
    assert not presents_key(PLAIN, scheme)
    assert not presents_key(carrying(PLAIN, scheme.unknown), scheme)
    for presentation in wrong(scheme):
        assert not presents_key(carrying(PLAIN, presentation), scheme), presentation


@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_wrong_presentations_differ_and_can_be_filled_in(scheme: Security) -> None:
    """Each is asked once, in a way that the client knows."""
    presentations = wrong(scheme)
    assert len(set(presentations)) == len(presentations)
    assert {entry.alteration for entry in presentations} - {None} <= set(EDITS)
    assert scheme.presentation not in presentations
    assert set(scheme.equivalents.values()).isdisjoint(presentations)


@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_a_request_without_the_key_is_told_by_what_follows_it(scheme: Security) -> None:
    """A key that comes twice is not the documented presentation."""
    twice = carrying(carrying(PLAIN, scheme.presentation), scheme.unknown)
    assert not presents_key(twice, scheme)


def test_each_alternative_that_can_be_presented_is_known() -> None:
    """The first is presented; a further one makes right what would be another scheme."""
    described = {
        "app": {"type": "apiKey", "in": "header", "name": "api-key"},
        "digest": {"type": "http", "scheme": "digest"},
        "token": {"type": "oauth2", "flows": {}},
    }
    document = {"components": {"securitySchemes": described}}
    required = read_security(document, {"security": [{"app": []}, {"digest": []}, {"token": []}]})
    assert (required.scheme, required.alternatives) == (ApiKey("header", "api-key"), (Bearer(),))


def test_what_may_be_presented_where_nothing_has_to_be() -> None:
    """An empty alternative requires nothing, and leaves the others optional."""
    described = {"app": {"type": "apiKey", "in": "header", "name": "api-key"}}
    document = {"components": {"securitySchemes": described}}
    required = read_security(document, {"security": [{}, {"app": []}]})
    assert (required.scheme, required.optional) == (None, (ApiKey("header", "api-key"),))
    assert read_security(document, {"security": [{}]}).optional == ()
    assert read_security(document, {}).optional == ()


@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_what_a_scheme_takes_for_its_own(scheme: Security) -> None:
    """The documented presentation, what means the same, and a field's name in any case."""
    own = scheme.presentation
    shouted = replace(own, headers=tuple((name.upper(), value) for name, value in own.headers))
    assert all(map(scheme.presents, (own, shouted, *scheme.equivalents.values())))
    assert not any(map(scheme.presents, wrong(scheme)))
