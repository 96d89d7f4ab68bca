"""Where a request has its keys, and what stands there when it is sent or shown."""

from __future__ import annotations

import pytest

from conformance.client.credentials import Secret
from conformance.client.placeholders import filled, filled_target, holds_key, in_shell, shown

APP = Secret("KEY_APP", "app/1")
SECRET = Secret("KEY", "main-1", {"app.id-1": APP})


@pytest.mark.parametrize(
    ("text", "sent", "written"),
    [
        ("Bearer {key}", "Bearer 1-niam", "Bearer $KEY"),
        ("{key:app.id-1}", "app/1", "$KEY_APP"),
        ("{key:app.id-1|repeated}", "app/1app/1", "$KEY_APP"),
        ("{key:app.id-1|base64}", "YXBwLzE=", "$KEY_APP"),
        ("{key:unknown}", "main-1", "$KEY"),
        ("{key:app.id-1|position 0}", "App/1", "$KEY_APP"),
        ("{keys} {key: x}", "{keys} {key: x}", "{keys} {key: x}"),
    ],
)
def test_each_placeholder_is_filled_with_its_own_key(text, sent, written) -> None:
    """The request's alteration is of the key without a scheme; a scheme without a key of its own has
    the common one.
    """
    assert filled(text, SECRET, "reversed") == sent
    assert shown(text, SECRET) == written
    assert holds_key(text) == (sent != text)


def test_a_target_has_its_keys_encoded() -> None:
    """A slash of a key is no slash of the path."""
    assert filled_target("/x?k={key:app.id-1}&n=1", SECRET) == "/x?k=app%2F1&n=1"


def test_a_shell_has_variables_with_their_alterations() -> None:
    """Each scheme's own variable."""
    assert in_shell("{key} {key:app.id-1|suffixed}", SECRET, None) == "$KEY ${KEY_APP}x"
