"""Requests that may fail as a finding's own does."""

from __future__ import annotations

import pytest

from conformance.checks.beside import _past
from conformance.contract.pagination.page_size import PageSize
from conformance.contract.pagination.telling import Telling


@pytest.mark.parametrize(("total", "start"), [(20, 20), (25, 40), (41, 60)])
def test_what_lies_past_the_end_begins_with_a_page(total: int, start: int) -> None:
    """Of a list that is asked for by page numbers alone: not within its last page."""
    assert _past(PageSize(Telling("/rows"), 20, 20, "page", None, 1), total) == start
