"""Whether a row that is listed has what an operation below it reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conformance.contract import load_contract

[RECORDING] = [one for one in load_contract().operations if one.path.endswith("/recording")]
[METRICS] = [one for one in load_contract().operations if one.path.endswith("/metrics")]


def test_the_voice_api_says_so_of_metrics_and_not_of_recordings() -> None:
    """Not every conversation was recorded."""
    assert (METRICS.is_always_there, METRICS.may_be_missing) == (True, False)
    assert (RECORDING.is_always_there, RECORDING.may_be_missing) == (False, True)


@pytest.mark.parametrize("status", ["404", "4XX", "default"])
def test_a_documented_404_may_be_for_a_row_that_has_none(status: str) -> None:
    """Where nothing is stated; a document without one knows no such answer."""
    plain = replace(METRICS, missing=None)
    assert not replace(plain, responses={"200": {}, status: {}}).is_always_there
    assert replace(plain, responses={"200": {}, "400": {}}).is_always_there
    assert not replace(plain, responses={"200": {}}, missing="allowed").is_always_there
