"""Generated requests: documented statuses, strict JSON, valid bodies, never a 5xx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.checks.generated import generated_requests
from conformance.checks.lists import longest
from conformance.checks.marks import requirements

if TYPE_CHECKING:
    from conformance.checks.context import Sender


@requirements("SCH-01", "SCH-02", "SCH-03", "SCH-04", "SCH-05", "SCH-06", "SCH-07", "SCH-09")
def test_generated_requests(sender: Sender) -> None:
    """Every answer, to valid and invalid requests, is one that the document describes."""
    sender.send_all(generated_requests(sender.context, sender.settings.cases))


@requirements("SCH-08", "SCH-10")
def test_rows(sender: Sender) -> None:
    """Rows make sense by themselves; the always-on laws judge each row that was seen."""
    longest(sender)
