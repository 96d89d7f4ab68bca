"""Keys of several security schemes, from the command line."""

from __future__ import annotations

import pytest

from tests.support.small_api import KEY, serving
from tests.support.small_runs import failed, run, secured

SCHEMES = {
    "main": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "app-id": {"type": "apiKey", "in": "header", "name": "X-App-Id"},
    "app-key": {"type": "apiKey", "in": "header", "name": "X-App-Key"},
}
KEYS = {
    "CONFORMANCE_KEY": KEY,
    "CONFORMANCE_KEY_APP_ID": "app-id-0123456789",
    "CONFORMANCE_KEY_A_APP_KEY": "app-key-abcdefghij",
    "CONFORMANCE_KEY_B_APP_KEY": "app-key-abcdefghij",
}
BOTH: dict[str, list[str]] = {"app-id": [], "app-key": []}


def test_each_scheme_has_its_own_key(tmp_path) -> None:
    """Schemes that are needed together, by themselves, and as alternatives, in one document; a server
    that checks one of two keys is found, and no key stands in a report.
    """
    paths = {"/keyed": secured({"main": []}), "/both": secured(BOTH)}
    paths["/either"] = secured({"main": []}, BOTH)
    with serving() as api:
        schemes = {"securitySchemes": SCHEMES}
        _, report = run(tmp_path, api, paths, keys=KEYS, components=schemes)
        assert {name: failed(report, name) for name in ("get-keyed", "get-both", "get-either")} == {
            "get-keyed": set(),
            "get-both": set(),
            "get-either": set(),
        }
        api.unchecked = ("X-App-Key",)
        only = ("--only=AUT-0[1-3]",)
        _, report = run(tmp_path, api, paths, *only, keys=KEYS, components=schemes)
        assert "AUT-03" in failed(report, "get-both")
        assert "AUT-03" in failed(report, "get-either")
        assert failed(report, "get-keyed") == set()
    written = "".join(
        each.read_text("utf-8", "replace")
        for each in (tmp_path / "out").iterdir()
        if each.is_file()
    )
    assert "$CONFORMANCE_KEY_A_APP_KEY" in written
    assert not any(value in written for value in KEYS.values())


def test_a_missing_key_of_a_scheme_is_one_sentence(tmp_path) -> None:
    """It names the variable; nothing is asked."""
    with serving() as api:
        keys = {"CONFORMANCE_KEY": KEY, "CONFORMANCE_KEY_APP_ID": "app-id-0123456789"}
        schemes = {"securitySchemes": SCHEMES}
        ended, _ = run(tmp_path, api, {"/both": secured(BOTH)}, keys=keys, components=schemes)
        assert (ended.returncode, api.asked) == (2, [])
        assert "CONFORMANCE_KEY_A_APP_KEY is not set" in ended.stderr


@pytest.mark.parametrize("keys", [{}, {"CONFORMANCE_KEY": KEY}], ids=["no key", "a key"])
def test_an_optional_key_is_presented_where_there_is_one(tmp_path, keys) -> None:
    """And it is asked without one too; both are answered, and neither is a failure."""
    schemes = {"securitySchemes": SCHEMES}
    with serving() as api:
        arguments = (tmp_path, api, {"/optional": secured({}, {"main": []})}, "--profile=smoke")
        ended, report = run(*arguments, keys=keys, components=schemes)
        assert (ended.returncode, report["verdict"]) == (0, "conformant"), ended.stdout
        assert api.keys == {None, *keys.values()}


def test_a_server_that_demands_an_optional_key_fails(tmp_path) -> None:
    """The document says that none is needed."""
    schemes = {"securitySchemes": SCHEMES}
    with serving() as api:
        api.demanding = True
        paths = {"/optional": secured({}, {"main": []})}
        ended, report = run(tmp_path, api, paths, "--profile=smoke", components=schemes)
        assert (ended.returncode, failed(report, "get-optional")) == (1, {"ROB-06"}), ended.stdout
