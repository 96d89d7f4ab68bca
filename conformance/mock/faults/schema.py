"""Faults of the answer's schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.mock.entries import fault

if TYPE_CHECKING:
    from conformance.mock.service import Service


@fault("SCH-05")
def id_is_a_string(service: Service) -> None:
    """Each row's `id` is a string of digits."""
    show = service.show
    service.show = lambda row: (item := show(row)) | {"id": str(item["id"])}


@fault("SCH-04")
def name_missing(service: Service) -> None:
    """Rows have no `name`."""
    show = service.show
    service.show = lambda row: {key: value for key, value in show(row).items() if key != "name"}
