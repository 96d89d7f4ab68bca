"""Failing requests kept from run to run."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import MagicMock

from conformance.client.credentials import Secret
from conformance.client.redaction import Redactor
from conformance.client.request import Request
from conformance.runner.kept import MOST, KeptExamples
from tests.support.checks import make_context

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CONTEXT = make_context()
BASE = "http://127.0.0.1:1"


def keeping(folder: Path | None) -> KeptExamples:
    return KeptExamples(folder, Redactor([Secret("KEY", "a-key-that-is-long-enough")]))


def targets(kept: KeptExamples, base: str = BASE) -> list[str]:
    return [request.target for request in kept.requests(CONTEXT, base)]


def test_what_failed_is_asked_in_the_next_run(tmp_path: Path) -> None:
    """By operation and base URL, however the query was written."""
    keeping(tmp_path).keep(CONTEXT, BASE, [CONTEXT.request(("limit", 41), ("offset", 7))])
    assert targets(keeping(tmp_path)) == [f"{CONTEXT.path}?limit=41&offset=7"]
    assert targets(keeping(tmp_path), "http://127.0.0.1:2") == []


def test_what_no_longer_fails_is_forgotten(tmp_path: Path) -> None:
    """A run that asks for it and finds nothing drops it; one that finds it again keeps it."""
    mended, failing = CONTEXT.request(("limit", 1)), CONTEXT.request(("limit", 2))
    keeping(tmp_path).keep(CONTEXT, BASE, [mended, failing])

    second = keeping(tmp_path)
    assert len(targets(second)) == 2
    second.keep(CONTEXT, BASE, [failing])
    second.forget_mended()
    assert targets(keeping(tmp_path)) == [failing.target]


def test_only_plain_requests_are_kept(tmp_path: Path) -> None:
    """Not one with a key in it, another path, another method, or without the region's own key."""
    keeping(tmp_path).keep(
        CONTEXT,
        BASE,
        [
            CONTEXT.request(("token", "a-key-that-is-long-enough")),
            CONTEXT.request(("token", "{key}")),
            CONTEXT.request(path="/other"),
            CONTEXT.request(method="HEAD"),
            CONTEXT.anonymous(),
            Request("GET", CONTEXT.path, headers=(("X-Debug", "1"),)),
        ],
    )
    assert targets(keeping(tmp_path)) == []


def test_a_bound_is_kept(tmp_path: Path) -> None:
    """A server that fails everything does not make the next run ask for ever."""
    many = [CONTEXT.request(("limit", number)) for number in range(3 * MOST)]
    keeping(tmp_path).keep(CONTEXT, BASE, many)
    assert len(targets(keeping(tmp_path))) == MOST


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    """Nor where the folder cannot be written to."""
    off = keeping(None)
    off.keep(CONTEXT, BASE, [CONTEXT.request()])
    assert targets(off) == []

    (tmp_path / "file").write_text("")
    unusable = keeping(tmp_path / "file")
    unusable.keep(CONTEXT, BASE, [CONTEXT.request(("limit", 1))])
    assert targets(unusable) == []


def test_what_another_version_wrote_is_passed_over(tmp_path: Path) -> None:
    """A value that cannot be read is no request."""
    kept = keeping(tmp_path)
    kept.keep(CONTEXT, BASE, [CONTEXT.request(("limit", 1))])
    for file in tmp_path.rglob("*"):
        if file.is_file() and file.name != ".hypothesis-keys":
            file.write_bytes(b"{")
    assert targets(keeping(tmp_path)) == []


def test_hypothesis_is_loaded_in_one_thread_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checks load other parts of it meanwhile: two threads would each find the other's half."""
    loading = MagicMock()
    monkeypatch.setattr("conformance.runner.kept.ALONE", loading)
    keeping(tmp_path).keep(CONTEXT, BASE, [CONTEXT.request(("limit", 1))])
    loading.__enter__.assert_called_once_with()
