"""A worker's file: read as it grows, a line at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.client.redaction import Redactor
from conformance.events.writer import encoded
from conformance.runner.part_file import PartFile, part_path
from conformance.runner.records import exchange_record
from tests.support.lists import exchange

if TYPE_CHECKING:
    from pathlib import Path

LINE = encoded(exchange_record(exchange(), Redactor([]), "test_x"))


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    """However often it is asked, each line comes once, and each request counts once."""
    path = part_path(tmp_path, "gw0")
    part = PartFile(path)
    path.write_bytes(LINE)
    assert part.new_lines() == LINE
    assert part.new_lines() == b""
    with path.open("ab") as file:
        file.write(LINE * 2)
    assert part.new_lines() == LINE * 2
    assert part.requests == {exchange().region: 3 * exchange().attempts}


def test_a_line_that_is_being_written_comes_when_it_is_whole(tmp_path: Path) -> None:
    """The worker writes while the process in control reads."""
    path = part_path(tmp_path, "gw0")
    part = PartFile(path)
    path.write_bytes(LINE + LINE[:40])
    assert part.new_lines() == LINE
    with path.open("ab") as file:
        file.write(LINE[40:])
    assert part.new_lines() == LINE


def test_a_worker_that_asked_nothing_has_no_file(tmp_path: Path) -> None:
    """Neither reading nor removing it is an error."""
    part = PartFile(part_path(tmp_path, "gw7"))
    assert part.new_lines() == b""
    part.remove()


def test_each_worker_has_a_file_of_its_own(tmp_path: Path) -> None:
    """They write at once."""
    assert part_path(tmp_path, "gw0") != part_path(tmp_path, "gw1")
