"""Services that page as common frameworks do: healthy ones draw no alarm, faults are reported.

`python -m benchmarks.paging` runs every fault of every service.
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest

from tests.support.paged import run
from tests.support.paged_services import SERVICES, Cursors, Linked, Numbered, Ranges, RestFramework

PAGING = ("--only", "PAG-*", "--profile", "smoke")


@pytest.mark.parametrize("service", SERVICES)
def test_a_healthy_service_draws_no_alarm(service, tmp_path) -> None:
    """The whole run passes: every MUST that applies has its evidence."""
    outcome = run(service, None, tmp_path)
    assert (outcome.code, outcome.failed) == (0, frozenset()), outcome.text


@pytest.mark.parametrize(
    ("service", "fault"),
    [
        (RestFramework, "next_loops"),
        (RestFramework, "altered_accepted"),
        (Numbered, "pages_rounded_down"),
        (Linked, "next_elsewhere"),
        (Linked, "feed_empty_page_leads_on"),
        (Cursors, "always_more"),
        (Ranges, "range_too_long"),
        (Ranges, "range_forgotten"),
    ],
)
def test_a_fault_is_reported_by_its_requirement(service, fault, tmp_path) -> None:
    """With few requests already."""
    outcome = run(service, fault, tmp_path, *PAGING)
    assert outcome.code == 1, outcome.text
    assert outcome.failed & {*service.FAULTS[fault]}, outcome.text


class Unpromised(Cursors):
    """Cursors of which no documentation says what becomes of others."""

    OVERLAY: ClassVar[list[dict[str, Any]]] = json.loads(
        json.dumps(Cursors.OVERLAY).replace('"altered_cursors": "refused", ', "")
    )


@pytest.mark.parametrize(("fault", "code"), [(None, 0), ("altered_accepted", 1)])
def test_altered_cursors_ought_to_be_refused(fault, code, tmp_path) -> None:
    """A SHOULD where nothing promises it, and a failure under --strict alone."""
    outcome = run(
        Unpromised, fault, tmp_path, "--only", "PAG-2[02]", "--only", "PAG-05", "--strict"
    )
    assert outcome.code == code, outcome.text
    assert ("PAG-22" in outcome.text) is bool(fault)
