"""Keys: named by their variable, altered in ways that a shell can write too."""

from __future__ import annotations

import os
import subprocess

import pytest

from conformance.client.credentials import EDITS, Secret, edited, positions, shell_key

KEY = "fk_Test_7Qm2XrT9vLb4KcZ8sWd5HnYj"


def test_a_secret_shows_its_variable_only() -> None:
    """Neither its text nor its representation holds the value."""
    secret = Secret("FORMANT_API_KEY_GLOBAL", KEY)
    assert str(secret) == "$FORMANT_API_KEY_GLOBAL"
    assert KEY not in repr(secret)


@pytest.mark.parametrize("name", [*EDITS, *positions(Secret("KEY", KEY))])
def test_the_shell_makes_the_same_key(name) -> None:
    """What bash prints for an alteration is what was sent."""
    done = subprocess.run(
        ["bash", "-c", f"printf %s {shell_key('KEY', name)}"],
        env=os.environ | {"KEY": KEY},
        capture_output=True,
        text=True,
    )
    assert done.stdout == edited(KEY, name)


@pytest.mark.parametrize("key", ["fk_live-A1z~9./+=x", "----____~~~~0000"])
def test_the_shell_alters_each_character_as_the_client_does(key) -> None:
    """Whatever a token may have (RFC 6750 2.1)."""
    for name in positions(Secret("KEY", key)):
        done = subprocess.run(
            ["bash", "-c", f"printf %s {shell_key('KEY', name)}"],
            env=os.environ | {"KEY": key},
            capture_output=True,
            text=True,
        )
        assert done.stdout == edited(key, name) != key
