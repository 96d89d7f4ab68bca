"""Services that page as common frameworks do, each with faults of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.paged_services.bounded import Bounded
from tests.support.paged_services.connections import Connections
from tests.support.paged_services.cursors import Cursors
from tests.support.paged_services.linked import Linked
from tests.support.paged_services.numbered import Numbered
from tests.support.paged_services.ranges import Ranges
from tests.support.paged_services.rest_framework import RestFramework

if TYPE_CHECKING:
    from tests.support.paged import Service

__all__ = [
    "SERVICES",
    "Bounded",
    "Connections",
    "Cursors",
    "Linked",
    "Numbered",
    "Ranges",
    "RestFramework",
]

SERVICES: tuple[type[Service], ...] = (
    RestFramework,
    Numbered,
    Linked,
    Cursors,
    Ranges,
    Bounded,
    Connections,
)
