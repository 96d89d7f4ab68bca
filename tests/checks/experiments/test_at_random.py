"""Requests drawn at random: each is of the kind that it is drawn for."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from conformance.checks.experiments.at_random import (
    about,
    hostile_value,
    odd_value,
    past_the_end,
    window_ask,
)
from conformance.contract import load_contract
from conformance.laws.oracle.asked import read_request
from conformance.laws.oracle.model import ListModel

OPERATION = load_contract().operations[0]
ROWS = {number: {"id": number, "agent_id": number % 3} for number in range(40)}
MODEL = ListModel(dict(enumerate(ROWS)), ROWS, len(ROWS), True)
SEEDS = st.integers(0, 10_000)


def rule_of(name: str, value: str) -> str | None:
    """The requirement that the oracle says a value is about."""
    asked = read_request({name: [value]}, OPERATION, MODEL)
    assert asked is not None
    return asked.rule


@given(SEEDS)
def test_a_window_begins_within_the_list_that_its_filter_leaves(seed) -> None:
    """Its size is one that the document allows."""
    ask = window_ask(OPERATION, MODEL, {"agent_id": [0, 1, 2]}, random.Random(seed))
    left = MODEL.where("/agent_id", {value for _, value in ask.filters}) if ask.filters else MODEL
    assert ask.start is None or 0 <= ask.start < left.total
    assert ask.size is None or 1 <= ask.size <= 100


@given(SEEDS)
def test_a_window_past_the_end_has_no_rows(seed) -> None:
    """The first one begins right behind the last row."""
    ask = past_the_end(OPERATION, MODEL, random.Random(seed))
    assert ask.start is not None
    assert ask.start >= MODEL.total


@given(SEEDS, st.sampled_from(["PAG-11", "PAG-12", "PAG-13"]))
def test_an_odd_value_is_about_its_requirement(seed, kind) -> None:
    """As the oracle reads it; a huge offset is within its bounds."""
    for parameter in about(kind, OPERATION):
        value = odd_value(kind, parameter, random.Random(seed))
        assert rule_of(parameter.name, value) in {kind, "PAG-13"}


@given(SEEDS)
def test_a_hostile_value_is_none_that_a_row_has(seed) -> None:
    """So that no row may come of it."""
    assert hostile_value([0, 1, 2], random.Random(seed)) not in {"0", "1", "2"}
