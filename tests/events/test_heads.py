"""Heads of exchanges: the same facts as the whole, however the line was written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conformance.events.heads import read_exchange_heads, read_heads
from conformance.events.reader import NotAnEvent
from tests.support.samples import HOSTILE, hostile, one_fault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.samples import Sample


def with_silence() -> Sample:
    sample = hostile()
    sample.exchanges[1] |= {"response": None, "error": 'reset ,"request":{ "response":{"status":500,'}
    sample.exchanges[2]["check"] = ',"request":{' + HOSTILE
    sample.exchanges[3]["request"]["body"] = '"response":{"status":500,'
    return sample


def facts(sample: Sample) -> list[tuple[object, ...]]:
    return [
        (one["id"], one["region"], one["attempts"], one["seconds"], (one["response"] or {}).get("status"))
        for one in sample.exchanges
    ]


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")], ids=["as written here", "by others"])
def test_a_head_says_what_the_whole_says(tmp_path: Path, separators: tuple[str, str]) -> None:
    """Quotes inside strings are escaped, so nothing that a server sends ends a head early."""
    sample, path = with_silence(), tmp_path / "events.ndjson"
    lines = [json.dumps(event, ensure_ascii=False, separators=separators) for event in sample.events()]
    path.write_text("\n".join(lines) + "\n", "utf-8", errors="backslashreplace")
    heads = [event for event in read_heads(path) if event["event"] == "exchange"]
    assert [
        (one["id"], one["region"], one["attempts"], one["seconds"], one["status"]) for one in heads
    ] == facts(sample)


def test_exchanges_that_are_wanted_come_whole(tmp_path: Path) -> None:
    """The page shows some and measures all."""
    sample = one_fault()
    wanted = sample.exchanges[-1]["id"]
    heads = list(read_exchange_heads(sample.write(tmp_path / "events.ndjson"), {wanted: None}))
    assert len(heads) == len(sample.exchanges)
    assert [one["id"] for one in heads if "response" in one] == [wanted]
    assert heads[-1] == sample.exchanges[-1] | {"status": 200}


def test_a_torn_last_exchange_is_left_out_and_a_damaged_one_is_not(tmp_path: Path) -> None:
    """The same rules as for whole events."""
    sample = one_fault()
    sample.judgements, sample.footer = [], None
    path = sample.write(tmp_path / "events.ndjson")
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    assert len(list(read_heads(path))) == len(sample.exchanges)
    path.write_bytes(whole[:-40] + b"\n" + whole.splitlines(keepends=True)[-1])
    with pytest.raises(NotAnEvent):
        list(read_heads(path))
