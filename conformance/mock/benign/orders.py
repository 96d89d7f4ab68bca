"""Lists in another order: any is as good, the documentation names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import benign
from conformance.mock.store import OLDEST_FIRST

if TYPE_CHECKING:
    from conformance.mock.service import Service


@benign()
def oldest_first(service: Service) -> None:
    """The oldest rows come first."""
    service.order = OLDEST_FIRST


@benign()
def by_id_upward(service: Service) -> None:
    """Rows are ordered by id."""
    service.order = "id ASC"


@benign()
def by_id_downward(service: Service) -> None:
    """Rows are ordered by id, the greatest first."""
    service.order = "id DESC"


@benign()
def by_name(service: Service) -> None:
    """Rows are ordered by name."""
    service.order = "name ASC, id ASC"


@benign()
def by_last_update(service: Service) -> None:
    """Rows are ordered by their last update, those without one last."""
    service.order = "updated_at DESC NULLS LAST, id ASC"


@benign()
def by_recipients(service: Service) -> None:
    """Rows are ordered by their number of recipients."""
    service.order = "total_recipients DESC, id DESC"


@benign()
def in_no_visible_order(service: Service) -> None:
    """Rows are ordered by a hash of their id."""
    service.order = "(id * 7919) % 10007, id"


@benign()
def by_status(service: Service) -> None:
    """Rows are ordered by their status, then by agent."""
    service.order = "status ASC, agent_id DESC, id ASC"


@benign()
def scheduled_first(service: Service) -> None:
    """Rows that are scheduled come first, the soonest at the head."""
    service.order = "scheduled_for ASC NULLS LAST, id DESC"
