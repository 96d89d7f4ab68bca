"""Bearer authentication by the interface that laws and checks meet."""

from __future__ import annotations

import pytest

from conformance.client.credentials import EDITS, Secret
from conformance.client.placeholders import filled
from conformance.contract.security import PLACEHOLDER, Presentation
from conformance.contract.security.bearer import Bearer

BEARER = Bearer()
RIGHT = Presentation(headers=(("Authorization", "Bearer {key}"),))


def wrong():
    return [*BEARER.wrong_keys, *BEARER.other_schemes, *BEARER.malformed, *BEARER.elsewhere]


@pytest.mark.parametrize(
    ("scheme", "is_bearer"),
    [
        ({"type": "http", "scheme": "bearer"}, True),
        ({"type": "http", "scheme": "Bearer"}, True),
        ({"type": "http", "scheme": "basic"}, False),
        ({"type": "http"}, False),
        ({"type": "apiKey", "scheme": "bearer"}, False),
    ],
    ids=str,
)
def test_which_schemes_are_bearer(scheme, is_bearer) -> None:
    """`type: http`, the scheme's name in any case (RFC 9110 11.1)."""
    assert (Bearer.from_scheme(scheme) is not None) == is_bearer


def test_the_key_is_presented_as_documented() -> None:
    """And so it is under the scheme's name in any case, and in nothing that is called wrong."""
    assert BEARER.presentation == RIGHT
    for name, presentation in BEARER.equivalents.items():
        assert presentation.headers == (("Authorization", f"{name} {{key}}"),)
        assert name.lower() == "bearer"
    assert RIGHT not in [entry.presentation for entry in wrong()]
    assert BEARER.challenge == "Bearer"


def test_wrong_presentations_are_told_apart() -> None:
    """Each has words of its own, and carries something that no other does."""
    assert len({entry.name for entry in wrong()}) == len(wrong())
    assert len({entry.presentation for entry in wrong()}) == len(wrong())
    for entry in wrong():
        has_body = entry.presentation.body is not None  # which a proxy may refuse with a GET
        assert entry.before_api == (entry in BEARER.malformed or has_body)


def test_alterations_and_placeholder_are_those_that_the_client_fills_in() -> None:
    """A name that it does not know would be an error in the middle of a run."""
    assert {entry.presentation.alteration for entry in wrong()} - {None} <= set(EDITS)
    assert filled(PLACEHOLDER, Secret("KEY", "k-1")) == "k-1"


def test_the_right_key_beside_a_wrong_one_in_each_order() -> None:
    """What one layer reads in the first field another may read in the last."""
    first, last = BEARER.ambiguous
    assert first.headers == tuple(reversed(last.headers))
    assert RIGHT.headers[0] in first.headers


def test_places_where_the_key_is_not_accepted() -> None:
    """Query, cookie, body and other headers each carry the key itself."""
    for entry in BEARER.elsewhere:
        presentation = entry.presentation
        carried = [
            value
            for _, value in (*presentation.headers, *presentation.query, *presentation.cookies)
        ]
        assert any(PLACEHOLDER in text for text in (*carried, presentation.body or ""))
        assert all(name != "Authorization" for name, _ in presentation.headers)


FIELD = {"type": "apiKey", "in": "header", "name": "Authorization"}


@pytest.mark.parametrize(
    ("scheme", "word"),
    [
        ({"type": "http", "scheme": "Token"}, "Token"),
        ({"type": "http", "scheme": "digest"}, None),
        (
            {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": 'Token-based authentication with required prefix "Token"',
            },
            "Token",
        ),
        (
            {"type": "apiKey", "in": "header", "name": "X-Key", "description": 'prefix "Token"'},
            None,
        ),
        ({"type": "apiKey", "in": "header", "name": "Authorization"}, None),
        (FIELD | {"description": "Bearer Token authentication"}, "Bearer"),
        (FIELD | {"description": "`ApiKey <base64 of id and key>`"}, "ApiKey"),
        (FIELD | {"description": "The token that the console shows"}, None),
    ],
)
def test_schemes_that_differ_from_bearer_by_name(scheme, word) -> None:
    """Of HTTP, or an API key in its field whose prefix is documented."""
    read = Bearer.from_scheme(scheme)
    assert (read.word if read else None) == word


def test_a_scheme_of_another_name_is_presented_under_it() -> None:
    """And `Bearer` is then one of the wrong ones; its own name in another case is right."""
    token = Bearer(word="Token")
    assert token.presentation == Presentation(headers=(("Authorization", "Token {key}"),))
    assert token.challenge == "Token"
    assert set(token.equivalents) == {"token", "TOKEN"}
    others = [wrong.presentation for wrong in token.other_schemes]
    assert BEARER.presentation in others
    assert token.presentation not in others
    wrong = (*token.wrong_keys, *token.malformed, *token.elsewhere)
    assert not [one.name for one in wrong if "earer" in str(one.presentation)]
