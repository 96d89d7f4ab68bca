"""The search for keys: every form of a piece is found, and texts without one are left alone."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from conformance.prove.hostile.leaks import held, leaks

if TYPE_CHECKING:
    from pathlib import Path

KEY = "fk_Live_7Qm2XrT9vLb4KcZ8sWd5HnYj0Ae"
RAW = KEY.encode()
FORMS = {
    "plain": KEY,
    "a piece": KEY[11:24],
    "other case": KEY.swapcase(),
    "reversed": KEY[::-1],
    "spaced": " ".join(KEY),
    "utf-16": RAW.decode().encode("utf-16").decode("latin-1"),
    "hex": RAW.hex(":"),
    "hex of other case": KEY.swapcase().encode().hex(),
    "escapes": "".join(f"\\u{octet:04x}" for octet in RAW),
    "entities": "".join(f"&#{octet};" for octet in RAW),
    "percent": "".join(f"%{octet:02X}" for octet in RAW),
    "percent twice": quote("".join(f"%{octet:02X}" for octet in RAW)),
    "decimal": " ".join(map(str, RAW)),
    "base64": base64.b64encode(RAW).decode(),
    "base64 behind one": base64.b64encode(b"x" + RAW).decode(),
    "base64 of it reversed": base64.b64encode(RAW[::-1]).decode(),
    "base32 behind two": base64.b32encode(b"xy" + RAW).decode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("size", [10, 400_000])
def test_a_form_is_found(form: str, size: int) -> None:
    """Wherever it stands, in small files and in large ones, where each text is read once."""
    content = b'{"a": "' + b"n" * size + b'", "b": "' + form.encode("latin-1") + b'"}\n'
    assert held(content, [KEY])


@pytest.mark.parametrize("text", ["", "x" * 100, KEY[:9], "FORMANT_API_KEY_GLOBAL", "0" * 500])
def test_other_texts_hold_none(text: str) -> None:
    """A few letters are a word of the language."""
    assert held(json.dumps({"a": text}).encode(), [KEY]) == ""


def test_files_names_and_terminal_are_searched(tmp_path: Path) -> None:
    """What a row was given is not: it is no work of the run."""
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / "stream").write_text(KEY)
    assert leaks(tmp_path, b"nothing", [KEY]) == ""
    assert leaks(tmp_path, RAW, [KEY]).startswith("the terminal shows a key")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / KEY).touch()
    assert "holds a key" in leaks(tmp_path, b"", [KEY])
