"""Schemes that are needed together, and mutual TLS."""

from __future__ import annotations

import pytest

from conformance.contract.security import Together, read_security
from conformance.contract.security.mutual_tls import MutualTls

DEFINED = {
    "token": {"type": "http", "scheme": "bearer"},
    "user": {"type": "http", "scheme": "basic"},
    "app": {"type": "apiKey", "in": "header", "name": "X-App"},
    "cert": {"type": "mutualTLS"},
    "odd": {"type": "http", "scheme": "digest"},
}
DOCUMENT = {"components": {"securitySchemes": DEFINED}}


def required(*alternatives: dict[str, list[str]]):
    return read_security(DOCUMENT, {"security": list(alternatives)})


def together(*names: str) -> Together:
    security = required({name: [] for name in names}).scheme
    assert isinstance(security, Together)
    return security


def test_all_schemes_of_an_alternative_are_presented() -> None:
    """Each with its own key, altered as its scheme has it."""
    shown = together("user", "app").presentation
    assert shown.headers == (
        ("Authorization", "Basic {key:user|base64}"),
        ("X-App", "{key:app}"),
    )
    assert together("token", "cert").presentation.certificate


def test_an_alternative_with_a_scheme_that_is_not_supported_is_left() -> None:
    """Another one is presented; where there is none, all are named."""
    assert required({"odd": [], "app": []}, {"app": []}).scheme.scheme == "app"
    assert required({"odd": [], "app": []}).unsupported == ("app", "odd")


@pytest.mark.parametrize("names", [("token", "app"), ("user", "app"), ("token", "cert")])
def test_every_wrong_presentation_is_wrong_in_one_part(names) -> None:
    """It is never the documented one, and no two are the same."""
    security = together(*names)
    wrong = [*security.wrong_keys, *security.other_schemes, *security.malformed]
    wrong += security.elsewhere
    shown = [entry.presentation for entry in wrong]
    assert security.presentation not in shown
    assert len({entry.name for entry in wrong}) == len(wrong)
    for place, kept in security.presentation.headers:
        assert any((place, kept) in each.headers for each in shown)
        assert any((place, kept) not in each.headers for each in shown)


def test_each_part_is_left_out_first() -> None:
    """One of two keys is not enough."""
    first, second, *_ = together("token", "app").wrong_keys
    assert first.name == "a request without token"
    assert first.presentation.headers == (("X-App", "{key:app}"),)
    assert second.presentation.headers == (("Authorization", "Bearer {key:token}"),)


def test_a_key_is_altered_beside_the_others() -> None:
    """For each character of each key."""
    shown = together("token", "app").altered("half", "app")
    assert shown.headers == (("Authorization", "Bearer {key:token}"), ("X-App", "{key:app|half}"))


def test_a_certificate_is_missing_from_the_connection() -> None:
    """No field of a request takes its place."""
    security = required({"cert": []}).scheme
    assert isinstance(security, MutualTls)
    assert security.schemes == ()
    wrong = [*security.wrong_keys, *security.malformed]
    assert len(wrong) == 2
    assert not any(entry.presentation.certificate for entry in wrong)
    [missing] = [one for one in together("token", "cert").wrong_keys if "without cert" in one.name]
    assert missing.presentation.headers == (("Authorization", "Bearer {key:token}"),)
    assert missing.before_api
