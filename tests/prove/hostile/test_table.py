"""The table of troubles: what is in it, and how it is chosen from."""

from __future__ import annotations

import re

import pytest

from conformance.prove.entries import NoSuchEntry
from conformance.prove.hostile.table import TROUBLES, troubles
from conformance.prove.hostile.trouble import SIDES


def test_every_side_has_its_rows() -> None:
    """Servers, machines, uses and files, and enough of each to mean something."""
    for side in SIDES:
        assert sum(row.side == side for row in TROUBLES.values()) >= 40
    assert len(TROUBLES) >= 400


@pytest.mark.parametrize("row", TROUBLES.values(), ids=TROUBLES)
def test_a_row_can_be_judged(row) -> None:
    """It says what happens, which ends are right, and never that all of them are."""
    assert row.sentence.endswith(".")
    assert re.fullmatch("[a-z0-9-]+", row.name)
    assert 0 < len(row.exits) < 5
    assert all(re.compile(pattern) for pattern in row.says)
    assert row.behave or row.set_up or row.arguments


def test_no_trouble_of_a_machine_alone_is_a_failed_must() -> None:
    """Exit 1 is right only where a fault is asked for, or where a server was killed."""
    for row in TROUBLES.values():
        if row.side == "machine" and 1 in row.exits and "--fault" not in row.arguments:
            assert row.name in ("mock-killed", "worker-killed", "stopped-for-a-while")


def test_rows_are_chosen_by_name_glob_and_side() -> None:
    """A name that matches nothing is refused; a sample is a part of each side."""
    assert [row.name for row in troubles(["silence"])] == ["silence"]
    assert {row.side for row in troubles(["use"])} == {"use"}
    assert len(troubles(["gzip-*"])) > 3
    with pytest.raises(NoSuchEntry, match="silense"):
        troubles(["silense"])
    sample = troubles([], sample=True)
    assert 40 < len(sample) < 60
    assert {row.side for row in sample} == set(SIDES)
